export interface WorkQueueOptions {
  /** How many run at once. */
  readonly running: number
  /** How many more may wait for their turn. */
  readonly waiting: number
  /** What is thrown at one more. `seconds`: until about half of those that wait now will have had their turn, at least 1. */
  readonly full: (seconds: number) => Error
}

/** Runs so many pieces of work at once, in the order in which they came; refuses what would have to wait behind too many. */
export class WorkQueue {
  readonly #options: WorkQueueOptions
  readonly #waiting: (() => void)[] = []
  #running = 0
  #lastMs = 0

  constructor(options: WorkQueueOptions) {
    this.#options = options
  }

  async run<R>(work: () => Promise<R>): Promise<R> {
    await this.#turn()
    const begin = performance.now()
    try {
      return await work()
    } finally {
      this.#lastMs = performance.now() - begin
      this.#next()
    }
  }

  async #turn(): Promise<void> {
    const { running, waiting, full } = this.#options
    if (this.#running < running) {
      this.#running += 1
      return
    }
    if (this.#waiting.length >= waiting) throw full(this.#halfSeconds())
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** Whoever waits longest takes the place over, so that nobody who comes now can. */
  #next(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#running -= 1
    else next()
  }

  #halfSeconds(): number {
    const ms = (this.#waiting.length / this.#options.running / 2) * this.#lastMs
    return Math.max(1, Math.ceil(ms / 1000))
  }
}
