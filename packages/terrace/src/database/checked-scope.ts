import { errors } from '../errors/index.ts'
import type { ModelGraph } from '../model/index.ts'
import type { ActorKeys, Scope } from './scope.ts'

/**
 * The scope as given, frozen; `SCOPE_MISSING` when it is absent, null, or not one at all. Its keys are not shown in
 * messages.
 */
export function checkedScope(scope: Scope, graph: ModelGraph): Scope {
  const given: unknown = scope
  if (given === null || typeof given !== 'object') throw missing(`got ${given === null ? 'null' : typeof given}`)
  if (scope.kind === 'unscoped') return checkedUnscoped(scope.reason)
  if (scope.kind !== 'actor') throw missing('its kind is neither "actor" nor "unscoped"')
  checkActor(scope.actor, graph)
  checkRoles(scope.roles)
  if (Object.isFrozen(scope) && Object.isFrozen(scope.actor) && Object.isFrozen(scope.roles)) return scope
  return Object.freeze({
    kind: 'actor',
    actor: Object.freeze({ ...scope.actor }),
    roles: Object.freeze([...scope.roles]),
  })
}

function checkedUnscoped(reason: unknown): Scope {
  if (typeof reason !== 'string' || reason.trim() === '') throw missing('unscoped needs a reason in words')
  return Object.freeze({ kind: 'unscoped', reason })
}

function checkActor(actor: ActorKeys, graph: ModelGraph): void {
  if (actor === null || typeof actor !== 'object') throw missing('it has no actor')
  for (const model of Object.keys(actor)) {
    if (!Object.hasOwn(graph.models, model)) throw missing(`"${model}" is not a model of this graph`)
    if (!isKey(actor[model])) throw missing(`the key of ${model} is ${describeNoKey(actor[model])}`)
  }
}

function isKey(key: unknown): boolean {
  if (typeof key === 'string') return key !== ''
  return typeof key === 'bigint' || Number.isSafeInteger(key)
}

function describeNoKey(key: unknown): string {
  if (key === null || key === undefined) return String(key)
  return key === '' ? 'empty' : `a ${typeof key} that is no key`
}

function checkRoles(roles: readonly string[]): void {
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === 'string' && role !== '')) {
    throw missing('its roles are not a list of names')
  }
}

const missing = (problem: string): Error => errors.SCOPE_MISSING({ values: { problem } })
