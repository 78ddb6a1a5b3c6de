import type { Change, ChangeOf, ColumnAspect } from '../change.ts'
import type { ColumnShape, Source, TableShape } from '../snapshot.ts'
import { columnComparators } from './compare-columns.ts'
import { differing } from './differing.ts'
import type { WantedTable } from './wanted-table.ts'

const aspects = Object.keys(columnComparators) as readonly ColumnAspect[]

/** Columns are the same when their names are; their order does not count. */
export function diffColumns(live: TableShape, { declared, canonical }: WantedTable): readonly Change[] {
  const table = { live, wanted: declared }
  const isIn = (columns: readonly ColumnShape[]) => (name: string) => columns.some((column) => column.name === name)
  const isLive = isIn(live.columns)
  const isWanted = isIn(canonical.columns)
  const missing = declared.columns.filter(({ name }) => !isLive(name))
  const extra = live.columns.filter(({ name }) => !isWanted(name))
  return [
    ...missing.map((wanted) => addColumn(table, wanted)),
    ...canonical.columns.flatMap((wanted) => alterColumn(table, wanted)),
    ...extra.map((column): Change => ({ kind: 'dropColumn', table, live: column, source: null })),
  ]
}

type Tables = ChangeOf<'addColumn'>['table']

function addColumn(table: Tables, wanted: ColumnShape): Change {
  const isAboutItAlone = ({ source }: { readonly source: Source | null }): boolean =>
    source !== null && source.columns.length === 1 && source.columns[0] === wanted.name
  return {
    kind: 'addColumn',
    table,
    wanted,
    checks: table.wanted.checks.filter(isAboutItAlone),
    foreignKeys: table.wanted.foreignKeys.filter(isAboutItAlone),
    source: wanted.source,
  }
}

function alterColumn(table: Tables, wanted: ColumnShape): readonly Change[] {
  const live = table.live.columns.find(({ name }) => name === wanted.name)
  const declared = table.wanted.columns.find(({ name }) => name === wanted.name) ?? wanted
  if (live === undefined || declared.isOpaque) return []
  const differences = differing(aspects.map((aspect) => [aspect, columnComparators[aspect](live, wanted)] as const))
  return differences.length === 0
    ? []
    : [{ kind: 'alterColumn', table, live, wanted: declared, differences, source: declared.source }]
}
