import type {
  ColumnNode,
  DataTypeNode,
  IdentifierNode,
  OperationNode,
  Operator,
  RawNode,
  ReferenceNode,
  SelectModifierNode,
  SelectQueryNode,
  TableNode,
  ValueNode,
} from 'kysely'
import type { Binding } from './compiled-statement.ts'

/** A node under construction: parts that it does not have are never set, which is what Kysely's compiler looks at. */
export type Building<N> = { -readonly [K in keyof N]: N[K] }

/** Nodes as the compiler writes them: names are those of the database, values are bindings. */

export const identifier = (name: string): IdentifierNode => ({ kind: 'IdentifierNode', name })

export const column = (sqlName: string): ColumnNode => ({ kind: 'ColumnNode', column: identifier(sqlName) })

export const table = (sqlName: string): TableNode => ({
  kind: 'TableNode',
  table: { kind: 'SchemableIdentifierNode', identifier: identifier(sqlName) },
})

/** `"qualifier"."column"`, or the column alone. */
export function reference(qualifier: string | null, sqlName: string): ReferenceNode {
  if (qualifier === null) return { kind: 'ReferenceNode', column: column(sqlName) }
  return { kind: 'ReferenceNode', table: table(qualifier), column: column(sqlName) }
}

export const parameter = (binding: Binding): ValueNode => ({ kind: 'ValueNode', value: binding })

/** Written into the text: constants of the statement's shape, never values. */
export const constant = (value: number | bigint | boolean | null): ValueNode => ({
  kind: 'ValueNode',
  value,
  immediate: true,
})

export const keyword = (sql: 'asc' | 'desc'): RawNode => ({ kind: 'RawNode', sqlFragments: [sql], parameters: [] })

export const aliased = (node: OperationNode, alias: string): OperationNode =>
  ({ kind: 'AliasNode', node, alias: identifier(alias) }) as OperationNode

export const parens = (node: OperationNode): OperationNode =>
  node.kind === 'ParensNode' ? node : ({ kind: 'ParensNode', node } as OperationNode)

export const binary = (leftOperand: OperationNode, operator: Operator, rightOperand: OperationNode): OperationNode =>
  ({
    kind: 'BinaryOperationNode',
    leftOperand,
    operator: { kind: 'OperatorNode', operator },
    rightOperand,
  }) as OperationNode

export const unary = (operator: Operator, operand: OperationNode): OperationNode =>
  ({ kind: 'UnaryOperationNode', operator: { kind: 'OperatorNode', operator }, operand }) as OperationNode

export const call = (func: string, args: readonly OperationNode[]): OperationNode =>
  ({ kind: 'FunctionNode', func, arguments: args }) as OperationNode

/** `type` is the engine's own spelling, from `RuntimeDialect.castTypes` or an allow-list. */
export const cast = (expression: OperationNode, type: string): OperationNode =>
  ({
    kind: 'CastNode',
    expression,
    dataType: { kind: 'DataTypeNode', dataType: type as DataTypeNode['dataType'] } satisfies DataTypeNode,
  }) as OperationNode

export const isNull = (node: OperationNode): OperationNode => binary(node, 'is', constant(null))
export const isNotNull = (node: OperationNode): OperationNode => binary(node, 'is not', constant(null))

export const and = (left: OperationNode, right: OperationNode): OperationNode =>
  ({ kind: 'AndNode', left, right }) as OperationNode

export const or = (left: OperationNode, right: OperationNode): OperationNode =>
  ({ kind: 'OrNode', left, right }) as OperationNode

/** All of them; null for none. */
export function allOf(conditions: readonly OperationNode[]): OperationNode | null {
  const [first, ...others] = conditions
  return first === undefined ? null : others.reduce(and, first)
}

/**
 * One of them, as a balanced tree: some engines limit the depth of an expression (1000), which a chain of as many would reach.
 * Source: sqlite.org/limits.html, "Maximum Depth Of An Expression Tree".
 */
export function anyOf(conditions: readonly [OperationNode, ...OperationNode[]]): OperationNode {
  const [first, ...others] = conditions
  if (others.length === 0) return first
  const half = Math.ceil(conditions.length / 2)
  const [left, right] = [conditions.slice(0, half), conditions.slice(half)]
  return parens(or(anyOf(left as [OperationNode]), anyOf(right as [OperationNode])))
}

/** A comparison that always holds, or never. */
export const always = (holds: boolean): OperationNode => binary(constant(1), '=', constant(holds ? 1 : 0))

/** `exists (select 1 from "table" as "alias" where …)`; `endModifiers` may hold what it finds. */
export function existsRow(
  sqlTable: string,
  alias: string,
  where: OperationNode,
  endModifiers: readonly SelectModifierNode[] = [],
): OperationNode {
  const query: SelectQueryNode = {
    kind: 'SelectQueryNode',
    from: { kind: 'FromNode', froms: [aliased(table(sqlTable), alias)] },
    selections: [{ kind: 'SelectionNode', selection: constant(1) as never }],
    where: { kind: 'WhereNode', where },
    ...(endModifiers.length > 0 && { endModifiers }),
  }
  return unary('exists', query)
}

/** `for share`, where rows can be locked: elsewhere whoever writes is alone. */
export const heldRows = ({ rowLocks }: { readonly rowLocks: boolean }): readonly SelectModifierNode[] =>
  rowLocks ? [{ kind: 'SelectModifierNode', modifier: 'ForShare' }] : []

/**
 * The statement's own condition with the compiler's. The statement's stands in parentheses, whatever it is: a bare OR would
 * otherwise swallow the rest.
 */
export function guarded(guards: readonly OperationNode[], own: OperationNode | null): OperationNode | null {
  return allOf(own === null ? guards : guards.length === 0 ? [own] : [...guards, parens(own)])
}
