import type { ColumnShape, ForeignKeyShape } from '../../../../schema/index.ts'
import type { SampleTable } from './candidates.ts'

/** A value for each of some columns. */
export type Cells = ReadonlyMap<string, unknown>

/** Rows that keys can lead to, by table; those of one table in the same order each time. */
export type ParentRows = ReadonlyMap<string, readonly Cells[]>

export interface KeyFacts {
  readonly table: SampleTable
  readonly keys: readonly ForeignKeyShape[]
  readonly n: number
  readonly parents: ParentRows
  /** What the row itself has in a column: for a key that leads to its own row. */
  own(column: string): unknown
  /** What the n-th row of a table that comes later will have in a column; null where nobody may rely on it. */
  readonly ahead: ((table: string, column: string) => unknown) | null
}

/** Enough for keys that share columns; more would only be tried where the database refuses all of these. */
const mostChoices = 24

/**
 * Ways in which the foreign keys of a row can lead to rows that are there, or nowhere: several keys may share columns, which have
 * one value. The likeliest first.
 */
export function keyChoices(facts: KeyFacts): readonly Cells[] {
  return facts.keys.reduce<readonly Cells[]>(
    (found, key) => found.flatMap((known) => joined(known, cellsOf(key, facts))).slice(0, mostChoices),
    [new Map()],
  )
}

/** Those that say nothing else of a column that is known. */
function joined(known: Cells, choices: readonly Cells[]): readonly Cells[] {
  const fit = choices.filter((cells) =>
    [...cells].every(([name, value]) => !known.has(name) || same(known.get(name), value)),
  )
  return fit.map((cells) => new Map([...known, ...cells]))
}

function same(a: unknown, b: unknown): boolean {
  return a === b || String(a) === String(b)
}

function cellsOf(key: ForeignKeyShape, facts: KeyFacts): readonly Cells[] {
  const { table, n, parents, ahead } = facts
  const rows = parents.get(key.targetTable) ?? []
  const led = turnedBy(rows, n).map((row) => leading(key, (target) => row.get(target) ?? null))
  const isSelf = key.targetTable === table.live.name
  // A number that the database gives is not known before: what is likely for the column itself may be it.
  const isKnown = key.targetColumns.every((name) => columnOf(table, name)?.identity === null)
  const itself = !isSelf ? [] : isKnown ? [leading(key, facts.own)] : [new Map<string, unknown>()]
  const nullable = key.columns.filter((name) => columnOf(table, name)?.nullable === true)
  const nowhere = nullable.length === 0 ? [] : [new Map(nullable.map((name) => [name, null] as const))]
  const found = [...led.slice(0, 4), ...nowhere, ...itself]
  // Only what is looked at when the transaction ends can lead to a row that is not there yet.
  if (found.length > 0 || ahead === null || key.deferrable !== 'initiallyDeferred') return found
  return [leading(key, (target) => ahead(key.targetTable, target))]
}

function leading(key: ForeignKeyShape, valueOf: (target: string) => unknown): Cells {
  return new Map(key.columns.map((name, at) => [name, valueOf(key.targetColumns[at] ?? name)]))
}

function turnedBy<T>(list: readonly T[], n: number): readonly T[] {
  const at = list.length === 0 ? 0 : n % list.length
  return [...list.slice(at), ...list.slice(0, at)]
}

function columnOf({ live }: SampleTable, name: string): ColumnShape | undefined {
  return live.columns.find((column) => column.name === name)
}
