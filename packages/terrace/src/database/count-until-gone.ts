import { setTimeout as sleep } from 'node:timers/promises'

const everyMs = 50

/** Counts until there is none, or the time is over: a server lists a connection for a moment after it was closed. */
export async function countUntilGone(count: () => Promise<number>, withinMs = 1_000): Promise<number> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const found = await count()
    if (found === 0 || performance.now() >= deadline) return found
    await sleep(everyMs)
  }
}
