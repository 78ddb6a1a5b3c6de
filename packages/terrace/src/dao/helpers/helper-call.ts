import { ExpressionWrapper, FunctionNode, ValueNode } from 'kysely'
import type { AliasableExpression, Expression, OperationNode } from 'kysely'
import { helperNames, type HelperName } from '../../database/index.ts'

/** A call that the session's compiler knows: what it becomes in SQL is each engine's. */
export function helperCall<T>(name: HelperName, args: readonly OperationNode[]): AliasableExpression<T> {
  return new ExpressionWrapper<never, never, T>(FunctionNode.create(helperNames[name], args))
}

/** A text of the caller is a value; everything else is an expression. */
export function operandOf(value: Expression<unknown> | string | number): OperationNode {
  return typeof value === 'object' ? value.toOperationNode() : ValueNode.create(value)
}
