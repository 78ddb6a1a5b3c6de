import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for work, but not longer than this; the work itself is not ended. */
export async function withinMs(limitMs: number, work: Promise<unknown>): Promise<void> {
  const abort = new AbortController()
  const limit = sleep(limitMs, undefined, { signal: abort.signal, ref: false })
  try {
    await Promise.race([work, limit])
  } finally {
    // Aborting rejects a promise that nobody waits for any more.
    limit.catch(() => undefined)
    abort.abort()
  }
}
