import { bannerOf } from './banner.ts'
import type { App } from './create-app.ts'
import { exitCodeOf, failureLine } from './failure-line.ts'
import { greetingOf } from './greeting-of.ts'
import type { Greet } from './greeting-of.ts'
import { startApp } from './start-app.ts'
import type { RunningApp, StartOptions } from './start-app.ts'
import { onStrayRejections } from './stray-rejections.ts'
import { StopSignals } from './stop-signals.ts'

export interface ServeOptions extends StartOptions {
  /**
   * Further lines for whoever started the app by hand, below its URLs: a curl line to try, with the token of a demo device.
   * Asked for on a terminal only; printed, never logged.
   */
  readonly greet?: Greet
}

/**
 * Runs an app as this process: starts it, says where it is, stops it on SIGTERM or SIGINT and exits with 0.
 *
 * What stands against starting is one line on standard error and exit code 1, or 3 where the structure was refused. A second
 * signal ends the process at once, with 1, unless it comes within a second of the first: a process group is sent each
 * signal twice. A rejection that nobody handles stops the app in order and exits with 1, but for a forgotten `await` of a call
 * on a session, which is logged.
 */
export async function serve(app: App, options: ServeOptions = {}): Promise<RunningApp> {
  const signals = new StopSignals()
  const running = await started(app, options)
  signals.onStop(() => stopped(running, 0))
  onStrayRejections(running.log, () => stopped(running, 1))
  await greetTerminal(app, running, options)
  return running
}

async function started(app: App, options: StartOptions): Promise<RunningApp> {
  try {
    return await startApp(app, options)
  } catch (error) {
    process.stderr.write(`${failureLine(error)}\n`)
    return process.exit(exitCodeOf(error))
  }
}

function stopped({ stop, log }: RunningApp, exitCode: number): void {
  log.info({}, 'stopping')
  stop().then(
    () => process.exit(exitCode),
    (error: unknown) => {
      log.error({ err: error }, 'the app could not stop in order')
      process.exit(1)
    },
  )
}

async function greetTerminal(app: App, running: RunningApp, { greet }: ServeOptions): Promise<void> {
  const { url, docsUrl, databaseUrl, structure, log } = running
  if (!process.stdout.isTTY) return log.info({ url, database: databaseUrl, structure }, 'listening')
  const greeting = await greetingOf(running, greet)
  process.stdout.write(`${bannerOf(app, { url, docsUrl, database: databaseUrl, structure, greeting })}\n`)
}
