import type { OperationNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import type { AccessFact, ColumnFact, MembershipFact, ModelFact } from '../../model/index.ts'
import type { DeletedMode } from './compiled-statement.ts'
import { actorParameter, type ActorColumn } from './owner-parameter.ts'
import { isUnscoped, newName, type Pass } from './pass.ts'
import { allOf, anyOf, binary, existsRow, heldRows, isNull, parameter, reference } from './sql-nodes.ts'

export type MemberAccess = Extract<AccessFact, { readonly kind: 'memberOf' }>

/** Who of the members: each, or those with one of these roles. */
export type Members = 'members' | readonly string[]

/** Where the key of the group stands: in a column of the row, known in the statement by this node. */
export interface GroupPlace {
  readonly model: ModelFact
  readonly key: OperationNode
  readonly deleted: DeletedMode
  /** The membership is held until the session ends, so that nobody revokes it before what was asked for is written. */
  readonly isHeld: boolean
}

/**
 * `exists (select 1 from <membership> where <group> = … and <actor> = ? and <role> in (…) and <it is alive>)`: a membership is judged
 * by its own columns, never by who may see it. Where trash is read, one that went with its group counts as it did.
 *
 * Error: `SCOPE_NO_OWNER`.
 */
export function isMember(pass: Pass, access: MemberAccess, members: Members, place: GroupPlace): OperationNode {
  const { membership } = access
  const through = pass.graph.tables[membership.table] as ModelFact
  pass.findings.tables.add(through.table)
  const alias = newName(pass)
  const conditions = [
    binary(columnOf(through, alias, membership.groupColumn), '=', place.key),
    binary(
      columnOf(through, alias, membership.actorColumn),
      '=',
      actorParameter(pass, place.model, actorOf(through, membership)),
    ),
    ...roleConditions(pass, through, { alias, membership, members }),
    ...aliveConditions(pass, access, { through, alias, deleted: place.deleted }),
  ]
  return existsRow(
    through.table,
    alias,
    allOf(conditions) as OperationNode,
    place.isHeld ? heldRows(pass.capabilities) : [],
  )
}

function columnOf({ column }: ModelFact, alias: string, name: string): OperationNode {
  return reference(alias, (column[name] as ColumnFact).sqlName)
}

const actorOf = ({ column }: ModelFact, { actor, actorColumn }: MembershipFact): ActorColumn => ({
  actor,
  column: column[actorColumn] as ColumnFact,
})

interface MembershipPlace {
  readonly alias: string
  readonly membership: MembershipFact
  readonly members: Members
}

function roleConditions(
  pass: Pass,
  through: ModelFact,
  { alias, membership, members }: MembershipPlace,
): readonly OperationNode[] {
  if (members === 'members') return []
  // `graph()` refuses roles where the membership has no column for them.
  const column = through.column[membership.roleColumn as string] as ColumnFact
  const { encode } = pass.coders.of(column)
  const values = members.map((role) => parameter({ kind: 'value', value: encode === null ? role : encode(role) }))
  const held = reference(alias, column.sqlName)
  const [only] = values
  if (only !== undefined && values.length === 1) return [binary(held, '=', only)]
  return [binary(held, 'in', { kind: 'ValueListNode', values } as OperationNode)]
}

interface Aliveness {
  readonly through: ModelFact
  readonly alias: string
  readonly deleted: DeletedMode
}

function aliveConditions(
  pass: Pass,
  access: MemberAccess,
  { through, alias, deleted }: Aliveness,
): readonly OperationNode[] {
  if (through.softDelete === null) return []
  const isAlive = isNull(columnOf(through, alias, through.softDelete.deletedAt))
  const group = pass.graph.tables[access.groupTable] as ModelFact
  if (deleted === 'without' || !goesWithGroup(through, access) || group.softDelete === null) return [isAlive]
  const groupAlias = newName(pass)
  const isSame = (own: string, other: string): OperationNode =>
    binary(columnOf(group, groupAlias, own), '=', columnOf(through, alias, other))
  const isGroup = isSame(group.primaryKey.columns[0] as string, access.membership.groupColumn)
  const isOneDeletion = isSame(group.softDelete.deletionId, through.softDelete.deletionId)
  const wentAlong = existsRow(group.table, groupAlias, allOf([isGroup, isOneDeletion]) as OperationNode)
  return [anyOf([isAlive, wentAlong])]
}

function goesWithGroup({ references }: ModelFact, { membership }: MemberAccess): boolean {
  return references.some(
    ({ columns, onDelete }) => columns.length === 1 && columns[0] === membership.groupColumn && onDelete === 'cascade',
  )
}

/** Error: `SCOPE_WRITE_FORBIDDEN` where nobody in a scope writes. */
export function requireWritableGroup(pass: Pass, { name }: ModelFact, { write }: MemberAccess): void {
  if (write !== 'nobody' || isUnscoped(pass)) return
  throw errors.SCOPE_WRITE_FORBIDDEN({ values: { model: name, writers: 'nobody in a scope' } })
}

/** A new group has no members yet. Error: `SCOPE_NEW_GROUP`. */
export function requireNoNewGroup(pass: Pass, { name, access }: ModelFact): void {
  if (isUnscoped(pass) || access.kind !== 'memberOf' || access.reference !== null) return
  const through = pass.graph.tables[access.membership.table] as ModelFact
  throw errors.SCOPE_NEW_GROUP({ values: { model: name, through: through.name } })
}
