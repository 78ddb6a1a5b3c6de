import {
  journalMeta,
  journalPrefix,
  scratchPrefix,
  snapshotFrom,
  type Catalogue,
  type CatalogueScope,
  type CheckShape,
  type LiveStructure,
  type TableShape,
} from '../../../schema/index.ts'
import type { SchemaFlavour } from '../schema-flavour.ts'
import {
  checksSql,
  columnsSql,
  foreignKeysSql,
  indexesSql,
  opaqueSql,
  tablesSql,
  type CheckRow,
  type ColumnRow,
  type ForeignKeyRow,
  type IndexRow,
  type OpaqueRow,
  type TableRow,
} from './catalogue-queries.ts'
import { printedExpression, readColumn } from './read-column.ts'
import { readKeys } from './read-keys.ts'
import { readOpaque, readOtherObjects } from './read-opaque.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** Six queries over a whole database, five over the scratch tables. */
export function catalogueFor(flavour: SchemaFlavour): Catalogue {
  const shapes = [tablesSql, columnsSql, indexesSql(flavour), foreignKeysSql, checksSql(flavour)]
  const queries = [...shapes, opaqueSql].map((sql) => ({ sql, parameters: [] }))
  return {
    queries: (scope) => (scope === 'scratch' ? queries.slice(0, shapes.length) : queries),
    read: ([tables = [], columns = [], indexes = [], foreignKeys = [], checks = [], opaque = []], scope) => {
      const parts = groupedRows({ columns, indexes, foreignKeys, checks })
      const reading = { tables: tables as unknown as readonly TableRow[], parts, flavour }
      return read(reading, opaque as unknown as readonly OpaqueRow[], scope)
    },
  }
}

interface Parts {
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>
  readonly indexes: ReadonlyMap<string, readonly IndexRow[]>
  readonly foreignKeys: ReadonlyMap<string, readonly ForeignKeyRow[]>
  readonly checks: ReadonlyMap<string, readonly CheckRow[]>
}

function groupedRows(rows: { readonly [K in keyof Parts]: Rows }): Parts {
  const byTable = <R>(all: Rows): ReadonlyMap<string, readonly R[]> =>
    Map.groupBy(all as unknown as readonly (R & { readonly tableName: string })[], ({ tableName }) => tableName)
  return {
    columns: byTable(rows.columns),
    indexes: byTable(rows.indexes),
    foreignKeys: byTable(rows.foreignKeys),
    checks: byTable(rows.checks),
  }
}

interface Reading {
  readonly tables: readonly TableRow[]
  readonly parts: Parts
  readonly flavour: SchemaFlavour
}

function read(reading: Reading, opaque: readonly OpaqueRow[], scope: CatalogueScope): LiveStructure {
  const { tables: all } = reading
  const visible = all.filter(({ name }) => (scope === 'scratch' ? name.startsWith(scratchPrefix) : !isInternal(name)))
  const tables = visible.filter(({ kind }) => kind === 'BASE TABLE')
  return {
    snapshot: snapshotFrom(tables.map((table) => readTable(table, reading))),
    estimatedRows: Object.fromEntries(
      tables.map(({ name, estimated }) => [name, estimated === null ? null : Number(estimated)]),
    ),
    otherObjects: readOtherObjects(visible),
    opaque: scope === 'scratch' ? [] : readOpaque(visible, opaque),
    hasJournal: all.some(({ name }) => name === journalMeta),
    leftovers: all.filter(({ name }) => name.startsWith(scratchPrefix)).map(({ name }) => name),
  }
}

function isInternal(name: string): boolean {
  return name.startsWith(journalPrefix) || name.startsWith(scratchPrefix)
}

function readTable(row: TableRow, { parts, flavour }: Reading): TableShape {
  const { name, engine, collation, comment } = row
  const checks = parts.checks.get(name) ?? []
  const columns = parts.columns.get(name) ?? []
  const isJson = (column: string): boolean => checks.some((check) => isJsonCheck(check, column))
  const special = specialStorage(row)
  return {
    name,
    comment: withoutMarker(comment),
    options: { engine: engine ?? '', collation: collation ?? '' },
    columns: columns.map((column) => readColumn(column, isJson(column.name), flavour)),
    ...readKeys(parts.indexes.get(name) ?? [], parts.foreignKeys.get(name) ?? [], flavour),
    checks: checks
      .filter((check) => !columns.some((column) => isJsonCheck(check, column.name)))
      .map((check) => readCheck(check, flavour)),
    source: null,
    ...(special === '' ? {} : { definition: special }),
  }
}

/** What CREATE TABLE was told besides, which limits the ways of altering the table. */
function specialStorage({ rowFormat, created }: TableRow): string {
  const isUsual = rowFormat === null || /^(?:dynamic|compact)$/i.test(rowFormat)
  return [created ?? '', ...(isUsual ? [] : [`row_format=${rowFormat}`])].filter((part) => part !== '').join(' ')
}

/** Stands behind the comment of a table while names of tables go around in a circle: see `renameTables`. */
export const renameMarker = ' [terrace renames '

function withoutMarker(comment: string): string {
  const at = comment.lastIndexOf(renameMarker)
  return at === -1 ? comment : comment.slice(0, at)
}

/**
 * MariaDB's json is a longtext with a check of its own, which keeps the former name of a column that is renamed. Source: MariaDB
 * knowledge base, "JSON Data Type".
 */
function isJsonCheck({ level, expression }: CheckRow, column: string): boolean {
  const quoted = `\`${column.replaceAll('`', '``')}\``
  return level === 'Column' && expression.toLowerCase() === `json_valid(${quoted})`.toLowerCase()
}

/** A check that stands on a column is a clause of it, without a name of its own: it is altered with the column. */
function readCheck({ name, expression, enforced, level }: CheckRow, flavour: SchemaFlavour): CheckShape {
  const printed = printedExpression(expression, flavour)
  return {
    name: level === 'Column' ? null : name,
    expression: printed,
    enforced: enforced !== 'NO',
    source: null,
    ...(level === 'Column' ? { definition: name } : {}),
  }
}
