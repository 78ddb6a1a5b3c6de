import { errors, TerraceError } from '../errors/index.ts'
import type { Command } from './command/command.ts'
import type { Report } from './print/report.ts'
import type { Terminal } from './terminal.ts'

interface Stopping {
  readonly terminal: Pick<Terminal, 'signals' | 'exit'>
  readonly report: Report
  readonly interrupted: Command['interrupted']
}

/** npm sends a signal on that its process group has got already: one that comes so soon is the same. */
const sameSignalMs = 250

const names = ['SIGINT', 'SIGTERM'] as const

/**
 * Work that the first SIGINT or SIGTERM asks to stop, through its `signal`, and the second ends at once. Rejects with
 * `CLI_INTERRUPTED` where the work was stopped; where it had come to its end all the same, that is what counts.
 */
export async function stoppedBySignals<T>(
  { terminal, report, interrupted }: Stopping,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const stopping = Promise.withResolvers<never>()
  // Where nothing is to be waited for, nobody may be listening yet.
  stopping.promise.catch(() => {})
  let firstAtMs: number | null = null
  const listeners = names.map((name) => {
    const listener = (): void => {
      if (firstAtMs !== null) {
        if (performance.now() - firstAtMs >= sameSignalMs) terminal.exit(name === 'SIGTERM' ? 143 : 130)
        return
      }
      firstAtMs = performance.now()
      const isIdle = interrupted === 'atOnce' || report.isWaiting
      const reason = interruption(name, isIdle)
      controller.abort(reason)
      if (isIdle) return stopping.reject(reason)
      report.onWaiting = () => stopping.reject(interruption(name, true))
      report.note(`${name}: stopping at the next safe point; once more stops at once`)
    }
    terminal.signals.on(name, listener)
    return { name, listener }
  })
  try {
    return await Promise.race([work(controller.signal), stopping.promise])
  } catch (error) {
    throw isStop(error, controller.signal) ? stopOf(error, controller.signal.reason as TerraceError) : error
  } finally {
    for (const { name, listener } of listeners) terminal.signals.off(name, listener)
  }
}

function interruption(signal: string, isIdle: boolean): TerraceError {
  const state = isIdle ? 'nothing was changed' : 'what was done before is kept, and what was begun was taken back'
  return errors.CLI_INTERRUPTED({ values: { signal, state } })
}

/** With what was done and kept, where the work has said so. */
function stopOf(error: unknown, reason: TerraceError): TerraceError {
  if (error === reason || !(error instanceof TerraceError)) return reason
  const { signal } = reason.values as { readonly signal: string }
  return errors.CLI_INTERRUPTED({ values: { signal, state: error.message }, cause: error })
}

/** Whether an error says that its work was stopped, also in other words or as the cause of another. */
function isStop(error: unknown, { aborted, reason }: AbortSignal): boolean {
  if (!aborted) return false
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1)
    if (at === reason || at.name === 'AbortError') return true
  return false
}
