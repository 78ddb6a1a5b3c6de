/** Runs works one after the other, in the order in which they were given. */
export class Turns {
  readonly #longestWaitMs: number
  #last: Promise<unknown> = Promise.resolve()

  /** Nobody waits longer than this for those before, in milliseconds: one that never ends must not stop all others. */
  constructor(longestWaitMs: number) {
    this.#longestWaitMs = longestWaitMs
  }

  take<R>(work: () => Promise<R>): Promise<R> {
    const mine = this.#settledOrLate(this.#last).then(work)
    // The next one takes its turn however this one ends.
    this.#last = mine.catch(() => undefined)
    return mine
  }

  async #settledOrLate(last: Promise<unknown>): Promise<void> {
    const late = Promise.withResolvers<void>()
    const timer = setTimeout(late.resolve, this.#longestWaitMs)
    await Promise.race([last, late.promise])
    clearTimeout(timer)
  }
}
