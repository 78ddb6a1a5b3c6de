import type { At, Evaluator, Value } from '../../source/evaluate.ts'
import type { Syntax } from '../../source/syntax.ts'
import type { Visit } from '../place-rule.ts'
import type { Place } from '../place.ts'

/** Whether a value is one of those that are looked for: for certain, perhaps, or not. */
export function certaintyOf(
  values: readonly Value[],
  isLookedFor: (value: unknown) => boolean,
): Place['certainty'] | null {
  const found = values.filter((value) => value.kind === 'plain' && isLookedFor(value.value))
  if (found.length > 0 && found.length === values.length) return 'is'
  return found.length > 0 || values.some(isUnknown) ? 'may' : null
}

/** A value of which the text says nothing. */
export function isUnknown(value: Value): boolean {
  if (value.kind === 'given') return value.type === null || !plainTypes.has(value.type.type)
  return value.kind === 'unknown' || value.kind === 'package'
}

const plainTypes: ReadonlySet<string> = new Set([
  'TSArrayType',
  'TSBigIntKeyword',
  'TSBooleanKeyword',
  'TSFunctionType',
  'TSNullKeyword',
  'TSNumberKeyword',
  'TSTupleType',
])

/** A property of what is passed as an argument, whether it is written there or in a constant. */
export function propertyValues(evaluator: Evaluator, node: Syntax | undefined, name: string, at: At): readonly Value[] {
  if (node === undefined) return []
  return evaluator.values(node, at).flatMap((value): readonly Value[] => {
    if (value.kind === 'object') return evaluator.property(value, name)
    return isUnknown(value) ? [{ kind: 'unknown' }] : []
  })
}

/** The name of the method that a call calls; null where none is, or none is known. */
export function methodOf({ node, evaluator, at }: Visit): string | null {
  const callee = calleeOf(node)
  return callee.type === 'MemberExpression' ? evaluator.keyOf(callee, at) : null
}

export function calleeOf(node: Syntax): Syntax {
  let callee = node['callee'] as Syntax
  while (
    callee.type === 'ChainExpression' ||
    callee.type === 'ParenthesizedExpression' ||
    callee.type === 'TSNonNullExpression'
  )
    callee = callee['expression'] as Syntax
  return callee
}

export const argumentsOf = (node: Syntax): readonly Syntax[] => node['arguments'] as readonly Syntax[]
