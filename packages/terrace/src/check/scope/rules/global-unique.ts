import type { Syntax } from '../../source/syntax.ts'
import type { PlaceRule } from '../place-rule.ts'
import { argumentsOf, certaintyOf, methodOf, propertyValues } from './values.ts'

const isTrue = (value: unknown): boolean => value === true

/** `text().unique({ global: true })`. */
export const globalUnique: PlaceRule = (visit) => {
  const { node, evaluator, at } = visit
  if (methodOf(visit) !== 'unique') return null
  const [options] = argumentsOf(node)
  const certainty = certaintyOf(propertyValues(evaluator, options, 'global', at), isTrue)
  if (certainty === null || options === undefined) return null
  // Of a chain of calls only this one.
  const shown = { ...node, start: ((node['callee'] as Syntax)['property'] as Syntax).start } as Syntax
  return { kind: 'globalUnique', certainty, shown }
}

/** `uniques: [{ columns: [...], global: true }]`. */
export const globalUniques: PlaceRule = ({ node, evaluator, at }) => {
  if (evaluator.keyOf(node, at) !== 'uniques') return null
  const rules = evaluator.values(node['value'] as Syntax, at).flatMap((value) => {
    if (value.kind !== 'array') return []
    return (value.node['elements'] as readonly Syntax[]).flatMap((element) =>
      propertyValues(evaluator, element.type === 'SpreadElement' ? undefined : element, 'global', value.at),
    )
  })
  const certainty = rules.some((value) => value.kind === 'plain' && isTrue(value.value))
    ? 'is'
    : certaintyOf(rules, isTrue)
  return certainty === null ? null : { kind: 'globalUnique', certainty }
}
