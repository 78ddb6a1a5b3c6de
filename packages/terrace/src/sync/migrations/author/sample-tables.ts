import {
  columnsIn,
  renamePath,
  type ForeignKeyShape,
  type Rename,
  type Snapshot,
  type TableShape,
} from '../../../schema/index.ts'
import type { SampleTable } from './samples/candidates.ts'

/** Tables as they are, with what their rows also have to satisfy in another structure that renames lead to. */
export function sampleTables(live: Snapshot, other: Snapshot, renames: readonly Rename[]): readonly SampleTable[] {
  return Object.values(live.tables).map((table) => sampleTable(table, { live, other, renames }))
}

interface Sides {
  readonly live: Snapshot
  readonly other: Snapshot
  readonly renames: readonly Rename[]
}

function sampleTable(table: TableShape, sides: Sides): SampleTable {
  const partner = sides.other.tables[renamePath(table.name, 'table', sides.renames)]
  if (partner === undefined) return { live: table, after: {}, laterChecks: [] }
  const nameThen = (name: string): string =>
    renamePath(`${table.name}.${name}`, 'column', sides.renames).slice(partner.name.length + 1)
  const nowOf = new Map(table.columns.map(({ name }) => [nameThen(name), name]))
  const after = Object.fromEntries(
    table.columns.map(({ name }) => [name, partner.columns.find((column) => column.name === nameThen(name))]),
  )
  const laterChecks = partner.checks.map(({ expression }) => ({
    expression,
    columns: columnsIn(expression, partner).flatMap(({ name }) => nowOf.get(name) ?? []),
  }))
  const laterKeys = partner.foreignKeys.flatMap((key) => laterKey(key, { table, nowOf, ...sides }))
  return { live: { ...table, foreignKeys: [...table.foreignKeys, ...laterKeys] }, after, laterChecks }
}

/** A key of the other structure under the names of this one; none where it is there already, or leads to what is not there. */
function laterKey(
  key: ForeignKeyShape,
  { table, nowOf, live, renames }: Sides & { readonly table: TableShape; readonly nowOf: ReadonlyMap<string, string> },
): readonly ForeignKeyShape[] {
  const columns = key.columns.flatMap((name) => nowOf.get(name) ?? [])
  const target = Object.values(live.tables).find(({ name }) => renamePath(name, 'table', renames) === key.targetTable)
  if (target === undefined || columns.length < key.columns.length) return []
  const targetNow = new Map(
    target.columns.map(({ name }) => [
      renamePath(`${target.name}.${name}`, 'column', renames).slice(key.targetTable.length + 1),
      name,
    ]),
  )
  const targetColumns = key.targetColumns.flatMap((name) => targetNow.get(name) ?? [])
  const isThere = table.foreignKeys.some(
    (known) => known.targetTable === target.name && known.columns.join('\0') === columns.join('\0'),
  )
  const isComplete = targetColumns.length === key.targetColumns.length
  return isThere || !isComplete ? [] : [{ ...key, columns, targetTable: target.name, targetColumns }]
}
