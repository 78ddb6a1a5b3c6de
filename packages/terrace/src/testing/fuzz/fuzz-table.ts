/** How often each operation answered each status. */
export class FuzzTable {
  readonly #counts = new Map<string, Map<number, number>>()

  constructor(operationIds: readonly string[]) {
    for (const operationId of operationIds) this.#counts.set(operationId, new Map())
  }

  add(operationId: string, status: number): void {
    const row = this.#counts.get(operationId) ?? new Map<number, number>()
    row.set(status, (row.get(status) ?? 0) + 1)
    this.#counts.set(operationId, row)
  }

  get requests(): number {
    return this.#sum(() => true)
  }

  /** The share of answers from 200 to 299, 0 to 1. */
  get successShare(): number {
    return this.requests === 0 ? 0 : this.#sum(isSuccess) / this.requests
  }

  /** Operations that never succeeded. */
  get neverSucceeded(): readonly string[] {
    return [...this.#counts].filter(([, row]) => ![...row.keys()].some(isSuccess)).map(([operationId]) => operationId)
  }

  /** One line per operation, one column per status. */
  toString(): string {
    const statuses = [...new Set([...this.#counts.values()].flatMap((row) => [...row.keys()]))].toSorted(
      (a, b) => a - b,
    )
    const width = Math.max(...[...this.#counts.keys()].map(({ length }) => length))
    const line = (head: string, cells: readonly string[]): string =>
      `${head.padEnd(width)}${cells.map((cell) => cell.padStart(7)).join('')}`
    const lines = [...this.#counts].map(([operationId, row]) =>
      line(
        operationId,
        statuses.map((status) => String(row.get(status) ?? '·')),
      ),
    )
    return [line('', statuses.map(String)), ...lines].join('\n')
  }

  #sum(counts: (status: number) => boolean): number {
    let sum = 0
    for (const row of this.#counts.values()) for (const [status, count] of row) if (counts(status)) sum += count
    return sum
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299
}
