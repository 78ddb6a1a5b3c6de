import type { Rename } from '../../schema/index.ts'
import type { Draft, DraftTable } from './draft.ts'

type Quote = (name: string) => string

/** Renames of columns, by the former names of their tables, and of tables; all at once, so that names can be swapped. */
export function renameDraft(draft: Draft, renames: readonly Rename[], quote: Quote): void {
  const tables = new Map(renames.filter(({ object }) => object === 'table').map(({ from, to }) => [from, to]))
  for (const table of draft.tables) {
    const own = renames.filter(({ object, table: name }) => object === 'column' && name === table.name)
    renameColumns(table, new Map(own.map(({ from, to }) => [from, to])), quote)
  }
  for (const table of draft.tables)
    for (const key of table.foreignKeys) {
      const target = renames.filter(({ object, table: name }) => object === 'column' && name === key.targetTable)
      key.targetColumns = key.targetColumns.map((name) => target.find(({ from }) => from === name)?.to ?? name)
      key.targetTable = tables.get(key.targetTable) ?? key.targetTable
    }
  for (const table of draft.tables) table.name = tables.get(table.name) ?? table.name
}

function renameColumns(table: DraftTable, names: ReadonlyMap<string, string>, quote: Quote): void {
  if (names.size === 0) return
  const name = (former: string): string => names.get(former) ?? former
  const text = (sql: string): string => renamedText(sql, names, quote)
  const condition = (sql: string | null): string | null => (sql === null ? null : text(sql))
  for (const column of table.columns) {
    column.name = name(column.name)
    if (column.generated !== null) column.generated.expression = text(column.generated.expression)
  }
  if (table.primaryKey !== null) table.primaryKey.columns = table.primaryKey.columns.map(name)
  for (const unique of table.uniques) {
    unique.columns = unique.columns.map(name)
    unique.include = unique.include.map(name)
    unique.where = condition(unique.where)
  }
  for (const index of table.indexes) {
    index.include = index.include.map(name)
    index.where = condition(index.where)
    for (const column of index.columns)
      column.name = column.name.startsWith('(') ? text(column.name) : name(column.name)
  }
  for (const key of table.foreignKeys) key.columns = key.columns.map(name)
  for (const check of table.checks) check.expression = text(check.expression)
}

/** By way of names that nothing has. */
function renamedText(sql: string, names: ReadonlyMap<string, string>, quote: Quote): string {
  const all = [...names]
  const parted = all.reduce((text, [from], at) => text.replaceAll(quote(from), `\0${at}\0`), sql)
  return all.reduce((text, [, to], at) => text.replaceAll(`\0${at}\0`, quote(to)), parted)
}
