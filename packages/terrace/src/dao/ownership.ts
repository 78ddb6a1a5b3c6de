import type { Scope } from '../database/index.ts'
import type { TerraceError } from '../errors/index.ts'
import { errors } from '../errors/index.ts'
import type { AccessFact, ModelFact } from '../model/index.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { identityOf } from './key-values.ts'
import type { ModelPlan } from './model-plan.ts'
import { getRow } from './read-rows.ts'
import { invalidColumn } from './refusals.ts'

export function forbidden(plan: ModelPlan): TerraceError {
  return errors.FORBIDDEN({ values: { model: plan.name } })
}

/** May this scope change rows of a shared model? True for models that are not shared: there each row decides. */
export function mayWrite({ fact: { access } }: ModelPlan, scope: Scope): boolean {
  if (access.kind !== 'shared' || scope.kind === 'unscoped' || access.write === 'everyone') return true
  return access.write !== 'nobody' && scope.roles.includes(access.write.role)
}

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

function isReadMoreWidely({ executor }: DaoContext, { access }: ModelFact): boolean {
  let owner: AccessFact | undefined = access
  while (owner?.kind === 'ownedThrough') owner = executor.graph.models[owner.reference.target]?.access
  return owner?.kind === 'shared' || (owner?.kind === 'owned' && owner.read === 'everyone')
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
      throw invalidColumn(column, 'REQUIRED', 'is required: the session acts for no owner')
  } else if (row[column] !== scope.actor[owner] && identityOf([row[column]]) !== identityOf([scope.actor[owner]])) {
    throw invalidColumn(column, 'OWNER', 'must be the key of the actor')
  }
}

/** A new row must be one that its writer sees: an actor can only make itself. */
export function checkNewActor(plan: ModelPlan, scope: Scope, row: Row): void {
  if (plan.fact.access.kind !== 'actor') return
  const own = actorKey(plan, scope, plan.name)
  if (own !== null && identityOf(plan.key.map(({ name }) => row[name])) !== identityOf([own])) throw forbidden(plan)
}
