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
  type IndexColumnShape,
  type IndexShape,
  type LiveStructure,
  type PrimaryKeyShape,
  type Query,
  type ReferentialAction,
  type TableShape,
  type UniqueShape,
} from '../../schema/index.ts'

/** Four queries over a whole schema; numbers of columns are resolved here, which is cheaper than a look-up for each. */
export const catalogue: Catalogue = {
  queries,
  read: ([relations, columns, constraints, indexes], scope) =>
    read({ relations, columns, constraints, indexes }, scope),
}

const namespaces: Readonly<Record<CatalogueScope, string>> = {
  live: '(select oid from pg_namespace where nspname = current_schema())',
  scratch: 'pg_my_temp_schema()',
}

function queries(scope: CatalogueScope): readonly Query[] {
  const namespace = namespaces[scope]
  return [relationsSql(namespace), columnsSql(namespace), constraintsSql(namespace), indexesSql(namespace)].map(
    (sql) => ({
      sql,
      parameters: [],
    }),
  )
}

function relationsSql(namespace: string): string {
  return `select relname::text as name, relkind::text as kind, reltuples::float8 as estimated
    from pg_class where relnamespace = ${namespace} and relkind in ('r', 'p', 'v', 'm', 'f', 'S')`
}

function columnsSql(namespace: string): string {
  return `select c.relname::text as "table", a.attnum::int as number, a.attname::text as name,
      format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as "notNull", a.attidentity::text as identity,
      a.attgenerated::text as generated, pg_get_expr(d.adbin, d.adrelid) as expression, l.collname::text as collation
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    left join pg_collation l on l.oid = a.attcollation and l.collname <> 'default'
    where c.relnamespace = ${namespace} and c.relkind in ('r', 'p')
    order by c.relname, a.attnum`
}

function constraintsSql(namespace: string): string {
  return `select c.relname::text as "table", k.conname::text as name, k.contype::text as kind, k.conkey::text as columns,
      t.relname::text as target, t.relnamespace = c.relnamespace as "isHere", k.confkey::text as "targetColumns",
      k.confdeltype::text as "onDelete", k.confupdtype::text as "onUpdate", k.condeferrable as deferrable,
      k.convalidated as validated, pg_get_expr(k.conbin, k.conrelid) as expression
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    left join pg_class t on t.oid = k.confrelid
    where c.relnamespace = ${namespace} and k.contype in ('p', 'f', 'c')`
}

// indnullsnotdistinct is there since PostgreSQL 15: by way of json an older server just has none.
function indexesSql(namespace: string): string {
  return `select c.relname::text as "table", i.relname::text as name, m.amname::text as method, x.indisunique as "isUnique",
      x.indisvalid as "isValid", x.indkey::text as columns, x.indoption::text as options, x.indnkeyatts::int as "keyLength",
      pg_get_expr(x.indpred, x.indrelid) as predicate, pg_get_expr(x.indexprs, x.indrelid) as expressions,
      coalesce((to_jsonb(x) ->> 'indnullsnotdistinct')::boolean, false) as "nullsNotDistinct", k.contype::text as held
    from pg_index x
    join pg_class c on c.oid = x.indrelid
    join pg_class i on i.oid = x.indexrelid
    join pg_am m on m.oid = i.relam
    left join pg_constraint k on k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x')
    where c.relnamespace = ${namespace} and c.relkind in ('r', 'p')`
}

interface RelationRow {
  readonly name: string
  readonly kind: string
  readonly estimated: number
}

interface ColumnRow {
  readonly table: string
  readonly number: number
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  readonly identity: string
  readonly generated: string
  readonly expression: string | null
  readonly collation: string | null
}

interface ConstraintRow {
  readonly table: string
  readonly name: string
  readonly kind: 'p' | 'f' | 'c'
  readonly columns: string | null
  readonly target: string | null
  readonly isHere: boolean | null
  readonly targetColumns: string | null
  readonly onDelete: string
  readonly onUpdate: string
  readonly deferrable: boolean
  readonly validated: boolean
  readonly expression: string | null
}

interface IndexRow {
  readonly table: string
  readonly name: string
  readonly method: string
  readonly isUnique: boolean
  readonly isValid: boolean
  readonly columns: string
  readonly options: string
  readonly keyLength: number
  readonly predicate: string | null
  readonly expressions: string | null
  readonly nullsNotDistinct: boolean
  readonly held: string | null
}

type Rows = readonly Readonly<Record<string, unknown>>[] | undefined

interface CatalogueRows {
  readonly relations: Rows
  readonly columns: Rows
  readonly constraints: Rows
  readonly indexes: Rows
}

const otherKinds: Readonly<Record<string, string>> = {
  v: 'a view',
  m: 'a materialized view',
  f: 'a foreign table',
  S: 'a sequence',
  p: 'a partitioned table',
}

function read(rows: CatalogueRows, scope: CatalogueScope): LiveStructure {
  const relations = (rows.relations ?? []) as unknown as readonly RelationRow[]
  const parts = groupedRows(rows)
  const visible = scope === 'scratch' ? relations : relations.filter(({ name }) => !isInternal(name))
  const tables = visible.filter(({ kind }) => kind === 'r')
  return {
    snapshot: snapshotFrom(tables.map(({ name }) => readTable(name, parts))),
    // -1: never analysed.
    estimatedRows: Object.fromEntries(tables.map(({ name, estimated }) => [name, estimated < 0 ? null : estimated])),
    otherObjects: Object.fromEntries(
      visible.flatMap(({ name, kind }) => (kind === 'r' ? [] : [[name, different(otherKinds[kind] ?? kind)]])),
    ),
    hasJournal: relations.some(({ name }) => name === journalMeta),
    leftovers: [],
  }
}

