import {
  different,
  journalMeta,
  journalPrefix,
  scratchPrefix,
  snapshotFrom,
  unknown,
  type Catalogue,
  type Comparison,
  type IndexShape,
  type LiveStructure,
  type TableShape,
  type UniqueShape,
} from '../../schema/index.ts'
import { parseCreateIndex, type ParsedIndex } from './parse-create-index.ts'
import { parseCreateTable } from './parse-create-table.ts'

// `sqlite_` names belong to the engine: its sequence, its statistics, the indexes of constraints.
const schemaQuery = {
  sql: "select type, name, tbl_name, sql from sqlite_schema where name not like 'sqlite\\_%' escape '\\' order by name",
  parameters: [],
}

/** One query over everything: the texts that SQLite keeps say all that its pragmas say, and more. */
export const catalogue: Catalogue = { queries: () => [schemaQuery], read: ([rows = []]) => readSchema(rows) }

interface SchemaRow {
  readonly type: string
  readonly name: string
  readonly sql: string | null
}

function readSchema(rows: readonly Readonly<Record<string, unknown>>[]): LiveStructure {
  const all = rows as unknown as readonly SchemaRow[]
  const ours = all.filter(({ name }) => !isInternal(name))
  const read = ours.filter(({ type }) => type === 'table').map((row) => [row.name, readTable(row)] as const)
  const tables = read.flatMap(([, table]) => ('kind' in table ? [] : [table]))
  const others = read.flatMap(([name, table]) => ('kind' in table ? [[name, table] as const] : []))
  const views = ours.filter(({ type }) => type === 'view').map(({ name }) => [name, different('a view')] as const)
  const indexes = ours.flatMap(({ type, sql }) => (type === 'index' && sql !== null ? readIndex(sql) : []))
  return {
    snapshot: snapshotFrom(tables.map((table) => withIndexes(withTargets(table, tables), indexes))),
    estimatedRows: {},
    otherObjects: Object.fromEntries([...others, ...views]),
    hasJournal: all.some(({ name }) => name === journalMeta),
    leftovers: [],
  }
}

function isInternal(name: string): boolean {
  return name.startsWith(journalPrefix) || name.startsWith(scratchPrefix)
}

/** The table, or why it is none that models declare. */
function readTable({ name, sql }: SchemaRow): TableShape | Exclude<Comparison, { readonly kind: 'equal' }> {
  if (/^\s*create\s+virtual\s/i.test(sql ?? '')) return different('a virtual table')
  try {
    // The row's own name wins: ALTER TABLE … RENAME keeps it, whatever the text quotes.
    return { ...parseCreateTable(sql ?? ''), name }
  } catch (error) {
    if (error instanceof SyntaxError) return unknown(`a table whose text could not be read: ${error.message}`)
    throw error
  }
}

function readIndex(sql: string): readonly ParsedIndex[] {
  try {
    return [parseCreateIndex(sql)]
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

/** References without columns mean the primary key of their target. */
function withTargets(table: TableShape, all: readonly TableShape[]): TableShape {
  const foreignKeys = table.foreignKeys.map((key) => {
    if (key.targetColumns.length > 0) return key
    const target = all.find(({ name }) => sameName(name, key.targetTable))
    return { ...key, targetColumns: target?.primaryKey?.columns ?? [] }
  })
  return { ...table, foreignKeys }
}

function withIndexes(table: TableShape, all: readonly ParsedIndex[]): TableShape {
  const own = all.filter((index) => sameName(index.table, table.name))
  return {
    ...table,
    uniques: [...table.uniques, ...own.filter(({ unique }) => unique).map(uniqueShape)],
    indexes: own.filter(({ unique }) => !unique).map(indexShape),
  }
}

/** SQLite does not tell a unique index from a unique constraint but by where it is written. */
function uniqueShape({ name, columns, where }: ParsedIndex): UniqueShape {
  const names = columns.map((column) => column.name)
  return { name, columns: names, where, nullsDistinct: true, enforced: true, heldBy: 'constraint', source: null }
}

function indexShape({ name, columns, where }: ParsedIndex): IndexShape {
  return { name, columns, where, method: 'btree', source: null }
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
