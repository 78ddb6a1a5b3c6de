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
import { opaqueObjects } from './opaque-objects.ts'
import { parseCreateIndex, uniqueColumnsOf, type ParsedIndex } from './parse-create-index.ts'
import { parseCreateTable } from './parse-create-table.ts'
import type { SchemaRow } from './schema-row.ts'
import { settleTable, withTargets } from './settle-table.ts'
import { plainUnique } from './table-draft.ts'

// `sqlite_` names belong to the engine: its sequence, its statistics, the indexes of constraints.
const schemaQuery = {
  sql: "select type, name, tbl_name, sql from sqlite_schema where name not like 'sqlite\\_%' escape '\\' order by name",
  parameters: [],
}

// Tables that a virtual one keeps its content in, as far as its module is there to say so.
const shadowQuery = {
  sql: "select name from pragma_table_list where schema = 'main' and type = 'shadow'",
  parameters: [],
}

/** Two queries over everything: the texts that SQLite keeps say all that its pragmas say, and more. */
export const catalogue: Catalogue = {
  queries: () => [schemaQuery, shadowQuery],
  read: ([rows = [], shadows = []]) => readSchema(rows as unknown as readonly SchemaRow[], shadows),
}

type NoTable = Exclude<Comparison, { readonly kind: 'equal' }>

/** What stands behind one name of a table. */
type ReadTable = { readonly row: SchemaRow; readonly table: TableShape } | NotRead

interface NotRead {
  readonly row: SchemaRow
  readonly table: null
  readonly as: 'virtualTable' | 'shadowTable' | 'unreadableTable'
  readonly comparison: NoTable
}

function readSchema(all: readonly SchemaRow[], shadows: readonly Readonly<Record<string, unknown>>[]): LiveStructure {
  const ours = all.filter(({ name, tbl_name: table }) => !isInternal(name) && !isInternal(table))
  const rows = ours.filter(({ type }) => type === 'table')
  const isShadow = shadowTest(rows, new Set(shadows.map(({ name }) => String(name))))
  const read = rows.map((row) => readTable(row, isShadow))
  const tables = read.flatMap(({ table }) => (table === null ? [] : [table]))
  const others = read.filter((one): one is NotRead => one.table === null)
  const views = ours.filter(({ type }) => type === 'view')
  const indexes = ours.filter(({ type, sql }) => type === 'index' && sql !== null).map(readIndex)
  const indexesOf = Map.groupBy(indexes, ({ row }) => row.tbl_name.toLowerCase())
  return {
    snapshot: snapshotFrom(
      withTargets(tables).map((table) => withIndexes(table, indexesOf.get(table.name.toLowerCase()) ?? [])),
    ),
    estimatedRows: {},
    otherObjects: Object.fromEntries([
      ...others.map(({ row, comparison }) => [row.name, comparison] as const),
      ...views.map(({ name }) => [name, different('a view')] as const),
    ]),
    opaque: opaqueObjects(ours, {
      tables: others.map(({ row, as }) => ({ row, kind: as })),
      indexes: indexes.flatMap(({ row, index }) => (index === null ? [row] : [])),
    }),
    hasJournal: all.some(({ name }) => name === journalMeta),
    leftovers: rows.map(({ name }) => name).filter((name) => name.startsWith(scratchPrefix)),
  }
}

function isInternal(name: string): boolean {
  return name.startsWith(journalPrefix) || name.startsWith(scratchPrefix)
}

// Source: the xShadowName of each module in SQLite's own source: fts3.c, fts5_main.c, rtree.c.
const shadowSuffixes: Readonly<Record<string, readonly string[]>> = {
  fts3: ['content', 'segments', 'segdir', 'docsize', 'stat'],
  fts4: ['content', 'segments', 'segdir', 'docsize', 'stat'],
  fts5: ['data', 'idx', 'content', 'docsize', 'config'],
  rtree: ['node', 'rowid', 'parent'],
  rtree_i32: ['node', 'rowid', 'parent'],
  geopoly: ['node', 'rowid', 'parent'],
}

const virtualTable = /^\s*create\s+virtual\s+table\s.*?\susing\s+["'`[]?(\w+)/is

/** By what the engine says, and by their names where a module is not there to be asked. */
function shadowTest(rows: readonly SchemaRow[], known: ReadonlySet<string>): (name: string) => boolean {
  const byName = rows.flatMap(({ name, sql }) => {
    const module = virtualTable.exec(sql ?? '')?.[1]?.toLowerCase() ?? ''
    return (shadowSuffixes[module] ?? []).map((suffix) => `${name}_${suffix}`.toLowerCase())
  })
  const names = new Set(byName)
  return (name) => known.has(name) || names.has(name.toLowerCase())
}

function readTable(row: SchemaRow, isShadow: (name: string) => boolean): ReadTable {
  const { name, sql } = row
  const definition = sql ?? ''
  if (/^\s*create\s+virtual\s/i.test(definition)) {
    return { row, table: null, as: 'virtualTable', comparison: different('a virtual table') }
  }
  if (isShadow(name)) {
    return { row, table: null, as: 'shadowTable', comparison: different("a virtual table's own table") }
  }
  try {
    // The row's own name wins: ALTER TABLE … RENAME keeps it, whatever the text quotes.
    return { row, table: { ...parseCreateTable(definition), name, definition } }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const comparison = unknown(`a table whose text could not be read: ${error.message}`)
    return { row, table: null, as: 'unreadableTable', comparison }
  }
}

interface ReadIndex {
  readonly row: SchemaRow
  /** Null for what could not be read. */
  readonly index: ParsedIndex | null
}

function readIndex(row: SchemaRow): ReadIndex {
  try {
    return { row, index: parseCreateIndex(row.sql ?? '') }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { row, index: null }
  }
}

function withIndexes(table: TableShape, own: readonly ReadIndex[]): TableShape {
  const uniques = own.flatMap(({ row, index }) => (index?.unique === true ? [uniqueShape(index, row)] : []))
  const indexes = own.flatMap(({ row, index }) => (index?.unique === false ? [indexShape(index, row)] : []))
  return settleTable({ ...table, uniques: [...table.uniques, ...uniques], indexes })
}

/** An index has its whole statement as its definition, which tells it from a constraint. */
function uniqueShape({ columns, where }: ParsedIndex, { name, sql }: SchemaRow): UniqueShape {
  return { ...plainUnique, name, columns: uniqueColumnsOf({ columns }), where, definition: sql ?? '' }
}

function indexShape({ columns, where }: ParsedIndex, { name, sql }: SchemaRow): IndexShape {
  return { name, columns, where, include: [], method: 'btree', valid: true, source: null, definition: sql ?? '' }
}
