import {
  different,
  journalMeta,
  journalPrefix,
  scratchPrefix,
  snapshotFrom,
  type Catalogue,
  type CatalogueScope,
  type CheckShape,
  type ColumnShape,
  type ForeignKeyShape,
  type LiveStructure,
  type ReferentialAction,
  type TableShape,
} from '../../schema/index.ts'
import type { SchemaFlavour } from './schema-flavour.ts'
import {
  checksSql,
  columnsSql,
  foreignKeysSql,
  indexesSql,
  tablesSql,
  type CheckRow,
  type ColumnRow,
  type ForeignKeyRow,
  type IndexRow,
  type TableRow,
} from './catalogue-queries.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** Five queries over a whole database. */
export function catalogueFor(flavour: SchemaFlavour): Catalogue {
  const queries = [tablesSql, columnsSql, indexesSql, foreignKeysSql, checksSql(flavour)].map((sql) => ({
    sql,
    parameters: [],
  }))
  return {
    queries: () => queries,
    read: ([tables = [], columns = [], indexes = [], foreignKeys = [], checks = []], scope) =>
      read(tables, groupedRows({ columns, indexes, foreignKeys, checks }), scope),
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

function read(rows: Rows, parts: Parts, scope: CatalogueScope): LiveStructure {
  const all = rows as unknown as readonly TableRow[]
  const visible = all.filter(({ name }) => (scope === 'scratch' ? name.startsWith(scratchPrefix) : !isInternal(name)))
  const tables = visible.filter(({ kind }) => kind === 'BASE TABLE')
  return {
    snapshot: snapshotFrom(tables.map((table) => readTable(table, parts))),
    estimatedRows: Object.fromEntries(
      tables.map(({ name, estimated }) => [name, estimated === null ? null : Number(estimated)]),
    ),
    otherObjects: Object.fromEntries(
      visible
        .filter(({ kind }) => kind !== 'BASE TABLE')
        .map(({ name, kind }) => [name, different(`a ${kind.toLowerCase()}`)]),
    ),
    hasJournal: all.some(({ name }) => name === journalMeta),
    leftovers: all.filter(({ name }) => name.startsWith(scratchPrefix)).map(({ name }) => name),
  }
}

function isInternal(name: string): boolean {
  return name.startsWith(journalPrefix) || name.startsWith(scratchPrefix)
}

function readTable({ name, engine, collation }: TableRow, parts: Parts): TableShape {
  const checks = parts.checks.get(name) ?? []
  const isJson = (column: string): boolean => checks.some((check) => isJsonCheck(check) && check.name === column)
  const keys = Map.groupBy(parts.indexes.get(name) ?? [], (row) => row.name)
  const primary = keys.get('PRIMARY')
  const others = [...keys.values()].filter((rows) => rows !== primary)
  return {
    name,
    options: { engine: engine ?? '', collation: collation ?? '' },
    columns: (parts.columns.get(name) ?? []).map((row) => readColumn(row, isJson(row.name))),
    primaryKey: primary === undefined ? null : { name: null, columns: primary.map(keyPart), source: null },
    uniques: others.filter(isUnique).map((rows) => ({
      name: rows[0]?.name ?? null,
      columns: rows.map(keyPart),
      where: null,
      nullsDistinct: true,
      enforced: true,
      heldBy: 'constraint',
      source: null,
    })),
    indexes: others
      .filter((rows) => !isUnique(rows))
      .map((rows) => ({
        name: rows[0]?.name ?? '',
        columns: rows.map((row) => ({
          name: keyPart(row),
          direction: row.direction === 'D' ? 'desc' : 'asc',
          nulls: null,
        })),
        where: null,
        method: (rows[0]?.method ?? '').toLowerCase(),
        source: null,
      })),
    foreignKeys: [...Map.groupBy(parts.foreignKeys.get(name) ?? [], (row) => row.name).values()].flatMap(
      readForeignKey,
    ),
    checks: checks.filter((check) => !isJsonCheck(check)).map(readCheck),
    source: null,
  }
}

function isUnique(rows: readonly IndexRow[]): boolean {
  return Number(rows[0]?.nonUnique) === 0
}

/** A prefix of a column is not the column. */
function keyPart({ column, length }: IndexRow): string {
  return length === null ? (column ?? '(expression)') : `${column}(${length})`
}

/** MariaDB's json is a longtext with a check that has the column's own name. Source: MariaDB knowledge base, "JSON Data Type". */
function isJsonCheck({ name, level, expression }: CheckRow): boolean {
  return level === 'Column' && /^json_valid\(/i.test(expression) && expression.includes(`\`${name}\``)
}

function readColumn(row: ColumnRow, isJson: boolean): ColumnShape {
  const extra = row.extra.toUpperCase()
  const isGenerated = row.generated !== null && row.generated !== ''
  return {
    name: row.name,
    type: isJson ? 'json' : withoutDisplayWidth(row.type),
    nullable: row.nullable === 'YES',
    default: isGenerated || row.fallback === null || row.fallback === 'NULL' ? null : row.fallback,
    generated: isGenerated
      ? {
          expression: row.generated ?? '',
          stored: /STORED|PERSISTENT/.test(extra),
          invisible: extra.includes('INVISIBLE'),
        }
      : null,
    identity: extra.includes('AUTO_INCREMENT'),
    collation: isJson ? null : row.collation,
    isOpaque: false,
    source: null,
  }
}

/** `int(11)` and `int` are the same; `tinyint(1)` is how a boolean is told. */
function withoutDisplayWidth(type: string): string {
  return type === 'tinyint(1)' ? type : type.replace(/^((?:tiny|small|medium|big)?int)\(\d+\)/, '$1')
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  'NO ACTION': 'noAction',
  // The same thing here.
  RESTRICT: 'noAction',
  CASCADE: 'cascade',
  'SET NULL': 'setNull',
  'SET DEFAULT': 'setDefault',
}

function readForeignKey(rows: readonly ForeignKeyRow[]): readonly ForeignKeyShape[] {
  const [first] = rows
  if (first === undefined) return []
  return [
    {
      name: first.name,
      columns: rows.map(({ column }) => column),
      targetTable: first.target,
      targetColumns: rows.map(({ targetColumn }) => targetColumn),
      onDelete: actions[first.onDelete] ?? 'noAction',
      onUpdate: actions[first.onUpdate] ?? 'noAction',
      deferrable: false,
      enforced: true,
      source: null,
    },
  ]
}

function readCheck({ name, expression, enforced }: CheckRow): CheckShape {
  return { name, expression, enforced: enforced !== 'NO', source: null }
}
