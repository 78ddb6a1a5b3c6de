import type { ModelFact, SeedRow } from '../../model/index.ts'

interface Waiting {
  readonly at: number
  readonly row: SeedRow
  /** Positions of the rows that it refers to. */
  readonly parents: readonly number[]
}

/**
 * Rows behind those of their own table that they refer to, otherwise as given: some engines look at each row by itself, and
 * a long list is more than one statement. Rows of a circle, where none can stand first, keep their order.
 */
export function parentsFirst(model: ModelFact, rows: readonly SeedRow[]): readonly SeedRow[] {
  const own = model.references.filter(({ target }) => target === model.name)
  if (own.length === 0) return rows
  const parentsOf = own.map(({ columns, targetColumns }) => parentsBy(rows, columns, targetColumns))
  let waiting = rows.map((row, at): Waiting => ({ at, row, parents: parentsOf.flatMap((find) => find(row, at)) }))
  const placed = new Map<number, SeedRow>()
  while (waiting.length > 0) {
    const left = waiting.filter(({ at, row, parents }) => {
      if (!parents.every((parent) => placed.has(parent))) return true
      placed.set(at, row)
      return false
    })
    if (left.length === waiting.length) return [...placed.values(), ...left.map(({ row }) => row)]
    waiting = left
  }
  return [...placed.values()]
}

function parentsBy(
  rows: readonly SeedRow[],
  columns: readonly string[],
  targetColumns: readonly string[],
): (row: SeedRow, at: number) => readonly number[] {
  const parentOf = rowsByKey(rows, columns, targetColumns)
  return (row, at) => {
    const parent = parentOf(row)
    return parent === undefined || parent === at ? [] : [parent]
  }
}

/** The position of the row that a row refers to by these columns; undefined for none of the list. */
export function rowsByKey(
  rows: readonly SeedRow[],
  columns: readonly string[],
  targetColumns: readonly string[],
): (row: SeedRow) => number | undefined {
  const positions = new Map(rows.map((row, at) => [keyOf(row, targetColumns), at]))
  return (row) => {
    const key = keyOf(row, columns)
    return key === null ? undefined : positions.get(key)
  }
}

function keyOf(row: SeedRow, columns: readonly string[]): string | null {
  const values = columns.map((name) => row[name] ?? null)
  return values.includes(null) ? null : JSON.stringify(values.map(String))
}
