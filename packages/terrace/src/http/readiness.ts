import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../database/index.ts'
import { errors } from '../errors/index.ts'

/** Returns when the database answers in time; `NOT_READY` when it does not. A question that hangs is left behind. */
export async function checkDatabase(database: Database, timeoutMs: number): Promise<void> {
  const abort = new AbortController()
  const late = sleep(timeoutMs, 'late' as const, { signal: abort.signal, ref: false })
  try {
    const outcome = await Promise.race([database.ping(), late])
    if (outcome === 'late') throw new Error(`no answer within ${timeoutMs} ms`)
  } catch (cause) {
    throw errors.NOT_READY({ values: { reason: 'the database does not answer' }, retryAfterSeconds: 1, cause })
  } finally {
    late.catch(() => undefined)
    abort.abort()
  }
}
