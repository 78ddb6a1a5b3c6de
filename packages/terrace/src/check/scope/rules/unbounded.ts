import type { PlaceRule } from '../place-rule.ts'
import type { Syntax } from '../../source/syntax.ts'
import { argumentsOf, certaintyOf, methodOf, propertyValues } from './values.ts'

const isTrue = (value: unknown): boolean => value === true

/** Where the options of a DAO's method stand that writes by a condition. */
const optionsAt: Readonly<Record<string, number>> = { updateWhere: 2, deleteWhere: 1, query: 1 }

/** `dao.deleteWhere({}, { all: true })`. */
export const unbounded: PlaceRule = (visit) => {
  const { node, evaluator, at } = visit
  const method = methodOf(visit)
  if (method === null || !Object.hasOwn(optionsAt, method)) return null
  const options = argumentsOf(node)[optionsAt[method] as number]
  const certainty = certaintyOf(propertyValues(evaluator, options, 'all', at), isTrue)
  return certainty === null ? null : { kind: 'unbounded', certainty, ...shownCall(node, options) }
}

/** From the method's name on: what stands before it may be a chain of many lines. */
function shownCall(node: Syntax, options: Syntax | undefined): { readonly shown?: Syntax } {
  return options === undefined
    ? {}
    : { shown: { ...node, start: ((node['callee'] as Syntax)['property'] as Syntax).start } }
}

/** `allowUnbounded: true`, as the compiler takes it. */
export const unboundedKey: PlaceRule = ({ node, around, evaluator, at }) => {
  if (around.at(-1)?.type !== 'ObjectExpression' || evaluator.keyOf(node, at) !== 'allowUnbounded') return null
  const certainty = certaintyOf(evaluator.values(node['value'] as Syntax, at), isTrue)
  return certainty === null ? null : { kind: 'unbounded', certainty }
}
