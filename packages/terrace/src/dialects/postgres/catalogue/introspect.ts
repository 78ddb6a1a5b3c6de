import {
  different,
  doubleQuoteName as quote,
  journalMeta,
  journalPrefix,
  scratchPrefix,
  snapshotFrom,
  type Catalogue,
  type CatalogueScope,
  type LiveStructure,
  type Query,
} from '../../../schema/index.ts'
import { leftoverCheck } from '../internal-names.ts'
import type { ColumnRow, ConstraintRow, IndexRow, NameRow, OtherRow, RelationRow } from './catalogue-rows.ts'
import { otherSql } from './other-sql.ts'
import { isOrdinaryTable, readOpaque } from './read-opaque.ts'
import { ownerKey, readTable, type TableRows } from './read-table.ts'
import { structureSql } from './structure-sql.ts'

/** Six queries over a whole schema; what they point at is resolved here, which is cheaper than a look-up for each. */
export const catalogue: Catalogue = { queries, read }

const namespaces: Readonly<Record<CatalogueScope, string>> = {
  live: '(select oid from pg_namespace where nspname = current_schema())',
  scratch: 'pg_my_temp_schema()',
}

function queries(scope: CatalogueScope): readonly Query[] {
  const namespace = namespaces[scope]
  const { relations, columns, constraints, indexes, names } = structureSql
  const structure = [relations(namespace), columns(namespace), constraints(namespace), indexes(namespace), names()]
  return [...structure, ...(scope === 'live' ? [otherSql(namespace)] : [])].map((sql) => ({ sql, parameters: [] }))
}

type Rows = readonly Readonly<Record<string, unknown>>[]

interface Read {
  readonly relations: readonly RelationRow[]
  readonly columns: readonly ColumnRow[]
  readonly constraints: readonly ConstraintRow[]
  readonly indexes: readonly IndexRow[]
  readonly names: readonly NameRow[]
  readonly others: readonly OtherRow[]
}

function read(answers: readonly Rows[], scope: CatalogueScope): LiveStructure {
  const [relations = [], columns = [], constraints = [], indexes = [], names = [], others = []] = answers
  return structureOf({ relations, columns, constraints, indexes, names, others } as unknown as Read, scope)
}

function structureOf({ others, ...rows }: Read, scope: CatalogueScope): LiveStructure {
  const { relations, constraints } = rows
  const isVisible = (name: string): boolean => scope === 'scratch' || !isInternal(name)
  const visible = relations.filter(({ name, ownerTable }) => isVisible(ownerTable ?? name))
  const tables = visible.filter(isOrdinaryTable)
  const parts = byTable(rows)
  return {
    snapshot: snapshotFrom(tables.map(({ name }) => readTable(name, parts))),
    estimatedRows: Object.fromEntries(tables.map(({ name, estimated }) => [name, estimated < 0 ? null : estimated])),
    otherObjects: Object.fromEntries(
      visible.flatMap((row) => (isOrdinaryTable(row) ? [] : [[row.name, different(otherKind(row))]])),
    ),
    opaque: readOpaque(visible, others, parts),
    hasJournal: relations.some(({ name }) => name === journalMeta),
    leftovers: constraints.flatMap(({ table, name }) =>
      name.startsWith(leftoverCheck) ? [`${quote(table)} drop constraint ${quote(name)}`] : [],
    ),
  }
}

/** What a plan that was killed has left on tables that stay. */
export function removeLeftovers(leftovers: readonly string[]): readonly string[] {
  return leftovers.map((leftover) => `alter table ${leftover}`)
}

function isInternal(name: string): boolean {
  return name.startsWith(journalPrefix) || name.startsWith(scratchPrefix)
}

const words: Readonly<Record<RelationRow['kind'], string>> = {
  r: 'a table',
  v: 'a view',
  m: 'a materialized view',
  f: 'a foreign table',
  S: 'a sequence',
  p: 'a partitioned table',
}

function otherKind({ kind, extension, parents, isPartition }: RelationRow): string {
  if (extension !== null) return `${words[kind]} of the extension ${extension}`
  if (isPartition) return `a partition of ${parents ?? ''}`
  return parents === null ? words[kind] : `a table that inherits from ${parents}`
}

function byTable({ relations, columns, constraints, indexes, names }: Omit<Read, 'others'>): TableRows {
  return {
    columns: grouped(columns),
    constraints: grouped(constraints),
    indexes: grouped(indexes),
    comments: new Map(relations.map(({ name, comment }) => [name, comment])),
    sequences: new Map(
      relations.flatMap(({ name, ownerTable, ownerColumn }) =>
        ownerTable === null || ownerColumn === null ? [] : [[ownerKey(ownerTable, ownerColumn), name] as const],
      ),
    ),
    names: new Map(names.map(({ kind, id, name }) => [`${kind} ${id}`, name])),
  }
}

function grouped<R extends { readonly table: string }>(rows: readonly R[]): ReadonlyMap<string, readonly R[]> {
  return Map.groupBy(rows, ({ table }) => table)
}
