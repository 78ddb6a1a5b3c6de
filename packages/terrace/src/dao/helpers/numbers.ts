import type { AliasableExpression, Expression } from 'kysely'
import { helperCall } from './helper-call.ts'

type Rounded<T> = AliasableExpression<number | Extract<T, null>>

/** The largest whole number that is not above a whole number or float. Decimals are `SCOPE_NOT_COMPARABLE`. */
export function floor<T extends number | bigint | null>(value: Expression<T>): Rounded<T> {
  return helperCall('floor', [value.toOperationNode()])
}

/** The smallest whole number that is not below. */
export function ceil<T extends number | bigint | null>(value: Expression<T>): Rounded<T> {
  return helperCall('ceil', [value.toOperationNode()])
}

/** The nearest whole number, halves upwards as `Math.round` has them: `floor(value + 0.5)`. */
export function round<T extends number | bigint | null>(value: Expression<T>): Rounded<T> {
  return helperCall('round', [value.toOperationNode()])
}