function isInternal(name: string): boolean {
  return name.startsWith(journalPrefix) || name.startsWith(scratchPrefix)
}

interface Parts {
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>
  readonly constraints: ReadonlyMap<string, readonly ConstraintRow[]>
  readonly indexes: ReadonlyMap<string, readonly IndexRow[]>
}

function groupedRows({ columns, constraints, indexes }: CatalogueRows): Parts {
  return {
    columns: byTable((columns ?? []) as unknown as readonly ColumnRow[]),
    constraints: byTable((constraints ?? []) as unknown as readonly ConstraintRow[]),
    indexes: byTable((indexes ?? []) as unknown as readonly IndexRow[]),
  }
}

function byTable<R extends { readonly table: string }>(rows: readonly R[]): ReadonlyMap<string, readonly R[]> {
  return Map.groupBy(rows, ({ table }) => table)
}

function readTable(name: string, parts: Parts): TableShape {
  const columns = parts.columns.get(name) ?? []
  const constraints = parts.constraints.get(name) ?? []
  const indexes = (parts.indexes.get(name) ?? []).filter(({ held }) => held !== 'p' && held !== 'x')
  const nameOf = (table: string) => (number: number) => columnName(parts, table, number)
  const isOf = (kind: ConstraintRow['kind']) => (row: ConstraintRow) => row.kind === kind
  return {
    name,
    options: {},
    columns: columns.map(readColumn),
    primaryKey: constraints.filter(isOf('p')).map((row) => readPrimaryKey(row, nameOf(name)))[0] ?? null,
    uniques: indexes.filter(({ isUnique }) => isUnique).map((row) => readUnique(row, nameOf(name))),
    indexes: indexes.filter(({ isUnique }) => !isUnique).map((row) => readIndex(row, nameOf(name))),
    foreignKeys: constraints
      .filter(isOf('f'))
      .map((row) => readForeignKey(row, nameOf(name), nameOf(row.target ?? ''))),
    checks: constraints.filter(isOf('c')).map(readCheck),
    source: null,
  }
}

/** Tables of other schemas were not read: their columns go by number. */
function columnName({ columns }: Parts, table: string, number: number): string {
  return columns.get(table)?.find((column) => column.number === number)?.name ?? `column ${number}`
}

type NameOf = (number: number) => string

/** `{1,2}` and `1 2` alike. */
function numbers(text: string | null): readonly number[] {
  return (text?.match(/\d+/g) ?? []).map(Number)
}

function readColumn({ name, type, notNull, identity, generated, expression, collation }: ColumnRow): ColumnShape {
  const isGenerated = generated !== ''
  return {
    name,
    type,
    nullable: !notNull,
    default: isGenerated ? null : expression,
    generated: isGenerated ? { expression: expression ?? '', stored: generated === 's', invisible: false } : null,
    identity: identity !== '',
    collation,
    isOpaque: false,
    source: null,
  }
}

function readPrimaryKey({ name, columns }: ConstraintRow, nameOf: NameOf): PrimaryKeyShape {
  return { name, columns: numbers(columns).map(nameOf), source: null }
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  a: 'noAction',
  r: 'restrict',
  c: 'cascade',
  n: 'setNull',
  d: 'setDefault',
}

function readForeignKey(row: ConstraintRow, nameOf: NameOf, targetNameOf: NameOf): ForeignKeyShape {
  return {
    name: row.name,
    columns: numbers(row.columns).map(nameOf),
    targetTable: row.isHere === true ? (row.target ?? '') : `another schema's ${row.target}`,
    targetColumns: numbers(row.targetColumns).map(targetNameOf),
    onDelete: actions[row.onDelete] ?? 'noAction',
    onUpdate: actions[row.onUpdate] ?? 'noAction',
    deferrable: row.deferrable,
    enforced: row.validated,
    source: null,
  }
}

function readCheck({ name, expression, validated }: ConstraintRow): CheckShape {
  return { name, expression: expression ?? '', enforced: validated, source: null }
}

function readUnique(row: IndexRow, nameOf: NameOf): UniqueShape {
  return {
    name: row.name,
    columns: keyColumns(row, nameOf).map((column) => column.name),
    where: row.predicate,
    nullsDistinct: !row.nullsNotDistinct,
    enforced: row.isValid,
    heldBy: row.held === 'u' ? 'constraint' : 'index',
    source: null,
  }
}

/** A build that failed leaves an index that serves nothing, and an included column is not part of the key. */
function readIndex(row: IndexRow, nameOf: NameOf): IndexShape {
  const included = numbers(row.columns).slice(row.keyLength).map(nameOf)
  const method = [
    row.method,
    ...(included.length > 0 ? [`include (${included.join(', ')})`] : []),
    ...(row.isValid ? [] : ['invalid']),
  ]
  return {
    name: row.name,
    columns: keyColumns(row, nameOf),
    where: row.predicate,
    method: method.join(' '),
    source: null,
  }
}

// Bits of indoption. Source: PostgreSQL, src/include/catalog/pg_index.h.
const descending = 1
const nullsFirst = 2

function keyColumns(
  { columns, options, keyLength, expressions }: IndexRow,
  nameOf: NameOf,
): readonly IndexColumnShape[] {
  const flags = numbers(options)
  return numbers(columns)
    .slice(0, keyLength)
    .map((number, at) => ({
      name: number === 0 ? `(${expressions ?? ''})` : nameOf(number),
      direction: ((flags[at] ?? 0) & descending) === 0 ? 'asc' : 'desc',
      nulls: ((flags[at] ?? 0) & nullsFirst) === 0 ? 'last' : 'first',
    }))
}
