import type { Rename } from '../../schema/index.ts'

interface Moved {
  readonly from: string
  to: string
}

interface MovedColumn extends Moved {
  /** As it is by now. */
  table: string
}

/** What several revisions rename, one after the other, as if it were one: `a` to `b` and `b` to `c` as `a` to `c`. */
export function netRenames(inOrder: readonly (readonly Rename[])[]): readonly Rename[] {
  const tables: Moved[] = []
  const columns: MovedColumn[] = []
  for (const renames of inOrder) {
    const ofTables = renames.filter(({ object }) => object === 'table')
    // At once, as names may change places.
    const tableNow = (name: string): string => ofTables.find(({ from }) => from === name)?.to ?? name
    for (const { from } of ofTables) if (!tables.some((each) => each.to === from)) tables.push({ from, to: from })
    for (const each of tables) each.to = tableNow(each.to)
    for (const each of columns) each.table = tableNow(each.table)
    moveColumns(
      columns,
      renames.filter(({ object }) => object === 'column'),
    )
  }
  return [
    ...tables.flatMap(({ from, to }): Rename[] => (from === to ? [] : [{ object: 'table', table: to, from, to }])),
    ...columns.flatMap(({ table, from, to }): Rename[] => (from === to ? [] : [{ object: 'column', table, from, to }])),
  ]
}

function moveColumns(columns: MovedColumn[], renames: readonly Rename[]): void {
  for (const { table, from } of renames)
    if (!columns.some((each) => each.table === table && each.to === from)) columns.push({ table, from, to: from })
  for (const each of columns)
    each.to = renames.find(({ table, from }) => table === each.table && from === each.to)?.to ?? each.to
}
