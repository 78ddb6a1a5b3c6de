import type { AccessFact, ColumnFact, ModelFact, ModelGraph } from '../../../model/index.ts'
import { doubleQuoteName as quote } from '../../../schema/index.ts'
import { actorKey } from './actor-key.ts'
import { groupsFunction } from './membership.ts'

type MemberAccess = Extract<AccessFact, { readonly kind: 'memberOf' }>

/**
 * Rows that are read to find out who may see others, whoever may see them themselves: the compiler asks in the statement whether
 * there is a membership of the actor, and whether its group is alive, and its question must be answered. A null is every row.
 */
export function lookUpConditions(graph: ModelGraph, model: ModelFact): readonly (string | null)[] {
  const accesses = Object.values(graph.models).flatMap(({ access }) => (access.kind === 'memberOf' ? [access] : []))
  const conditions = accesses.flatMap((access) => [
    ...(access.membership.table === model.table ? ownMembership(graph, model, access) : []),
    ...(access.groupTable === model.table && access.reference !== null && model.softDelete !== null
      ? groupOf(graph, model, access)
      : []),
  ])
  return [...new Set(conditions)]
}

/** Those who see each member see themselves. */
function ownMembership(graph: ModelGraph, model: ModelFact, { membership }: MemberAccess): readonly string[] {
  const { access } = model
  if (access.kind === 'memberOf' && access.membership.table === model.table && access.read === 'members') return []
  const column = model.column[membership.actorColumn] as ColumnFact
  return [`${quote(model.table)}.${quote(column.sqlName)} = ${actorKey(graph, membership.actor, column)}`]
}

function groupOf(graph: ModelGraph, model: ModelFact, { membership, read }: MemberAccess): readonly (string | null)[] {
  if (read === 'everyone') return [null]
  const { access } = model
  if (access.kind === 'memberOf' && access.membership.table === membership.table && access.read === 'members') return []
  const key = model.column[model.primaryKey.columns[0] ?? ''] as ColumnFact
  const groups = `select ${quote(groupsFunction(graph, membership).name)}(null)`
  return [`${quote(model.table)}.${quote(key.sqlName)} = any (array(${groups}))`]
}
