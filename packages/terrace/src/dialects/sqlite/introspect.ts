import {
  journalMeta,
  journalPrefix,
  scratchPrefix,
  snapshotFrom,
  type Catalogue,
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
  const otherObjects: Record<string, string> = {}
  const tables: TableShape[] = []
  for (const { type, name, sql } of ours) {
    if (type !== 'table') {
      if (type === 'view') otherObjects[name] = 'a view'
      continue
    }
    const table = readTable(sql ?? '')
    // The row's own name wins: ALTER TABLE … RENAME keeps it, whatever the text quotes.
    if (typeof table === 'string') otherObjects[name] = table
    else tables.push({ ...table, name })
  }
  const indexes = ours.flatMap(({ type, sql }) => (type === 'index' && sql !== null ? readIndex(sql) : []))
  const snapshot = snapshotFrom(tables.map((table) => withIndexes(table, indexes)))
  return {
    snapshot,
    estimatedRows: {},
    otherObjects,
    hasJournal: all.some(({ name }) => name === journalMeta),
    leftovers: [],
  }
}

function isInternal(name: string): boolean {
  return name.startsWith(journalPrefix) || name.startsWith(scratchPrefix)
}

/** The table, or in a few words what stands there instead. */
function readTable(sql: string): TableShape | string {
  if (/^\s*create\s+virtual\s/i.test(sql)) return 'a virtual table'
  try {
    return resolved(parseCreateTable(sql))
  } catch (error) {
    if (error instanceof SyntaxError) return `a table whose text could not be read: ${error.message}`
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

/** References without columns mean the target's primary key; only those to the table itself can be resolved here. */
function resolved(table: TableShape): TableShape {
  const own = table.primaryKey?.columns ?? []
  return {
    ...table,
    foreignKeys: table.foreignKeys.map((key) =>
      key.targetColumns.length === 0 && sameName(key.targetTable, table.name) ? { ...key, targetColumns: own } : key,
    ),
  }
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
  return { name, columns: names, where, nullsDistinct: true, heldBy: 'constraint', source: null }
}

function indexShape({ name, columns, where }: ParsedIndex): IndexShape {
  return { name, columns, where, method: 'btree', source: null }
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
