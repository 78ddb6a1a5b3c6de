import type { Log } from './log.ts'

/** Work that waits for the end of dependencies, each entry known by the dependency that it belongs to. */
export class FinishList {
  readonly #works: { readonly name: string; readonly work: () => unknown }[] = []
  #isOver = false

  get isEmpty(): boolean {
    return this.#works.length === 0
  }

  add(name: string, work: () => unknown): void {
    if (this.#isOver) throw new TypeError(`onFinish of ${name} was called when its life was over already`)
    this.#works.push({ name, work })
  }

  /** The last one first, one at a time; never throws. */
  async run(log: Log): Promise<void> {
    this.#isOver = true
    for (const { name, work } of this.#works.toReversed()) {
      try {
        await work()
      } catch (error) {
        log.error({ err: error, dependency: name }, 'a dependency could not be finished')
      }
    }
  }
}
