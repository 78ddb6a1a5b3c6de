import { doubleQuoteName as quote, quoteText, type OpaqueObject } from '../../../schema/index.ts'
import { numbersIn, type ConstraintRow, type OtherRow, type RelationRow } from './catalogue-rows.ts'
import { columnNames, isReadable, type TableRows } from './read-table.ts'

/** Everything that models cannot declare, each with what makes it again. */
export function readOpaque(
  relations: readonly RelationRow[],
  others: readonly OtherRow[],
  rows: TableRows,
): readonly OpaqueObject[] {
  const usesOfViews = new Map(others.flatMap((row) => (row.kind === 'view' ? [[row.name, usesOf(row)] as const] : [])))
  const parts = others.flatMap((row) => (row.kind === 'view' ? [] : [readOther(row, row.kind)]))
  const all = [
    ...relations.flatMap((row) => readRelation(row, usesOfViews.get(row.name) ?? noUses, parts)),
    ...parts,
    ...[...rows.constraints.values()].flat().flatMap((row) => (isReadable(row) ? [] : [readConstraint(row, rows)])),
  ]
  const key = ({ kind, table, name }: OpaqueObject): string => [kind, table ?? '', name].join('\0')
  return all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

interface Uses {
  readonly uses: readonly string[]
  readonly usesColumns: readonly string[]
}

const noUses: Uses = { uses: [], usesColumns: [] }

function usesOf({ uses }: OtherRow): Uses {
  const pairs = JSON.parse(uses ?? '[]') as readonly (readonly [table: string, column: string | null])[]
  return {
    uses: [...new Set(pairs.map(([table]) => table))],
    usesColumns: pairs.flatMap(([table, column]) => (column === null ? [] : [`${table}.${column}`])),
  }
}

function readOther(row: OtherRow, kind: Exclude<OtherRow['kind'], 'view'>): OpaqueObject {
  const { name, table, definition, state, comment } = row
  const isPart = kind === 'trigger' || kind === 'policy' || kind === 'rule'
  const enabling = isPart ? states[state] : undefined
  const place = `${kind} ${quote(name)} on ${quote(table ?? '')}`
  const noted = comment === null ? [] : [`comment on ${place} is ${quoteText(comment)}`]
  const again = enabling === undefined ? [] : [`alter table ${quote(table ?? '')} ${enabling} ${kind} ${quote(name)}`]
  return {
    kind,
    name,
    table,
    definition,
    ...usesOf(row),
    restore: isPart && definition !== null ? [withoutEnd(definition), ...again, ...noted] : null,
  }
}

// Source: PostgreSQL manual, "pg_trigger", tgenabled; what is made is enabled as O says.
const states: Readonly<Record<string, string>> = { D: 'disable', R: 'enable replica', A: 'enable always' }

function withoutEnd(statement: string): string {
  return statement.trim().replace(/;$/, '')
}

/** The kinds that are none of a table; a sequence that belongs to a column is the column's. */
function kindOf({ kind, extension, isPartition, parents, ownerTable }: RelationRow): OpaqueObject['kind'] | null {
  if (kind === 'S' && ownerTable !== null) return null
  if (extension !== null) return 'extensionObject'
  if (isPartition || parents !== null) return 'partition'
  return kinds[kind]
}

const kinds: Readonly<Record<RelationRow['kind'], OpaqueObject['kind'] | null>> = {
  r: null,
  p: 'partitionedTable',
  v: 'view',
  m: 'materializedView',
  f: 'foreignTable',
  S: 'sequence',
}

/** Whether models can declare it: a table that stands for itself. */
export function isOrdinaryTable(row: RelationRow): boolean {
  return row.kind === 'r' && kindOf(row) === null
}

function readRelation(row: RelationRow, uses: Uses, parts: readonly OpaqueObject[]): readonly OpaqueObject[] {
  const kind = kindOf(row)
  if (kind === null) return []
  const definition = row.definition === null ? row.parents : withoutEnd(row.definition)
  const own = parts.filter(({ table }) => table === row.name)
  const isView = kind === 'view' || kind === 'materializedView'
  return [{ kind, name: row.name, table: null, definition, ...uses, restore: isView ? restoreView(row, own) : null }]
}

/** The view, then what stands on it; null where some of that cannot be made again. */
function restoreView(row: RelationRow, parts: readonly OpaqueObject[]): readonly string[] | null {
  const name = quote(row.name)
  const relation = row.kind === 'm' ? 'materialized view' : 'view'
  const options = ((JSON.parse(row.options ?? '[]') ?? []) as readonly string[]).join(', ')
  const rest = parts.map(({ restore }) => restore)
  if (rest.some((statements) => statements === null)) return null
  return [
    `create ${relation} ${name}${options === '' ? '' : ` with (${options})`} as ${withoutEnd(row.definition ?? '')}` +
      (row.isPopulated ? '' : ' with no data'),
    ...jsonList<string>(row.viewIndexes),
    ...rest.flatMap((statements) => statements ?? []),
    ...comments(row, relation),
    ...jsonList<readonly [string, string, boolean]>(row.rights).map(grant(name)),
    ...(row.owner === null ? [] : [`alter ${relation} ${name} owner to ${quote(row.owner)}`]),
  ]
}

function jsonList<T>(json: string | null): readonly T[] {
  return json === null ? [] : ((JSON.parse(json) ?? []) as readonly T[])
}

function comments({ name, comment, columnComments }: RelationRow, relation: string): readonly string[] {
  const own = comment === '' ? [] : [`comment on ${relation} ${quote(name)} is ${quoteText(comment)}`]
  const columns = jsonList<readonly [string, string]>(columnComments).map(
    ([column, text]) => `comment on column ${quote(name)}.${quote(column)} is ${quoteText(text)}`,
  )
  return [...own, ...columns]
}

function grant(name: string) {
  return ([grantee, privilege, isGrantable]: readonly [string, string, boolean]): string =>
    `grant ${privilege.toLowerCase()} on ${name} to ${grantee === 'public' ? grantee : quote(grantee)}` +
    (isGrantable ? ' with grant option' : '')
}

function readConstraint({ name, table, definition, columns }: ConstraintRow, rows: TableRows): OpaqueObject {
  const nameOf = columnNames(rows.columns.get(table) ?? [])
  const usesColumns = numbersIn(columns).map((number) => `${table}.${nameOf(number)}`)
  return { kind: 'constraint', name, table, definition, uses: [], usesColumns, restore: null }
}
