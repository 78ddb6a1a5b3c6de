import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** CountOnMe in a process of its own, in a process group of its own, as a shell starts it. */
export interface RunningApp {
  readonly base: string
  /** Of the process that was started, and of its group with a minus before it. */
  readonly pid: number
  /** The exit code; null when a signal ended it. */
  readonly exit: Promise<number | null>
  /** What it has printed so far, errors and log lines alike. */
  printed(): string
  /** Ends the whole group at once, whatever it does. */
  kill(): void
}

export type Command = readonly [program: string, ...parameters: readonly string[]]

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export const npmStart: Command = ['npm', 'start']
export const nodeMain: Command = [process.execPath, '--conditions=terrace:source', main]

/** Starts a command in a folder, whose `.env` it reads, and waits for nothing. */
export function launch(
  [program, ...parameters]: Command,
  environment: Readonly<Record<string, string>>,
  folder = root,
): RunningApp {
  const env = { ...process.env, HOST: '127.0.0.1', ...environment }
  const child = spawn(program, parameters, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => void (printed += String(bytes)))
  return {
    base: `http://127.0.0.1:${environment['PORT']}`,
    pid: child.pid as number,
    exit: new Promise((resolve) => void child.once('close', resolve)),
    printed: () => printed,
    kill: () => killGroup(child),
  }
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL')
}

/** Starts a command over this database and waits until it is ready. */
export async function startApp(command: Command, databaseUrl: string): Promise<RunningApp> {
  const app = launch(command, { PORT: String(await freePort()), DATABASE_URL: databaseUrl })
  const ended = app.exit.then((code) => `ended with ${code}: ${app.printed()}`)
  for (let tries = 0; tries < 1_200; tries += 1) {
    const problem = await Promise.race([ended, isReady(app.base)])
    if (problem === true) return app
    if (typeof problem === 'string') throw new Error(`${command.join(' ')} ${problem}`)
    await sleep(25)
  }
  app.kill()
  throw new Error(`${command.join(' ')} did not become ready: ${app.printed()}`)
}

function isReady(base: string): Promise<boolean> {
  return fetch(`${base}/readyz`).then(
    (response) => response.status === 200,
    () => false,
  )
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address === 'object' && address !== null) return address.port
  throw new Error('no port')
}
