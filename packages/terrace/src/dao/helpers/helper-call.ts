import { ExpressionWrapper, FunctionNode, ValueNode } from 'kysely'
import type { AliasableExpression, Expression, OperationNode } from 'kysely'
import { helperNames, type HelperName } from '../../database/index.ts'

/** A call that the session's compiler knows: what it becomes in SQL is each engine's. */
export function helperCall<T>(name: HelperName, args: readonly OperationNode[]): AliasableExpression<T> {
  return new ExpressionWrapper<never, never, T>(FunctionNode.create(helperNames[name], args))
}

/** What is no expression is a value, which the compiler checks. */
export function operandOf(value: Expression<unknown> | string | number): OperationNode {
  const { toOperationNode } = Object(value) as Partial<Expression<unknown>>
  return toOperationNode === undefined ? ValueNode.create(value) : (value as Expression<unknown>).toOperationNode()
}
