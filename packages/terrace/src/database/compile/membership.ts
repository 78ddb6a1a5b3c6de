import type {
  BinaryOperationNode,
  OperationNode,
  PrimitiveValueListNode,
  SelectQueryNode,
  ValueListNode,
  ValueNode,
} from 'kysely'
import { equals, foldedSides, hasItems, ignoresCase, type TupleExpression } from './equality.ts'
import { isLiteral } from './literals.ts'
import { condition, operand, refuseNull, requireComparable } from './operands.ts'
import { plainPurpose, type Expression, type Frame, type Pass } from './pass.ts'
import { refused } from './refuse.ts'
import { always, anyOf, binary, parens, unary } from './sql-nodes.ts'

export function membership(pass: Pass, node: BinaryOperationNode, frame: Frame, isMember: boolean): Expression {
  const { rightOperand } = node
  const left = operand(pass, node.leftOperand, frame, null)
  if (rightOperand.kind === 'SelectQueryNode')
    return inQuery(pass, left, rightOperand as SelectQueryNode, { frame, isMember })
  const items = listItems(rightOperand)
  const [first, ...others] = items
  if (first === undefined) return condition(always(!isMember))
  return hasItems(left)
    ? inTuples(pass, left, [first, ...others], { frame, isMember })
    : inValues(pass, left, items, { frame, isMember })
}

interface MembershipOptions {
  readonly frame: Frame
  readonly isMember: boolean
}

function listItems(node: OperationNode): readonly OperationNode[] {
  if (node.kind === 'PrimitiveValueListNode') {
    return (node as PrimitiveValueListNode).values.map((value): ValueNode => ({ kind: 'ValueNode', value }))
  }
  if (node.kind === 'ValueListNode') return (node as ValueListNode).values
  throw refused('"in" with one value', 'it takes a list or a sub-query', 'Write "=", or give an array')
}

function inValues(
  pass: Pass,
  left: Expression,
  items: readonly OperationNode[],
  { frame, isMember }: MembershipOptions,
): Expression {
  const sides = items.map((item) => {
    const right = operand(pass, item, frame, left.meaning)
    refuseNull(isMember ? 'in' : 'not in', { left, right })
    requireComparable(left.meaning, right.meaning)
    return foldedSides({ pass, left, right, bare: isLiteral(item) ? item : null })
  })
  const list = { kind: 'ValueListNode', values: sides.map(({ right }) => right) } as OperationNode
  return condition(binary(sides[0]?.left ?? left.node, isMember ? 'in' : 'not in', list))
}

/** Not every engine takes a list of tuples, so each is compared by itself. Source: sqlite.org/rowvalue.html, 2.2. */
function inTuples(
  pass: Pass,
  left: TupleExpression,
  items: readonly [OperationNode, ...OperationNode[]],
  { frame, isMember }: MembershipOptions,
): Expression {
  const isOne = items.map((item) => {
    const right = operand(pass, item, frame, left.meaning)
    requireComparable(left.meaning, right.meaning)
    return equals({ pass, left, right, bare: null }, '=')
  }) as [OperationNode, ...OperationNode[]]
  const isAny = parens(anyOf(isOne))
  return condition(isMember ? isAny : unary('not', isAny))
}

function inQuery(
  pass: Pass,
  left: Expression,
  node: SelectQueryNode,
  { frame, isMember }: MembershipOptions,
): Expression {
  const wanted = hasItems(left) ? left.items : [left]
  const expected = wanted.map(({ meaning }) => meaning)
  const query = pass.query(node, { outer: frame, ctes: frame.ctes }, { ...plainPurpose, expected })
  if (query.outputs.length !== wanted.length) {
    throw refused(
      '"in" with a sub-query',
      `it must give ${wanted.length} column(s)`,
      'Select as many columns as are compared',
    )
  }
  for (const [at, meaning] of expected.entries()) {
    const output = query.outputs[at] as Expression
    requireComparable(meaning, output.meaning)
    if (ignoresCase(meaning) || ignoresCase(output.meaning)) throw caselessInQuery()
  }
  return condition(binary(left.node, isMember ? 'in' : 'not in', query.node))
}

function caselessInQuery(): Error {
  return refused(
    '"in" with a sub-query over a column that ignores case',
    'the sub-query gives texts with case',
    'Write exists (…) with "=" inside',
  )
}
