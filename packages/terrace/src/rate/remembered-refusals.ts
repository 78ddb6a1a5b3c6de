import { waitMsOf } from './rate-limit.ts'
import type { RateLimit } from './rate-limit.ts'
import type { RateCounter, Units } from './rate-store.ts'

/** What was refused elsewhere may be forgotten there; here it is asked again after this long. */
const longestMs = 10_000

/** What an attacker with endless keys can make the process hold. */
const mostKeys = 100_000

/**
 * The same counts, of which a key that was refused is not asked again before it can be let through: a flood costs the place where
 * it is counted nothing. Of a store that answers at once nothing is remembered.
 */
export function rememberedRefusals(counter: RateCounter, limit: RateLimit): RateCounter {
  const closedUntilMs = new Map<string, number>()
  const noted = (key: string, emptyInMs: number): number => {
    const waitMs = waitMsOf(emptyInMs, limit)
    if (waitMs > 0) {
      if (closedUntilMs.size >= mostKeys) closedUntilMs.clear()
      closedUntilMs.set(key, performance.now() + Math.min(waitMs, longestMs))
    }
    return emptyInMs
  }
  const take = (key: string, units: Units): number | Promise<number> => {
    const untilMs = closedUntilMs.get(key)
    if (untilMs !== undefined) {
      const waitMs = untilMs - performance.now()
      if (waitMs > 0) return limit.windowMs + waitMs
      closedUntilMs.delete(key)
    }
    const taken = counter.take(key, units)
    return taken instanceof Promise ? taken.then((emptyInMs) => noted(key, emptyInMs)) : taken
  }
  return {
    take,
    giveBack: (key, units) => counter.giveBack(key, units),
    holds: (key, units) => counter.holds(key, units),
    forget: (key, units) => {
      closedUntilMs.delete(key)
      return counter.forget(key, units)
    },
  }
}
