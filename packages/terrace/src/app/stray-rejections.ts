import { TerraceError } from '../errors/index.ts'
import type { Log } from '../observe/index.ts'

/** What a call meets that nobody awaited, once its session is over: it did nothing, and harms nobody else. */
const forgottenCalls: ReadonlySet<string> = new Set(['SESSION_STATE', 'SESSION_CONCURRENT'])

/**
 * Takes the rejections that nobody handles. A call on a session that is over is a forgotten `await`: logged, and the app goes
 * on. Anything else leaves the process in a state that nobody knows: logged, then `fail`, which should stop in order.
 */
export function onStrayRejections(log: Log, fail: () => void): void {
  process.on('unhandledRejection', (reason) => {
    const isForgotten = reason instanceof TerraceError && forgottenCalls.has(reason.code)
    if (isForgotten)
      return log.error({ err: reason }, 'a call on a session was not awaited, and came too late to do anything')
    log.error({ err: reason }, 'a promise that nobody handles was rejected: the app stops')
    fail()
  })
}
