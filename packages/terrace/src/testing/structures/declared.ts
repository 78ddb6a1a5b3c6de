import { snapshotFrom, type Rename, type Snapshot, type Source } from '../../schema/index.ts'
import type { Draft, DraftTable } from './draft.ts'

type Fact = Source['fact']

/**
 * A draft as declared structure: each object with the source that a model would give it. `renames` are those declared, by the
 * new names of the tables.
 */
export function declared(draft: Draft, renames: readonly Rename[], quote: (name: string) => string): Snapshot {
  return snapshotFrom(draft.tables.map((table) => declaredTable(structuredClone(table), renames, quote)))
}

function declaredTable(table: DraftTable, renames: readonly Rename[], quote: (name: string) => string): DraftTable {
  const sourceOf = (fact: Fact, name: string | null, columns: readonly string[]): DraftTable['source'] => ({
    model: table.name,
    fact,
    name: name ?? fact,
    columns: [...columns],
    properties: [...columns],
  })
  const from = renames.find(({ object, to }) => object === 'table' && to === table.name)?.from
  const about = (expression: string): readonly string[] =>
    table.columns.filter(({ name }) => expression.includes(quote(name))).map(({ name }) => name)
  table.source = withRename(sourceOf('model', table.name, []), from)
  for (const column of table.columns) {
    const former = renames.find(
      ({ object, table: name, to }) => object === 'column' && name === table.name && to === column.name,
    )
    column.source = withRename(sourceOf('column', column.name, [column.name]), former?.from)
  }
  if (table.primaryKey !== null)
    table.primaryKey.source = sourceOf('primaryKey', table.primaryKey.name, table.primaryKey.columns)
  for (const unique of table.uniques) unique.source = sourceOf('unique', unique.name, unique.columns)
  for (const index of table.indexes)
    index.source = sourceOf(
      'index',
      index.name,
      index.columns.map(({ name }) => name),
    )
  for (const key of table.foreignKeys) key.source = sourceOf('reference', key.name, key.columns)
  for (const check of table.checks) check.source = sourceOf('check', check.name, about(check.expression))
  return table
}

function withRename(source: DraftTable['source'], from: string | undefined): DraftTable['source'] {
  return source === null || from === undefined ? source : { ...source, renamedFrom: from }
}
