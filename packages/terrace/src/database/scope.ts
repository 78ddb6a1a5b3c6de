import { errors } from '../errors/index.ts'
import type { BoundModel, KeyOf } from '../model/index.ts'

/** The owners that a session acts as: by the model's name, the key of its row. */
export type ActorKeys = Readonly<Record<string, string | number | bigint>>

/**
 * Whose rows a session reaches. Never absent, never null: no scope is an error, never "all rows".
 *
 * Made by `actingAs`, `everyone` and, inside a session, `session.unscoped(reason, work)`.
 */
export type Scope =
  | { readonly kind: 'actor'; readonly actor: ActorKeys; readonly roles: readonly string[] }
  | { readonly kind: 'unscoped'; readonly reason: string }

const made = new WeakSet<Scope>()

/** Frozen and made here, so that it will be what it is now: another frozen object may answer otherwise the next time. */
export const isMadeScope = (scope: Scope): boolean => made.has(scope)

function madeScope(scope: Scope): Scope {
  made.add(scope)
  return Object.freeze(scope)
}

/** The rows of one owner: `actingAs(models.Device, deviceId)`. Roles open models that are `shared({ write: { role } })`. */
export function actingAs<M extends BoundModel>(
  model: M,
  key: KeyOf<M>,
  options: { readonly roles?: readonly string[] } = {},
): Scope {
  requireBound(model)
  return madeScope({
    kind: 'actor',
    actor: Object.freeze({ [model.name]: key as ActorKeys[string] }),
    roles: Object.freeze([...(options.roles ?? [])]),
  })
}

function requireBound(model: Partial<BoundModel> | undefined): void {
  if (typeof model?.name === 'string') return
  const problem =
    typeof model?.table === 'string'
      ? `the model "${model.table}" is not bound: give the one that graph() made, like models.Device`
      : `${String(model)} is no model`
  throw errors.SCOPE_MISSING({ values: { problem } })
}

type Parts = Partial<Readonly<Record<'kind' | 'actor' | 'roles' | 'reason', unknown>>>

/** What is given as a scope, each part of it read once; whether it is one is still to be checked. */
export function copiedScope(given: Parts): Scope {
  const { kind, actor, roles, reason } = given
  if (kind === 'unscoped') return unscoped(reason as string)
  const keys = typeof actor === 'object' && actor !== null ? Object.freeze({ ...actor }) : actor
  const names = Array.isArray(roles) ? Object.freeze(Array.from<unknown>(roles)) : roles
  return madeScope({ kind, actor: keys, roles: names } as Scope)
}

/** Nobody in particular: sees shared models and those that everyone may read. */
export const everyone: Scope = madeScope({ kind: 'actor', actor: Object.freeze({}), roles: Object.freeze([]) })

/** Every row of everyone, named and logged: for scripts and jobs. `reason` says why, in a few words. */
export function unscoped(reason: string): Scope {
  return madeScope({ kind: 'unscoped', reason })
}
