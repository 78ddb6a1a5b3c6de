import type { Value } from '../../source/evaluate.ts'
import type { Syntax } from '../../source/syntax.ts'
import type { PlaceRule, Visit } from '../place-rule.ts'
import { callOf } from './references.ts'

/** Kysely’s `sql`, or one of that name from a package that may pass it on. */
function isSql(value: Value): 'is' | 'may' | null {
  if (value.kind !== 'package' || value.name !== 'sql') return null
  if (value.module === 'kysely') return 'is'
  return value.module.startsWith('kysely/') || value.module.startsWith('node:') ? null : 'may'
}

function sqlAt(node: Syntax, { evaluator, at }: Visit): 'is' | 'may' | null {
  const found = evaluator.values(node, at).map(isSql)
  if (found.includes('is')) return 'is'
  return found.includes('may') ? 'may' : null
}

/** sql`…` */
export const rawSqlTag: PlaceRule = (visit) => {
  const certainty = sqlAt(visit.node['tag'] as Syntax, visit)
  return certainty === null ? null : { kind: 'rawSql', certainty }
}

const makers: ReadonlySet<string> = new Set(['raw', 'lit', 'literal'])

/** `sql.raw(…)` and `sql.lit(…)`, which write a text as it is; `sql.ref` and the like quote a name, and need a template around them. */
export const rawSqlMember: PlaceRule = (visit) => {
  const { node, evaluator, at } = visit
  const certainty = sqlAt(node['object'] as Syntax, visit)
  if (certainty === null) return null
  const name = evaluator.keyOf(node, at)
  if (name !== null && !makers.has(name)) return null
  const call = callOf(visit)
  return { kind: 'rawSql', certainty, ...(call !== null && { shown: call }) }
}
