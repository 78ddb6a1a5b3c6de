/** So many requests within so long, for each caller. */
export interface RateLimit {
  readonly max: number
  readonly windowMs: number
}

/** What an attacker with endless addresses can make the process hold: some megabytes. */
const mostCallers = 100_000

/** What adding up fractions of milliseconds may be off. */
const roundingMs = 0.001

/**
 * Counts the requests of callers by the leaky bucket of ATM networks (GCRA): `max` at once, then one more every
 * `windowMs / max`. One number per caller, and no moment at which everybody may begin anew.
 */
export class RateLimiter {
  readonly #windowMs: number
  readonly #intervalMs: number
  /** When the bucket of a caller will be empty. In the order of the last request, so that the oldest is dropped first. */
  readonly #emptyAt = new Map<string, number>()

  constructor({ max, windowMs }: RateLimit) {
    this.#windowMs = windowMs
    this.#intervalMs = windowMs / max
  }

  /** Takes one request into account: 0, or how long the caller has to wait for the next one, in milliseconds. */
  take(caller: string, nowMs: number): number {
    const emptyAt = Math.max(this.#emptyAt.get(caller) ?? 0, nowMs) + this.#intervalMs
    const waitMs = emptyAt - nowMs - this.#windowMs
    if (waitMs > roundingMs) return waitMs
    this.#emptyAt.delete(caller)
    this.#emptyAt.set(caller, emptyAt)
    if (this.#emptyAt.size > mostCallers) this.#forget(nowMs)
    return 0
  }

  /** Those who are free to ask as if for the first time; where there are none, whoever asked longest ago. */
  #forget(nowMs: number): void {
    for (const [caller, emptyAt] of this.#emptyAt) {
      if (emptyAt > nowMs && this.#emptyAt.size <= mostCallers) return
      this.#emptyAt.delete(caller)
    }
  }
}
