import { errors } from '../errors/index.ts'
import type { Scope } from './scope.ts'

/** `inner`, if it reaches no row that `outer` does not reach by rule; otherwise `SESSION_SCOPE_WIDENED`. */
export function narrowedScope(outer: Scope, inner: Scope): Scope {
  const problem = wideningOf(outer, inner)
  if (problem !== null) throw errors.SESSION_SCOPE_WIDENED({ values: { problem } })
  return inner
}

function wideningOf(outer: Scope, inner: Scope): string | null {
  if (outer.kind === 'unscoped') return null
  if (inner.kind === 'unscoped') return 'the inner session has no scope'
  for (const model of Object.keys(inner.actor)) {
    if (!Object.hasOwn(outer.actor, model)) return `the outer session does not act as a ${model}`
    if (outer.actor[model] !== inner.actor[model]) return `the outer session acts as another ${model}`
  }
  const role = inner.roles.find((name) => !outer.roles.includes(name))
  return role === undefined ? null : `the outer session does not have the role "${role}"`
}
