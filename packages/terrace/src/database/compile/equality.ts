import type { BinaryOperationNode, OperationNode, TupleNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import { Slot } from './compiled-statement.ts'
import { boundBesideCompanion, isLiteral } from './literals.ts'
import type { ColumnMeaning, Meaning } from './meaning.ts'
import { operand, operandPair, refuseNull, requireComparable, type Operands } from './operands.ts'
import type { Expression, Frame, Pass } from './pass.ts'
import { refused } from './refuse.ts'
import { allOf, always, and, binary, call, constant, isNull, parameter, parens, unary } from './sql-nodes.ts'

/** Equality; where a column ignores case, that of its companion. Tuples are compared value by value. */
export function equals(sides: Operands, operator: '=' | '!='): OperationNode {
  const { left, right } = sides
  if (hasItems(left) && hasItems(right)) return tupleEquals(sides, operator)
  const folded = foldedSides(sides)
  return binary(folded.left, operator, folded.right)
}

export interface TupleExpression extends Expression {
  readonly items: readonly Expression[]
  readonly values: readonly OperationNode[]
}

export const hasItems = (expression: Expression): expression is TupleExpression => Object.hasOwn(expression, 'items')

function tupleEquals({ pass, left, right }: Operands, operator: '=' | '!='): OperationNode {
  const [ours, theirs] = [left as TupleExpression, right as TupleExpression]
  const pairs = ours.items.map((item, at) => {
    const other = theirs.items[at] as Expression
    const [own, beside] = [ours.values[at] as OperationNode, theirs.values[at] as OperationNode]
    return equals({ pass, left: item, right: other, bare: [beside, own].find(isLiteral) ?? null }, '=')
  })
  const all = parens(allOf(pairs) ?? always(true))
  return operator === '=' ? all : unary('not', all)
}

interface Sides {
  readonly left: OperationNode
  readonly right: OperationNode
}

export function foldedSides({ pass, left, right, bare }: Operands): Sides {
  const plain = { left: left.node, right: right.node }
  if (!ignoresCase(left.meaning) && !ignoresCase(right.meaning)) return plain
  const side = left.companion === null ? right : left
  if (bare !== null && side.companion !== null) {
    const value = parameter(boundBesideCompanion(pass, side.meaning as ColumnMeaning, bare.value))
    return side === left ? { left: side.companion, right: value } : { left: value, right: side.companion }
  }
  if (left.companion !== null && right.companion !== null) return { left: left.companion, right: right.companion }
  throw errors.SCOPE_NOT_COMPARABLE({
    values: {
      what: 'A column that ignores case',
      why: 'the other side has no text without case',
      remedy: 'Compare it with a value, or with a column that ignores case too, in the query that reads its table',
    },
  })
}

/** Wherever it comes from: equality of the bare text would tell apart what the column takes for the same. */
export function ignoresCase(meaning: Meaning): boolean {
  return meaning.kind === 'column' && meaning.column.foldedInto !== null
}

/**
 * Equal, or both NULL; never NULL itself. Written out because engines spell it differently. A null of one's own is "is null".
 */
export function sameOrBothNull(pass: Pass, node: BinaryOperationNode, frame: Frame): OperationNode {
  const pair = operandPair(pass, node, frame)
  const { left, right } = pair
  if (right.meaning.kind === 'null') return parens(isNull(left.node))
  if (left.meaning.kind === 'null') return parens(isNull(right.node))
  requireComparable(left.meaning, right.meaning)
  const bare = [node.rightOperand, node.leftOperand].find(isLiteral) ?? null
  if (bare?.value instanceof Slot)
    throw refused('"is distinct from" with a slot', 'whether it is null is not known', 'Write "="')
  const isSame = equals({ pass, left, right, bare }, '=')
  if (bare !== null) return call('coalesce', [isSame, constant(false)])
  return call('coalesce', [isSame, and(isNull(left.node), isNull(right.node))])
}

/** A tuple: `eb.tuple`, `eb.refTuple`. */
export function tuple(pass: Pass, node: TupleNode, frame: Frame, expected: Meaning | null): TupleExpression {
  const wanted = expected?.kind === 'tuple' ? expected.items : []
  const items = node.values.map((value, at) => operand(pass, value, frame, wanted[at] ?? null))
  for (const item of items) refuseNull('=', { left: item, right: item })
  return {
    node: { kind: 'TupleNode', values: items.map((item) => item.node) } as OperationNode,
    meaning: { kind: 'tuple', items: items.map((item) => item.meaning) },
    companion: null,
    isNeverNull: false,
    items,
    values: node.values,
  }
}
