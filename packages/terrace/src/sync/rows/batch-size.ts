const bytesWanted = 4 * 1024 * 1024
const firstRows = 100

/** How many rows to ask for next, so that a batch of wide rows does not fill the memory: learnt from the batch before. */
export class BatchSize {
  private readonly most: number
  private next: number

  /** At most so many rows, however narrow. */
  constructor(most: number) {
    this.most = most
    this.next = Math.min(most, firstRows)
  }

  get rows(): number {
    return this.next
  }

  learn(rows: readonly Readonly<Record<string, unknown>>[]): void {
    const bytes = rows.reduce((sum, row) => sum + bytesOf(Object.values(row)), 0)
    const fitting = Math.floor((bytesWanted * rows.length) / Math.max(1, bytes))
    // Not more than tenfold at once: the first rows of a table are often its smallest.
    this.next = Math.max(1, Math.min(this.most, fitting, this.next * 10))
  }
}

/** About what the values of a row take: texts and bytes, and a little for every other one. */
export function bytesOf(values: readonly unknown[]): number {
  let bytes = 0
  for (const value of values) bytes += valueBytes(value)
  return bytes
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return value.length
  return value instanceof Uint8Array ? value.byteLength : 8
}
