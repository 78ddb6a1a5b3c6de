import type { ColumnShape, ForeignKeyShape, PrimaryKeyShape, TableShape } from '../../schema/index.ts'

/**
 * What follows from a table's own text: columns by the names that they were given, in whichever letter case they are mentioned,
 * and NOT NULL where the engine holds it unasked: in the key of a table that is strict or has no rowid, and in a rowid's alias.
 */
export function settleTable(table: TableShape): TableShape {
  const names = new Map(table.columns.map(({ name }) => [name.toLowerCase(), name]))
  const list = (columns: readonly string[]): readonly string[] =>
    columns.map((name) => names.get(name.toLowerCase()) ?? name)
  const key = table.primaryKey
  const primaryKey = key === null ? null : { ...key, columns: list(key.columns) }
  return {
    ...table,
    primaryKey,
    columns: table.columns.map((column) => settledColumn(column, { ...table, primaryKey })),
    uniques: table.uniques.map((unique) => ({ ...unique, columns: list(unique.columns) })),
    indexes: table.indexes.map((index) => ({
      ...index,
      columns: index.columns.map((column) => ({
        ...column,
        name: names.get(column.name.toLowerCase()) ?? column.name,
      })),
    })),
    foreignKeys: table.foreignKeys.map((foreignKey) => ({ ...foreignKey, columns: list(foreignKey.columns) })),
  }
}

function settledColumn(column: ColumnShape, table: TableShape): ColumnShape {
  return column.nullable && isNeverNull(column, table) ? { ...column, nullable: false } : column
}

/** Source: sqlite.org/stricttables.html, withoutrowid.html; elsewhere a primary key takes NULL, which is kept for old files. */
function isNeverNull({ name }: ColumnShape, table: TableShape): boolean {
  if (table.primaryKey?.columns.includes(name) !== true) return false
  return table.options['strict'] === 'yes' || table.options['rowid'] === 'no' || rowidAlias(table) === name
}

/**
 * The column that is the rowid itself; null for none. Its type is INTEGER and nothing else: an INT PRIMARY KEY is a column with
 * an index, and so is what is declared `INTEGER PRIMARY KEY DESC`. Source: sqlite.org/lang_createtable.html, ROWIDs.
 */
export function rowidAlias({ options, primaryKey, columns }: TableShape): string | null {
  const [only, ...others] = primaryKey?.columns ?? []
  if (only === undefined || others.length > 0 || options['rowid'] === 'no') return null
  if (isDescending(primaryKey)) return null
  return columns.find(({ name }) => name === only)?.type === 'INTEGER' ? only : null
}

function isDescending(key: PrimaryKeyShape | null): boolean {
  return /^primary\s+key\s+desc\b/i.test(key?.definition ?? '')
}

/** References by the names that their targets have; without columns they mean the target's primary key. */
export function withTargets(tables: readonly TableShape[]): readonly TableShape[] {
  const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]))
  return tables.map((table) => ({
    ...table,
    foreignKeys: table.foreignKeys.map((key) => withTarget(key, byName.get(key.targetTable.toLowerCase()))),
  }))
}

function withTarget(key: ForeignKeyShape, target: TableShape | undefined): ForeignKeyShape {
  if (target === undefined) return key
  const columns = key.targetColumns.length > 0 ? key.targetColumns : (target.primaryKey?.columns ?? [])
  const names = new Map(target.columns.map(({ name }) => [name.toLowerCase(), name]))
  return {
    ...key,
    targetTable: target.name,
    targetColumns: columns.map((name) => names.get(name.toLowerCase()) ?? name),
  }
}
