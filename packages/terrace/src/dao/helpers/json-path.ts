import type { AliasableExpression, Expression } from 'kysely'
import type { JsonType } from '../../database/index.ts'
import type { Json } from '../../model/index.ts'
import { helperCall, operandOf } from './helper-call.ts'

interface JsonValues {
  readonly text: string
  readonly number: number
  readonly boolean: boolean
  readonly json: Json
}

/**
 * What is at a path in a `json()` or `array()` column, as `type`; null where nothing is there, or JSON’s null, or a value of another
 * type. A text in the path is a property of an object, a number a place in an array, from 0; both are values, never SQL.
 *
 * ```ts
 * query.where((eb) => eb(jsonPath(eb.ref('settings'), ['theme', 'colors', 0], 'text'), '=', 'red'))
 * ```
 *
 * Numbers are those of JavaScript. Errors: `SCOPE_NOT_COMPARABLE` for other columns, `SCOPE_VALUE` for a step that is neither.
 */
export function jsonPath<K extends JsonType>(
  document: Expression<unknown>,
  path: readonly (string | number)[],
  type: K,
): AliasableExpression<JsonValues[K] | null> {
  return helperCall('jsonPath', [operandOf(type), document.toOperationNode(), ...path.map(operandOf)])
}
