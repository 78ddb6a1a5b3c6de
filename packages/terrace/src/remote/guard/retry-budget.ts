/** What may be sent again at once, after a time without failures. */
const mostAtOnce = 10

/**
 * How much may be sent again, for each call that was made: a source that fails everywhere gets a fifth more of requests, not three
 * times as many. As gRPC's throttling of retries.
 */
export class RetryBudget {
  readonly #perCall: number
  #left = mostAtOnce

  constructor(perCall: number) {
    this.#perCall = perCall
  }

  called(): void {
    this.#left = Math.min(this.#left + this.#perCall, mostAtOnce)
  }

  /** Whether one may be sent again; it is counted then. */
  take(): boolean {
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
