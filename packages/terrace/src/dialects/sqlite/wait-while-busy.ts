import { setTimeout as sleep } from 'node:timers/promises'
import { isBusy } from './errors.ts'

// As SQLite's own busy handler waits, which would block the event loop. Source: sqliteDefaultBusyCallback in main.c.
const delaysMs = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100] as const
const longestDelayMs = 100

/** Tries again, with the event loop free in between, until another process gives its lock back or the time is over. */
export async function waitWhileBusy<T>(attempt: () => T, timeoutMs: number): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (let tries = 0; ; tries += 1) {
    await sleep(delaysMs[tries] ?? longestDelayMs)
    try {
      return attempt()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error
    }
  }
}
