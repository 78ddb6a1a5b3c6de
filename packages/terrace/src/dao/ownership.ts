import type { Scope } from '../database/index.ts'
import type { TerraceError } from '../errors/index.ts'
import { errors, issueText } from '../errors/index.ts'
import { isReadByMore, type AccessFact, type MembersWrite, type ModelFact } from '../model/index.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextOf } from './dao-context.ts'
import { isReached } from './is-reached.ts'
import { identityOf, keyOfRow } from './key-values.ts'
import type { ModelPlan } from './model-plan.ts'
import { columnsNamed } from './model-plan.ts'
import { getRow, selectByTuples } from './read-rows.ts'
import { invalidColumn } from './refusals.ts'

export function forbidden(plan: ModelPlan): TerraceError {
  return errors.FORBIDDEN({ values: { model: plan.name, remedy: remedyOf(plan.fact.access) } })
}

function remedyOf(access: AccessFact): string {
  if (access.kind === 'memberOf') return memberRemedy(access.write)
  if (access.kind !== 'shared' || access.write === 'everyone') return 'Act as its owner'
  return access.write === 'nobody'
    ? unscopedOnly
    : `Act with the role "${access.write.role}", or write it in session.unscoped(reason, work)`
}

const unscopedOnly = 'Nobody writes it in a scope: write it in session.unscoped(reason, work)'

function memberRemedy(write: MembersWrite): string {
  if (write === 'nobody') return unscopedOnly
  const roles =
    write === 'members' ? '' : ` with ${write.length === 1 ? 'the role' : 'one of the roles'} ${listed(write)}`
  return `Act as a member of its group${roles}`
}

const listed = (roles: readonly string[]): string => roles.map((role) => `"${role}"`).join(', ')

/** May this scope change rows of the model at all? True for models of which each row decides. */
export function mayWrite({ fact: { access } }: ModelPlan, scope: Scope): boolean {
  if (scope.kind === 'unscoped') return true
  if (access.kind === 'memberOf') return access.write !== 'nobody'
  if (access.kind !== 'shared' || access.write === 'everyone') return true
  return access.write !== 'nobody' && scope.roles.includes(access.write.role)
}

/** Refuses rows that no writer of this scope would see: `FORBIDDEN`. A group is made with its first membership, outside any scope. */
export function requireCreatable(plan: ModelPlan, scope: Scope): void {
  if (!mayWrite(plan, scope)) throw forbidden(plan)
  const { access } = plan.fact
  if (scope.kind === 'unscoped' || access.kind !== 'memberOf' || access.reference !== null) return
  throw errors.FORBIDDEN({ values: { model: plan.name, remedy: newGroupRemedy } })
}

const newGroupRemedy = 'Create it in session.unscoped(reason, work), with its first membership, in one transaction'

/**
 * What a write means that changed no row: null where the session does not see the row either, `FORBIDDEN` where it sees
 * somebody else's. Only models that are read more widely than they are written need the second look.
 */
export async function unchanged(
  context: DaoContext,
  key: readonly unknown[],
  deleted: 'without' | 'with',
): Promise<null> {
  const { plan, executor } = context
  if (executor.scope.kind === 'unscoped' || !isReadMoreWidely(context, plan.fact)) return null
  if ((await getRow(context, key, deleted)) === null) return null
  throw forbidden(plan)
}

/**
 * Refuses to change a visible row that is somebody else's: `FORBIDDEN`. Asked before anything else is, so that no other refusal
 * tells what only its owner sees: which rows refer to it.
 */
export async function requireOwn(context: DaoContext, row: Row): Promise<void> {
  const { plan, executor } = context
  if (executor.scope.kind === 'unscoped' || !isReadMoreWidely(context, plan.fact)) return
  if (!(await isOwn(context, row))) throw forbidden(plan)
}

async function isOwn(context: DaoContext, row: Row): Promise<boolean> {
  const { plan, executor } = context
  const { access } = plan.fact
  const { scope } = executor
  if (access.kind === 'owned' && scope.kind === 'actor')
    return Object.hasOwn(scope.actor, access.owner) && row[access.column] === scope.actor[access.owner]
  if (access.kind === 'memberOf') return actsAs(scope, access.membership.actor) && isWritable(context, row)
  if (access.kind !== 'ownedThrough') return true
  const { target, columns, targetColumns } = access.reference
  const parent = contextOf(context, executor.graph.models[target] as ModelFact)
  const by = columnsNamed(parent.plan.column, targetColumns)
  const tuples = [columns.map((name) => row[name])]
  const [found] = await selectByTuples(parent, { columns: parent.plan.columns, by, tuples, deleted: 'with' })
  return found !== undefined && isOwn(parent, found)
}

const actsAs = (scope: Scope, actor: string): boolean => scope.kind === 'unscoped' || Object.hasOwn(scope.actor, actor)

/** Asks for the row again, among those that the session may change. */
async function isWritable({ plan, executor }: DaoContext, row: Row): Promise<boolean> {
  const { columns } = plan.fact.primaryKey
  const target = { model: plan.name, columns, target: plan.name, targetColumns: columns }
  return isReached(executor, { ...target, access: 'write', keys: [] }, { key: keyOfRow(plan, row), deleted: 'with' })
}

function isReadMoreWidely({ executor }: DaoContext, { access }: ModelFact): boolean {
  let owner: AccessFact | undefined = access
  while (owner?.kind === 'ownedThrough') owner = executor.graph.models[owner.reference.target]?.access
  if (owner?.kind === 'memberOf') return isReadByMore(owner)
  return owner?.kind === 'shared' || (owner?.kind === 'owned' && owner.read === 'everyone')
}

/** The owner's column where the session itself has written it. */
export function stampedOwner({ plan, executor }: DaoContext): string | null {
  const { access } = plan.fact
  return access.kind === 'owned' && executor.scope.kind === 'actor' ? access.column : null
}

/** The key of the session's actor for this model's owner; null outside any scope. Error: `SCOPE_NO_OWNER`. */
export function actorKey({ name }: ModelPlan, scope: Scope, owner: string): unknown {
  if (scope.kind === 'unscoped') return null
  if (Object.hasOwn(scope.actor, owner)) return scope.actor[owner]
  throw errors.SCOPE_NO_OWNER({ values: { model: name, owner } })
}

/** The owner of a new row is the actor; outside any scope it must be given. */
export function checkOwner(plan: ModelPlan, scope: Scope, row: Row): void {
  const { access } = plan.fact
  if (access.kind !== 'owned') return
  const { column, owner } = access
  if (scope.kind === 'unscoped') {
    if (row[column] === null && plan.owner?.fact.nullable !== true)
      throw invalidColumn(column, issueText('ownerRequired'))
  } else if (row[column] !== scope.actor[owner] && identityOf([row[column]]) !== identityOf([scope.actor[owner]])) {
    throw invalidColumn(column, issueText('ownerOnly'))
  }
}

/** A new row must be one that its writer sees: an actor can only make itself. */
export function checkNewActor(plan: ModelPlan, scope: Scope, row: Row): void {
  if (plan.fact.access.kind !== 'actor') return
  const own = actorKey(plan, scope, plan.name)
  if (own !== null && identityOf(plan.key.map(({ name }) => row[name])) !== identityOf([own])) throw forbidden(plan)
}
