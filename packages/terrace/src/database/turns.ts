/** Runs works one after the other, in the order in which they were given. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  take<R>(work: () => Promise<R>): Promise<R> {
    const mine = this.#last.then(work)
    // The next one takes its turn however this one ends.
    this.#last = mine.catch(() => undefined)
    return mine
  }
}
