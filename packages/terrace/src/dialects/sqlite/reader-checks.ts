import { doubleQuoteName as quote, type OpaqueObject, type Snapshot, type TableShape } from '../../schema/index.ts'

/** SQLite notices by itself only when a view is used next, or a trigger's table is written to. */
export function readerChecks({ kind, name, table }: OpaqueObject, { tables }: Snapshot): readonly string[] {
  if (kind === 'view') return [viewCheckSql(name)]
  const on = kind === 'trigger' && table !== null ? tables[table] : undefined
  return on === undefined ? [] : triggerChecksOf(on)
}

export function viewCheckSql(name: string): string {
  return `select 1 from ${quote(name)} limit 0`
}

/** Fail where a trigger of the table does not find what it asks for; EXPLAIN runs nothing. */
export function triggerChecksOf({ name, columns }: TableShape): readonly string[] {
  const column = quote(columns.find(({ generated }) => generated === null)?.name ?? '')
  return [
    `explain insert into ${quote(name)} (${column}) values (null)`,
    `explain update ${quote(name)} set ${column} = ${column}`,
    `explain delete from ${quote(name)}`,
  ]
}
