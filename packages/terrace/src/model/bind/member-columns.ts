import type { MemberOfSpec } from '../model-spec.ts'
import type { DeclaredGraph, DeclaredModel, DeclaredReference } from './declared-graph.ts'

/** Columns of a model that hold the key of a row of one table. */
export function columnsTo({ references }: DeclaredModel, table: string): readonly string[] {
  return references.flatMap((reference) => (reference.table === table ? keyColumn(reference) : []))
}

/** The column of a `reference(…)`; none of those that the options list, which may lead to other columns than the key. */
function keyColumn({ columns, targetColumns }: DeclaredReference): readonly string[] {
  return targetColumns === null ? columns : []
}

/** Columns of a membership that refer to an actor, without the one that refers to the group. */
export function actorColumns(
  membership: DeclaredModel,
  graph: DeclaredGraph,
  groupColumn: string | null,
): readonly string[] {
  return membership.references
    .filter(({ table }) => graph.byTable.get(table)?.access?.kind === 'actor')
    .flatMap(keyColumn)
    .filter((column) => column !== groupColumn)
}

/** The membership's column that refers to the group: as named, or the only one there is; null where the checks refuse. */
export function groupColumnOf({ group, groupColumn, actor }: MemberOfSpec, membership: DeclaredModel): string | null {
  if (groupColumn !== null) return groupColumn
  return soleOf(columnsTo(membership, group).filter((column) => column !== actor))
}

/** The membership's column that refers to the actor, by the same rule. */
export function actorColumnOf(spec: MemberOfSpec, membership: DeclaredModel, graph: DeclaredGraph): string | null {
  return spec.actor ?? soleOf(actorColumns(membership, graph, groupColumnOf(spec, membership)))
}

/** The model's own column that refers to the group; null for the group itself, too. */
export function groupReferenceOf({ group, by }: MemberOfSpec, model: DeclaredModel): string | null {
  if (isGroupItself({ group }, model)) return null
  return by ?? soleOf(columnsTo(model, group))
}

export const isGroupItself = ({ group }: Pick<MemberOfSpec, 'group'>, { table }: DeclaredModel): boolean =>
  group === table

/** The column that holds a member's role; null where the membership has none. */
export function roleColumnOf({ role }: MemberOfSpec, membership: DeclaredModel): string | null {
  const name = role ?? defaultRole
  return membership.columns.has(name) ? name : null
}

export const defaultRole = 'role'

const soleOf = (columns: readonly string[]): string | null => (columns.length === 1 ? (columns[0] ?? null) : null)
