import { different, scratchPrefix, type LiveStructure, type OpaqueObject } from '../../../schema/index.ts'
import type { OpaqueRow, TableRow } from './catalogue-queries.ts'

/** What models cannot declare: views, triggers, routines, sequences, partitions, tables that keep their history. */
export function readOpaque(tables: readonly TableRow[], rows: readonly OpaqueRow[]): readonly OpaqueObject[] {
  const names = new Set(tables.map(({ name }) => name))
  return [
    ...tables.flatMap(opaqueTable),
    ...rows.filter(({ tableName }) => !tableName?.startsWith(scratchPrefix)).map((row) => opaqueObject(row, names)),
  ]
}

function opaqueTable({ name, kind, created }: TableRow): readonly OpaqueObject[] {
  const at = { name, definition: null, uses: [] }
  if (kind === 'SEQUENCE') return [{ ...at, kind: 'sequence', table: null }]
  if (kind === 'SYSTEM VERSIONED') return [{ ...at, kind: 'unreadableTable', table: null }]
  if (created?.includes('partitioned') === true) return [{ ...at, kind: 'partitionedTable', table: name }]
  return []
}

function opaqueObject(
  { kind, name, tableName, definition, database }: OpaqueRow,
  tables: ReadonlySet<string>,
): OpaqueObject {
  const uses = kind === 'view' ? tablesIn(definition ?? '', database).filter((used) => tables.has(used)) : []
  return { kind, name, table: tableName, definition: definition === '' ? null : definition, uses }
}

/** A view is printed with every table's name in full: `` `shop`.`products` ``. Texts could hold the like of it, columns cannot. */
function tablesIn(definition: string, database: string): readonly string[] {
  const qualified = /`((?:[^`]|``)+)`\.`((?:[^`]|``)+)`/g
  const unquoted = (name = ''): string => name.replaceAll('``', '`')
  const pairs = [...definition.matchAll(qualified)]
  return [...new Set(pairs.filter(([, of]) => unquoted(of) === database).map(([, , name]) => unquoted(name)))]
}

const articles: Readonly<Record<string, string>> = {
  VIEW: 'a view',
  SEQUENCE: 'a sequence',
  'SYSTEM VERSIONED': 'a table that keeps the history of its rows',
}

/** Names that are taken by what models cannot declare. */
export function readOtherObjects(tables: readonly TableRow[]): LiveStructure['otherObjects'] {
  return Object.fromEntries(
    tables
      .filter(({ kind }) => kind !== 'BASE TABLE')
      .map(({ name, kind }) => [name, different(articles[kind] ?? `a ${kind.toLowerCase()}`)]),
  )
}
