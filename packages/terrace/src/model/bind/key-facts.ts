import type { AccessFact, IndexFact, KeyFact, MembershipFact, ReferenceFact, UniqueFact } from '../graph-facts.ts'
import { indexName, primaryKeyName, uniqueName } from '../naming.ts'
import type { DeclaredModel, DeclaredUnique } from './declared-graph.ts'

export function keyFact({ table, primaryKey }: DeclaredModel): KeyFact {
  return { name: primaryKeyName(table), columns: primaryKey }
}

/** Unique rules, each within its owner, parent or group and over the alive rows unless it is global. */
export function uniqueFacts(model: DeclaredModel, access: AccessFact, isSoftDeleted: boolean): readonly UniqueFact[] {
  const scope = scopeColumns(access)
  return model.uniques.map((unique) => uniqueFact(model.table, unique, { scope, isSoftDeleted }))
}

function uniqueFact(
  table: string,
  { columns, global, where }: DeclaredUnique,
  { scope, isSoftDeleted }: { readonly scope: readonly string[]; readonly isSoftDeleted: boolean },
): UniqueFact {
  return {
    name: uniqueName(table, columns),
    columns,
    within: global ? [] : scope.filter((column) => !columns.includes(column)),
    aliveOnly: isSoftDeleted && !global,
    where: where ?? null,
  }
}

function scopeColumns(access: AccessFact): readonly string[] {
  if (access.kind === 'owned') return [access.column]
  if (access.kind === 'ownedThrough') return access.reference.columns
  return access.kind === 'memberOf' ? (access.reference?.columns ?? []) : []
}

interface Keys {
  readonly primaryKey: KeyFact
  readonly uniques: readonly UniqueFact[]
  readonly references: readonly ReferenceFact[]
  readonly memberships: readonly MembershipFact[]
}

/** What the rows of a model say as memberships, by the access of others and of its own. */
export function membershipsIn(
  { table }: DeclaredModel,
  accesses: ReadonlyMap<string, AccessFact>,
): readonly MembershipFact[] {
  return [...accesses.values()].flatMap((access) =>
    access.kind === 'memberOf' && access.membership.table === table ? [access.membership] : [],
  )
}

/**
 * The declared indexes, then those that statements by rule need. One on the group and the actor of a membership, which each
 * statement about its groups asks for, unless a key, unique rule or index begins with both. Then one on the columns of each
 * reference that none begins with: some engines make it by themselves, so all have it.
 */
export function indexFacts(model: DeclaredModel, keys: Keys): readonly IndexFact[] {
  const facts = model.indexes.map(({ columns }) => indexFact(model.table, columns))
  for (const { groupColumn, actorColumn } of keys.memberships) {
    const pair = [groupColumn, actorColumn]
    const beginnings = [...membershipBeginnings(keys), ...facts.map(ascendingBeginning)]
    if (beginnings.some((beginning) => startsWith(beginning, pair) || startsWith(beginning, pair.toReversed())))
      continue
    facts.push(
      indexFact(
        model.table,
        pair.map((column) => ({ column, direction: 'asc' })),
      ),
    )
  }
  for (const { columns } of keys.references) {
    const beginnings = [...keyBeginnings(keys), ...facts.map(ascendingBeginning)]
    if (beginnings.some((beginning) => startsWith(beginning, columns))) continue
    facts.push(
      indexFact(
        model.table,
        columns.map((column) => ({ column, direction: 'asc' })),
      ),
    )
  }
  return facts
}

function indexFact(table: string, columns: IndexFact['columns']): IndexFact {
  return {
    name: indexName(
      table,
      columns.map(({ column }) => column),
    ),
    columns,
  }
}

/** A unique rule over part of the rows finds no row outside of that part, so it does not serve a reference. */
function keyBeginnings({ primaryKey, uniques }: Keys): readonly (readonly string[])[] {
  const wholes = uniques.filter(({ aliveOnly, where }) => !aliveOnly && where === null)
  return [primaryKey.columns, ...wholes.map(({ within, columns }) => [...within, ...columns])]
}

/** A unique rule over the alive rows finds all that count as members. */
function membershipBeginnings({ primaryKey, uniques }: Keys): readonly (readonly string[])[] {
  const wholes = uniques.filter(({ where }) => where === null)
  return [primaryKey.columns, ...wholes.map(({ within, columns }) => [...within, ...columns])]
}

/** A descending index serves a foreign key on some engines only. */
function ascendingBeginning({ columns }: IndexFact): readonly string[] {
  const end = columns.findIndex(({ direction }) => direction === 'desc')
  return columns.slice(0, end === -1 ? columns.length : end).map(({ column }) => column)
}

function startsWith(columns: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((column, at) => columns[at] === column)
}
