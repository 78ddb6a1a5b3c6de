import type { OperationNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import {
  isReadByMore,
  type AccessFact,
  type ColumnFact,
  type ModelFact,
  type ReferenceFact,
} from '../../model/index.ts'
import { unscoped, type Scope } from '../scope.ts'
import type { DeletedMode } from './compiled-statement.ts'
import { isMember, requireWritableGroup, type MemberAccess } from './member-conditions.ts'
import { actorParameter } from './owner-parameter.ts'
import { isUnscoped, newName, type Pass } from './pass.ts'
import { allOf, always, anyOf, binary, existsRow, isNotNull, isNull, parens, reference } from './sql-nodes.ts'

export interface Reach {
  /** `write`: rows that may be changed, which are fewer than those that may be read. */
  readonly access: 'read' | 'write'
  readonly deleted: DeletedMode
  /** Memberships that the rows are reached by are held until the session ends. Default false. */
  readonly isHeld?: boolean
}

/**
 * The conditions that limit one occurrence of a model's table, known in the statement as `qualifier`: whose rows, then whether
 * deleted ones. None for what everyone sees.
 *
 * Trash (`deleted` other than `without`) is still scoped, and a hidden parent no longer hides: deleted rows are found with
 * their parents. Of what everyone reads it is the owner's alone.
 *
 * Errors: `SCOPE_NO_OWNER`, `SCOPE_WRITE_FORBIDDEN`.
 */
export function scopeConditions(pass: Pass, model: ModelFact, qualifier: string, reach: Reach): OperationNode[] {
  pass.findings.tables.add(model.table)
  if (reach.access === 'read' && reach.deleted !== 'without' && !isUnscoped(pass) && isReadMoreWidely(pass, model))
    return ownTrash(pass, model, qualifier, reach.deleted)
  return reachConditions(pass, model, qualifier, reach)
}

/** What everyone reads is what is alive: its trash is its owner's, as if it were gone for all others. */
function ownTrash(pass: Pass, model: ModelFact, qualifier: string, deleted: 'with' | 'only'): OperationNode[] {
  const isAlive = allOf(reachConditions(pass, model, qualifier, { access: 'read', deleted: 'without' }))
  // Whoever may change such rows is asked for: there is always a condition.
  const isOwn = isOwnerActing(pass, model)
    ? reachConditions(pass, model, qualifier, { access: 'write', deleted })
    : [always(false)]
  if (deleted === 'only') return [allOf(isOwn) as OperationNode]
  return isAlive === null ? [] : [parens(anyOf([isAlive, allOf(isOwn) as OperationNode]))]
}

function isOwnerActing(pass: Pass, { access }: ModelFact): boolean {
  if (access.kind === 'ownedThrough')
    return isOwnerActing(pass, pass.graph.models[access.reference.target] as ModelFact)
  if (access.kind === 'memberOf') return access.write !== 'nobody' && actsAs(pass, access.membership.actor)
  return access.kind !== 'owned' || actsAs(pass, access.owner)
}

const actsAs = ({ options: { scope } }: Pass, actor: string): boolean =>
  scope.kind === 'actor' && Object.hasOwn(scope.actor, actor)

function reachConditions(pass: Pass, model: ModelFact, qualifier: string, reach: Reach): OperationNode[] {
  const conditions = rules[model.access.kind](pass, { model, access: model.access as never, qualifier, reach })
  const deletion = deletionCondition(model, qualifier, reach.deleted)
  return deletion === null ? conditions : [...conditions, deletion]
}

interface Occurrence<A extends AccessFact = AccessFact> {
  readonly model: ModelFact
  readonly access: A
  readonly qualifier: string
  readonly reach: Reach
}

type AccessRule<A extends AccessFact> = (pass: Pass, occurrence: Occurrence<A>) => OperationNode[]

const rules: { readonly [K in AccessFact['kind']]: AccessRule<Extract<AccessFact, { readonly kind: K }>> } = {
  actor: (pass, { model, qualifier }) => (isUnscoped(pass) ? [] : [isOwnKey(pass, model, qualifier)]),
  owned: ownedCondition,
  ownedThrough: (pass, { access, qualifier, reach }) => parentCondition(pass, access.reference, qualifier, reach),
  memberOf: memberCondition,
  shared: (pass, { model, access, reach }) => {
    if (reach.access === 'write') requireSharedWrite(pass, model, access.write)
    return []
  },
  open: () => [],
}

/** An actor is one row: `graph()` gives it a key of one column. */
function isOwnKey(pass: Pass, model: ModelFact, qualifier: string): OperationNode {
  const key = model.column[model.primaryKey.columns[0] ?? ''] as ColumnFact
  return equalsOwner(pass, { model, column: key, owner: model.name, qualifier })
}

function ownedCondition(
  pass: Pass,
  { model, access, qualifier, reach }: Occurrence<Extract<AccessFact, { readonly kind: 'owned' }>>,
): OperationNode[] {
  if (isUnscoped(pass) || (access.read === 'everyone' && reach.access === 'read')) return []
  const column = model.column[access.column] as ColumnFact
  return [equalsOwner(pass, { model, column, owner: access.owner, qualifier })]
}

interface OwnerColumn {
  readonly model: ModelFact
  readonly column: ColumnFact
  readonly owner: string
  readonly qualifier: string
}

function equalsOwner(pass: Pass, { model, column, owner, qualifier }: OwnerColumn): OperationNode {
  return binary(reference(qualifier, column.sqlName), '=', actorParameter(pass, model, { column, actor: owner }))
}

/** A member's row, in a group that is alive itself. */
function memberCondition(pass: Pass, { model, access, qualifier, reach }: Occurrence<MemberAccess>): OperationNode[] {
  if (reach.access === 'write') requireWritableGroup(pass, model, access)
  const { deleted, isHeld = false } = reach
  const isAlive =
    access.reference === null
      ? []
      : parentCondition(forNobody(pass), access.reference, qualifier, { access: 'read', deleted })
  const members = reach.access === 'read' ? access.read : access.write
  if (isUnscoped(pass) || members === 'everyone' || members === 'nobody') return isAlive
  const name = access.reference === null ? model.primaryKey.columns[0] : access.reference.columns[0]
  const key = reference(qualifier, (model.column[name ?? ''] as ColumnFact).sqlName)
  return [isMember(pass, access, members, { model, key, deleted, isHeld }), ...isAlive]
}

/** Only what is deleted counts, not whose it is. */
function forNobody(pass: Pass): Pass {
  return { ...pass, options: { ...pass.options, scope: ofNobody } }
}

const ofNobody: Scope = unscoped('terrace: whether a group is alive')

/** The group, known as `alias`, is alive, and the session writes rows of `model` there. Error: `SCOPE_NO_OWNER`. */
export function groupConditions(pass: Pass, model: ModelFact, alias: string): OperationNode[] {
  const access = model.access as MemberAccess
  const group = pass.graph.tables[access.groupTable] as ModelFact
  const isAlive = scopeConditions(forNobody(pass), group, alias, { access: 'read', deleted: 'without' })
  if (isUnscoped(pass) || access.write === 'nobody') return isAlive
  const key = reference(alias, (group.column[group.primaryKey.columns[0] ?? ''] as ColumnFact).sqlName)
  return [isMember(pass, access, access.write, { model, key, deleted: 'without', isHeld: true }), ...isAlive]
}

/** The parent is visible itself: one EXISTS per level, left out where every parent is. */
function parentCondition(pass: Pass, fact: ReferenceFact, qualifier: string, reach: Reach): OperationNode[] {
  const parent = pass.graph.models[fact.target] as ModelFact
  const child = pass.graph.models[fact.model] as ModelFact
  const alias = newName(pass)
  const isVisible = scopeConditions(pass, parent, alias, {
    ...reach,
    deleted: reach.deleted === 'without' ? 'without' : 'with',
  })
  const [first, ...others] = isVisible
  if (first === undefined) return []
  const isParent = fact.columns.map((name, at) => {
    const key = parent.column[fact.targetColumns[at] ?? ''] as ColumnFact
    const held = child.column[name] as ColumnFact
    return binary(reference(alias, key.sqlName), '=', reference(qualifier, held.sqlName))
  })
  return [existsRow(parent.table, alias, allOf([...isParent, first, ...others]) as OperationNode)]
}

function deletionCondition(model: ModelFact, qualifier: string, deleted: DeletedMode): OperationNode | null {
  // Rows of a model without a trash are in none.
  if (model.softDelete === null) return deleted === 'only' ? always(false) : null
  if (deleted === 'with') return null
  const deletedAt = reference(qualifier, (model.column[model.softDelete.deletedAt] as ColumnFact).sqlName)
  return deleted === 'without' ? isNull(deletedAt) : isNotNull(deletedAt)
}

type SharedWrite = Extract<AccessFact, { readonly kind: 'shared' }>['write']

function requireSharedWrite({ options: { scope } }: Pass, model: ModelFact, write: SharedWrite): void {
  if (scope.kind === 'unscoped' || write === 'everyone') return
  if (write !== 'nobody' && scope.roles.includes(write.role)) return
  const writers = write === 'nobody' ? 'nobody in a scope' : `those with the role "${write.role}"`
  throw errors.SCOPE_WRITE_FORBIDDEN({ values: { model: model.name, writers } })
}

/** Whether others than its owner see a row: then that it is seen does not prove that it may be changed. */
export function isReadMoreWidely({ graph }: Pick<Pass, 'graph'>, { access }: ModelFact): boolean {
  if (access.kind === 'ownedThrough')
    return isReadMoreWidely({ graph }, graph.models[access.reference.target] as ModelFact)
  if (access.kind === 'memberOf') return isReadByMore(access)
  return access.kind === 'owned' && access.read === 'everyone'
}

/** Whether every row of a model can be seen: then a foreign key alone proves a reference. */
export function isLimited(pass: Pass, model: ModelFact, access: Reach['access']): boolean {
  if (model.softDelete !== null) return true
  if (model.access.kind === 'ownedThrough')
    return isLimited(pass, pass.graph.models[model.access.reference.target] as ModelFact, access)
  if (model.access.kind === 'memberOf' && isGroupLimited(pass, model.access)) return true
  if (isUnscoped(pass)) return false
  if (model.access.kind === 'memberOf') return model.access.read !== 'everyone' || access === 'write'
  if (model.access.kind === 'owned') return model.access.read === 'owner' || access === 'write'
  return model.access.kind === 'actor'
}

/** Whether a group may be deleted, which hides its rows from everyone. */
function isGroupLimited(pass: Pass, { reference: toGroup, groupTable }: MemberAccess): boolean {
  return toGroup !== null && isLimited(forNobody(pass), pass.graph.tables[groupTable] as ModelFact, 'read')
}
