import { plainKey } from '../../source/bindings.ts'
import type { Value } from '../../source/evaluate.ts'
import type { Syntax } from '../../source/syntax.ts'
import type { PlaceRule } from '../place-rule.ts'
import { isUnknown } from './values.ts'

const lists: ReadonlySet<string> = new Set(['functions', 'casts', 'collations', 'operators'])

/** `allow: { functions: … }` of `openDatabase`; the `allow: ['drop-column …']` of a structure is a list. */
export const allowList: PlaceRule = ({ node, around, evaluator, at }) => {
  if (around.at(-1)?.type !== 'ObjectExpression' || evaluator.keyOf(node, at) !== 'allow') return null
  const values = evaluator.values(node['value'] as Syntax, at)
  const isExtended = values.some(extendsLists)
  if (!isExtended && !values.some(isUnknown)) return null
  return { kind: 'allowList', certainty: isExtended ? 'is' : 'may' }
}

function extendsLists(value: Value): boolean {
  if (value.kind !== 'object') return false
  const properties = value.node['properties'] as readonly Syntax[]
  return properties.some(
    (property) => property.type === 'SpreadElement' || lists.has(plainKey(property) ?? 'functions'),
  )
}
