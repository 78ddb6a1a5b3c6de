import type { Snapshot, TableShape } from './snapshot.ts'

/** Tables in the canonical order of a snapshot: by name, and what has a name within them by name too; columns as given. */
export function snapshotFrom(tables: Iterable<TableShape>): Snapshot {
  const sorted = [...tables].map(inOrder).toSorted(byName)
  const record = Object.create(null) as Record<string, TableShape>
  for (const table of sorted) record[table.name] = table
  return { tables: record }
}

function inOrder(table: TableShape): TableShape {
  return {
    ...table,
    uniques: table.uniques.toSorted(byName),
    indexes: table.indexes.toSorted(byName),
    foreignKeys: table.foreignKeys.toSorted(byName),
    checks: table.checks.toSorted(byName),
  }
}

/** By code unit, as the names of constraints are plain; nameless ones last, by their content. */
function byName(a: { readonly name: string | null }, b: { readonly name: string | null }): number {
  const [left, right] = [sortKey(a), sortKey(b)]
  if (left === right) return 0
  return left < right ? -1 : 1
}

function sortKey(shape: { readonly name: string | null }): string {
  return shape.name ?? `\u{10ffff}${JSON.stringify(shape)}`
}
