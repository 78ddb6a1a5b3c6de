/** Where a test and the handlers of its app meet, by the label of a request. */
export class Stage {
  readonly #runs = new Map<string, number>()
  readonly #reached = new Map<string, PromiseWithResolvers<void>>()
  readonly #opened = new Map<string, PromiseWithResolvers<void>>()

  /** Counts a run of the work of a request; 1 for the first. */
  begin(label: string): number {
    const run = this.runsOf(label) + 1
    this.#runs.set(label, run)
    return run
  }

  runsOf(label: string): number {
    return this.#runs.get(label) ?? 0
  }

  /** For the handler: says that it is here, and waits until it may go on. */
  async hold(label: string): Promise<void> {
    this.mark(label)
    await at(this.#opened, label).promise
  }

  mark(label: string): void {
    at(this.#reached, label).resolve()
  }

  /** For the test: waits until the handler is there. */
  reached(label: string): Promise<void> {
    return at(this.#reached, label).promise
  }

  open(label: string): void {
    at(this.#opened, label).resolve()
  }
}

function at(places: Map<string, PromiseWithResolvers<void>>, label: string): PromiseWithResolvers<void> {
  const known = places.get(label) ?? Promise.withResolvers<void>()
  places.set(label, known)
  return known
}
