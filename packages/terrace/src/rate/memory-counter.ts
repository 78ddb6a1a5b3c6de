import type { RateLimit } from './rate-limit.ts'
import { waitMsOf } from './rate-limit.ts'

/** What an attacker with endless keys can make the process hold: some megabytes. */
const mostKeys = 100_000

/** The counts of one limit in this process. */
export class MemoryCounter {
  readonly #limit: RateLimit
  readonly #intervalMs: number
  readonly #nowMs: () => number
  /** When the bucket of a key will be empty. In the order of the last use, so that the oldest is dropped first. */
  readonly #emptyAt = new Map<string, number>()

  constructor(limit: RateLimit, nowMs: () => number) {
    this.#limit = limit
    this.#intervalMs = limit.windowMs / limit.max
    this.#nowMs = nowMs
  }

  take(key: string): number {
    const nowMs = this.#nowMs()
    const emptyAt = Math.max(this.#emptyAt.get(key) ?? 0, nowMs) + this.#intervalMs
    const emptyInMs = emptyAt - nowMs
    if (waitMsOf(emptyInMs, this.#limit) > 0) return emptyInMs
    this.#emptyAt.delete(key)
    this.#emptyAt.set(key, emptyAt)
    if (this.#emptyAt.size > mostKeys) this.#dropOldest(nowMs)
    return emptyInMs
  }

  giveBack(key: string): void {
    const emptyAt = this.#emptyAt.get(key)
    if (emptyAt !== undefined) this.#emptyAt.set(key, emptyAt - this.#intervalMs)
  }

  holds(key: string): boolean {
    return (this.#emptyAt.get(key) ?? 0) > this.#nowMs()
  }

  forget(key: string): void {
    this.#emptyAt.delete(key)
  }

  /** Those who are free to ask as if for the first time; where there are none, whoever asked longest ago. */
  #dropOldest(nowMs: number): void {
    for (const [key, emptyAt] of this.#emptyAt) {
      if (emptyAt > nowMs && this.#emptyAt.size <= mostKeys) return
      this.#emptyAt.delete(key)
    }
  }
}
