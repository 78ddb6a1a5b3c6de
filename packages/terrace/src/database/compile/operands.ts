import type { BinaryOperationNode, OperationNode, Operator, TupleNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import { isLiteral } from './literals.ts'
import { isComparable, mixed, reasonNotComparable, type Meaning } from './meaning.ts'
import type { Expression, Frame, Pass } from './pass.ts'
import { refused } from './refuse.ts'
import { parens } from './sql-nodes.ts'

export interface Operands {
  readonly pass: Pass
  readonly left: Expression
  readonly right: Expression
  /** The bare value on one side, before it was encoded. */
  readonly bare: { readonly value: unknown } | null
}

/** `expectedBeside`: what a bare value is taken for beside an operand of that meaning; by default for the same. */
export function operandPair(
  pass: Pass,
  { leftOperand, rightOperand }: BinaryOperationNode,
  frame: Frame,
  expectedBeside: (meaning: Meaning) => Meaning | null = (meaning) => meaning,
): Pick<Operands, 'left' | 'right'> {
  if (isBare(leftOperand) && !isBare(rightOperand)) {
    const right = operand(pass, rightOperand, frame, null)
    return { left: operand(pass, leftOperand, frame, expectedBeside(right.meaning)), right }
  }
  const left = operand(pass, leftOperand, frame, null)
  return { left, right: operand(pass, rightOperand, frame, expectedBeside(left.meaning)) }
}

const isBare = (node: OperationNode): boolean =>
  isLiteral(node) || (node.kind === 'TupleNode' && (node as TupleNode).values.every(isLiteral))

/** What is nested in the tree stays nested in the text, whatever the operators' precedence. */
const nested: ReadonlySet<OperationNode['kind']> = new Set([
  'BinaryOperationNode',
  'UnaryOperationNode',
  'AndNode',
  'OrNode',
])

export function operand(pass: Pass, node: OperationNode, frame: Frame, expected: Meaning | null): Expression {
  const found = pass.expression(node, frame, expected)
  return nested.has(found.node.kind) ? { ...found, node: parens(found.node) } : found
}

export function refuseNull(operator: Operator, { left, right }: Pick<Operands, 'left' | 'right'>): void {
  if (left.meaning.kind !== 'null' && right.meaning.kind !== 'null') return
  throw errors.SCOPE_NULL_COMPARISON({ values: { operator } })
}

export function requireComparable(left: Meaning, right: Meaning): void {
  if (left.kind === 'tuple' && right.kind === 'tuple') return requireComparableItems(left.items, right.items)
  requireSortable(left)
  requireSortable(right)
  if (!isComparable(left, right)) throw mixed('This comparison', left, right)
}

function requireComparableItems(left: readonly Meaning[], right: readonly Meaning[]): void {
  if (left.length !== right.length)
    throw refused('A comparison of tuples', 'they differ in length', 'Give both as many values')
  for (const [at, meaning] of left.entries()) requireComparable(meaning, right[at] as Meaning)
}

/** Error: `SCOPE_NOT_COMPARABLE` for json, arrays and the database's own types. */
export function requireSortable(meaning: Meaning): void {
  const why = reasonNotComparable(meaning)
  if (why === null) return
  const what = meaning.kind === 'column' ? meaning.column.name : 'A value'
  throw errors.SCOPE_NOT_COMPARABLE({ values: { what, why, remedy: 'Keep what is compared in a column of its own' } })
}

export function condition(node: OperationNode): Expression {
  return { node, meaning: { kind: 'boolean' }, companion: null, isNeverNull: false }
}
