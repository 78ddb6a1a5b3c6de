import {
  AggregateFunctionBuilder,
  AggregateFunctionNode,
  BinaryOperationNode,
  CaseNode,
  ExpressionWrapper,
  OperatorNode,
  SelectAllNode,
  WhenNode,
} from 'kysely'
import type { AliasableExpression, Expression, ExpressionBuilder, SqlBool } from 'kysely'

/** The greater of two values of one kind that can be ordered; null where one is. */
export function greatest<T>(one: Expression<T>, other: Expression<T>): AliasableExpression<T> {
  return chosen('>', one, other)
}

/** The lesser of two values. */
export function least<T>(one: Expression<T>, other: Expression<T>): AliasableExpression<T> {
  return chosen('<', one, other)
}

/** By comparing, because engines' own functions disagree on NULL. */
function chosen<T>(operator: '<' | '>', one: Expression<T>, other: Expression<T>): AliasableExpression<T> {
  const [left, right] = [one.toOperationNode(), other.toOperationNode()]
  const when = (symbol: '<' | '>' | '>=' | '<=', [first, second]: readonly [typeof left, typeof left]): WhenNode =>
    WhenNode.cloneWithResult(
      WhenNode.create(BinaryOperationNode.create(first, OperatorNode.create(symbol), second)),
      first,
    )
  const first = when(`${operator}=`, [left, right])
  const both = CaseNode.cloneWithWhen(CaseNode.cloneWithWhen(CaseNode.create(), first), when(operator, [right, left]))
  return new ExpressionWrapper<never, never, T>(both)
}

/**
 * How many rows of a group a condition holds for.
 *
 * ```ts
 * query.select((eb) => countWhere(eb, eb('isOpen', '=', true)).as('open'))
 * ```
 *
 * Other aggregates take the same by `filterWhere`, on every engine: `eb.fn.sum('grams').filterWhere('size', '=', 'large')`.
 */
export function countWhere<DB, TB extends keyof DB>(
  _eb: ExpressionBuilder<DB, TB>,
  condition: Expression<SqlBool>,
): AggregateFunctionBuilder<DB, TB, number> {
  const all = AggregateFunctionNode.create('count', [SelectAllNode.create()])
  const aggregateFunctionNode = AggregateFunctionNode.cloneWithFilter(all, condition.toOperationNode())
  return new AggregateFunctionBuilder<DB, TB, number>({ aggregateFunctionNode })
}
