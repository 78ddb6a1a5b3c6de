import { errors } from '../errors/index.ts'
import { compileValidator } from '../model/index.ts'
import type { ColumnFact, ModelGraph } from '../model/index.ts'
import { copiedScope, isMadeScope, type ActorKeys, type Scope } from './scope.ts'

/**
 * The scope as it is now, frozen; `SCOPE_MISSING` when it is absent, null, or not one at all. Its keys are not shown in
 * messages.
 */
export function checkedScope(scope: Scope, graph: ModelGraph): Scope {
  const given: unknown = scope
  if (given === null || typeof given !== 'object') throw missing(`got ${given === null ? 'null' : typeof given}`)
  return requireScope(isMadeScope(scope) ? scope : copiedScope(scope), graph)
}

function requireScope(scope: Scope, graph: ModelGraph): Scope {
  if (scope.kind === 'unscoped') {
    checkReason(scope.reason)
    return scope
  }
  if (scope.kind !== 'actor') throw missing('its kind is neither "actor" nor "unscoped"')
  checkActor(scope.actor, graph)
  checkRoles(scope.roles)
  return scope
}

function checkReason(reason: unknown): void {
  if (typeof reason !== 'string' || reason.trim() === '') throw missing('unscoped needs a reason in words')
}

// A key goes into every condition as it is, so it must be the one spelling of its column: engines convert the others, each
// in its own way, and `'1abc'` would be user 1 on one of them.
function checkActor(actor: ActorKeys, graph: ModelGraph): void {
  if (actor === null || typeof actor !== 'object') throw missing('it has no actor')
  for (const model of Object.keys(actor)) {
    const column = keyColumnOf(model, graph)
    if (actor[model] === undefined) throw missing(`the key of ${model} is undefined: nobody to act as`)
    const violation = compileValidator(column)(actor[model])
    if (violation !== null) throw missing(`the key of ${model} ${violation.message}`)
  }
}

function keyColumnOf(model: string, graph: ModelGraph): ColumnFact {
  const fact = Object.hasOwn(graph.models, model) ? graph.models[model] : undefined
  if (fact === undefined) throw missing(`"${model}" is not a model of this graph`)
  if (fact.access.kind !== 'actor') throw missing(`nobody acts as a ${model}: it is not declared with actor()`)
  // `graph()` gives an actor a key of one column.
  return fact.column[fact.primaryKey.columns[0] as string] as ColumnFact
}

function checkRoles(roles: readonly string[]): void {
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === 'string' && role !== '')) {
    throw missing('its roles are not a list of names')
  }
}

const missing = (problem: string): Error => errors.SCOPE_MISSING({ values: { problem } })
