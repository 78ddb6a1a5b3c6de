import type {
  AndNode,
  BinaryOperationNode,
  OperationNode,
  Operator,
  OperatorNode,
  PrimitiveValueListNode,
  SelectQueryNode,
  TupleNode,
  UnaryOperationNode,
  ValueListNode,
  ValueNode,
} from 'kysely'
import { errors } from '../../errors/index.ts'
import { arithmetic, negated } from './arithmetic.ts'
import { Slot } from './compiled-statement.ts'
import { boundBesideCompanion, isLiteral } from './literals.ts'
import { isComparable, mixed, numericKindOf, reasonNotComparable, type ColumnMeaning, type Meaning } from './meaning.ts'
import { unknownExpression } from './names.ts'
import { existencePurpose, plainPurpose, type Expression, type Frame, type Pass } from './pass.ts'
import { refused } from './refuse.ts'
import {
  allOf,
  always,
  and,
  anyOf,
  binary,
  call,
  constant,
  isNotNull,
  isNull,
  parameter,
  parens,
  unary,
} from './sql-nodes.ts'

type BinaryHandler = (pass: Pass, node: BinaryOperationNode, frame: Frame) => Expression

const equality =
  (operator: '=' | '!='): BinaryHandler =>
  (pass, node, frame) =>
    condition(equals(operands(pass, node, frame), operator))

const order =
  (operator: '<' | '<=' | '>' | '>='): BinaryHandler =>
  (pass, node, frame) => {
    const { left, right } = operands(pass, node, frame)
    return condition(binary(left.node, operator, right.node))
  }

const number =
  (operator: '+' | '-' | '*' | '/' | '%'): BinaryHandler =>
  (pass, node, frame) =>
    arithmetic(
      pass,
      operator,
      operandPair(pass, node, frame, (beside) => scaleOf(operator, beside)),
    )

const differs =
  (why: string, remedy: string): BinaryHandler =>
  (pass, node, frame) =>
    allowedOperator(pass, node, frame, { why, remedy })

const pattern = differs('engines disagree on case, accents and escapes', 'Use the DAO’s contains and startsWith')
const jsonOperator = differs('json is read differently on every engine', 'Keep what is searched in a column of its own')
const bits = differs('engines disagree on what it means', 'Compute it in code')

/** Each operator that Kysely can write. A new one does not compile until it is handled or refused. */
const operators: { readonly [K in Operator]: BinaryHandler } = {
  '=': equality('='),
  '==': equality('='),
  '!=': equality('!='),
  '<>': equality('!='),
  '<': order('<'),
  '<=': order('<='),
  '>': order('>'),
  '>=': order('>='),
  in: (pass, node, frame) => membership(pass, node, frame, true),
  'not in': (pass, node, frame) => membership(pass, node, frame, false),
  is: (pass, node, frame) => truth(pass, node, frame, 'is'),
  'is not': (pass, node, frame) => truth(pass, node, frame, 'is not'),
  'is distinct from': (pass, node, frame) => condition(unary('not', sameOrBothNull(pass, node, frame))),
  'is not distinct from': (pass, node, frame) => condition(sameOrBothNull(pass, node, frame)),
  between,
  'between symmetric': (pass, node, frame) => between(pass, node, frame),
  '+': number('+'),
  '-': number('-'),
  '*': number('*'),
  '/': number('/'),
  '%': number('%'),
  like: pattern,
  'not like': pattern,
  ilike: pattern,
  'not ilike': pattern,
  match: pattern,
  regexp: pattern,
  '~': pattern,
  '~*': pattern,
  '!~': pattern,
  '!~*': pattern,
  '^@': pattern,
  '||': differs('one engine reads it as OR', 'Join texts in code'),
  '<=>': differs('only one engine has it', 'Write "is not distinct from"'),
  '!<': bits,
  '!>': bits,
  '^': bits,
  '&': bits,
  '|': bits,
  '#': bits,
  '<<': bits,
  '>>': bits,
  '!!': bits,
  '<->': bits,
  '@@': bits,
  '@@@': bits,
  '@>': jsonOperator,
  '<@': jsonOperator,
  '&&': jsonOperator,
  '?': jsonOperator,
  '?&': jsonOperator,
  '?|': jsonOperator,
  '->': jsonOperator,
  '->>': jsonOperator,
  not: misplaced,
  exists: misplaced,
  'not exists': misplaced,
}

function misplaced(_pass: Pass, node: BinaryOperationNode): never {
  throw refused(`"${operatorOf(node.operator)}" between two operands`, 'it takes one', 'Write it in front of one')
}

export function binaryOperation(pass: Pass, node: BinaryOperationNode, frame: Frame): Expression {
  const operator = operatorOf(node.operator)
  return operators[operator](pass, node, frame)
}

/** The operator by its exact text: the compiler writes its own, so that no other text reaches the SQL. */
function operatorOf(node: OperationNode): Operator {
  const { operator } = node as OperatorNode
  if (node.kind === 'OperatorNode' && Object.hasOwn(operators, operator)) return operator
  throw node.kind === 'RawNode'
    ? errors.SCOPE_RAW()
    : refused('An unknown operator', 'nothing says what it does', 'Use an operator of the query builder')
}

interface Operands {
  readonly pass: Pass
  readonly left: Expression
  readonly right: Expression
  /** The bare value on one side, before it was encoded. */
  readonly bare: { readonly value: unknown } | null
}

/** Both sides, each bare value encoded by the other; comparable on every engine. */
function operands(pass: Pass, node: BinaryOperationNode, frame: Frame): Operands {
  const pair = operandPair(pass, node, frame)
  refuseNull(operatorOf(node.operator), pair)
  requireComparable(pair.left.meaning, pair.right.meaning)
  const bareNode = [node.rightOperand, node.leftOperand].find(isLiteral)
  return { pass, ...pair, bare: bareNode ?? null }
}

/** `expectedBeside`: what a bare value is taken for beside an operand of that meaning; by default for the same. */
function operandPair(
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

/** In a calculation a value is a number of its own, except that decimals are added and subtracted by their scale. */
function scaleOf(operator: string, beside: Meaning): Meaning | null {
  return numericKindOf(beside) === 'decimal' && operator !== '*' ? beside : null
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

function operand(pass: Pass, node: OperationNode, frame: Frame, expected: Meaning | null): Expression {
  const found = pass.expression(node, frame, expected)
  return nested.has(found.node.kind) ? { ...found, node: parens(found.node) } : found
}

function refuseNull(operator: Operator, { left, right }: Pick<Operands, 'left' | 'right'>): void {
  if (left.meaning.kind !== 'null' && right.meaning.kind !== 'null') return
  throw errors.SCOPE_NULL_COMPARISON({ values: { operator } })
}

function requireComparable(left: Meaning, right: Meaning): void {
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

/** Equality; where a column ignores case, that of its companion. Tuples are compared value by value. */
function equals(sides: Operands, operator: '=' | '!='): OperationNode {
  const { left, right } = sides
  if (hasItems(left) && hasItems(right)) return tupleEquals(sides, operator)
  const folded = foldedSides(sides)
  return binary(folded.left, operator, folded.right)
}

interface TupleExpression extends Expression {
  readonly items: readonly Expression[]
  readonly values: readonly OperationNode[]
}

const hasItems = (expression: Expression): expression is TupleExpression => Object.hasOwn(expression, 'items')

function tupleEquals({ pass, left, right }: Operands, operator: '=' | '!='): OperationNode {
  const [ours, theirs] = [left as TupleExpression, right as TupleExpression]
  const pairs = ours.items.map((item, at) => {
    const other = theirs.items[at] as Expression
    const bare = [theirs.values[at], ours.values[at]].find((value) => value !== undefined && isLiteral(value)) as
      | ValueNode
      | undefined
    return equals({ pass, left: item, right: other, bare: bare ?? null }, '=')
  })
  const all = parens(allOf(pairs) ?? always(true))
  return operator === '=' ? all : unary('not', all)
}

interface Sides {
  readonly left: OperationNode
  readonly right: OperationNode
}

function foldedSides({ pass, left, right, bare }: Operands): Sides {
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
function ignoresCase(meaning: Meaning): boolean {
  return meaning.kind === 'column' && meaning.column.foldedInto !== null
}

/**
 * Equal, or both NULL; never NULL itself. Written out because engines spell it differently. A null of one's own is "is null".
 */
function sameOrBothNull(pass: Pass, node: BinaryOperationNode, frame: Frame): OperationNode {
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

/** `is null`, `is true` and their opposites. */
function truth(pass: Pass, node: BinaryOperationNode, frame: Frame, operator: 'is' | 'is not'): Expression {
  const { rightOperand } = node
  const value = isLiteral(rightOperand) ? rightOperand.value : undefined
  const left = operand(pass, node.leftOperand, frame, null)
  if (value === null) return condition(operator === 'is' ? isNull(left.node) : isNotNull(left.node))
  if (typeof value === 'boolean' && isTruth(left.meaning))
    return condition(binary(left.node, operator, constant(value)))
  throw refused(
    `"${operator}"`,
    'it takes null, and true or false beside a boolean',
    'Write "=", or "is not distinct from"',
  )
}

function isTruth(meaning: Meaning): boolean {
  return meaning.kind === 'boolean' || (meaning.kind === 'column' && meaning.column.type.kind === 'boolean')
}

function between(pass: Pass, node: BinaryOperationNode, frame: Frame): Expression {
  const value = operand(pass, node.leftOperand, frame, null)
  const { left, right } = node.rightOperand as AndNode
  if (node.rightOperand.kind !== 'AndNode')
    throw refused('"between"', 'it takes two bounds', 'Write eb.between(column, low, high)')
  const [low, high] = [left, right].map((bound) => operand(pass, bound, frame, value.meaning)) as [
    Expression,
    Expression,
  ]
  for (const bound of [low, high]) {
    refuseNull('between', { left: value, right: bound })
    requireComparable(value.meaning, bound.meaning)
  }
  const within = (from: Expression, to: Expression): OperationNode =>
    parens(and(binary(value.node, '>=', from.node), binary(value.node, '<=', to.node)))
  const isSymmetric = operatorOf(node.operator) === 'between symmetric'
  return condition(isSymmetric ? anyOf([within(low, high), within(high, low)]) : within(low, high))
}

function membership(pass: Pass, node: BinaryOperationNode, frame: Frame, isMember: boolean): Expression {
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

export function unaryOperation(pass: Pass, node: UnaryOperationNode, frame: Frame): Expression {
  const operator = operatorOf(node.operator)
  if (operator === 'exists' || operator === 'not exists') return existence(pass, node, frame, operator)
  const found = operand(pass, node.operand, frame, null)
  if (operator === 'not') return condition(unary('not', found.node))
  if (operator === '-') return negated(found)
  throw refused(`"${operator}" in front of one operand`, 'it takes two', 'Write it between two operands')
}

function existence(
  pass: Pass,
  { operand: inner }: UnaryOperationNode,
  frame: Frame,
  operator: 'exists' | 'not exists',
): Expression {
  if (inner.kind !== 'SelectQueryNode') {
    if (inner.kind === 'RawNode') return condition(unary(operator, pass.expression(inner, frame, null).node))
    throw refused(`"${operator}"`, 'it takes a sub-query', 'Write eb.exists(eb.selectFrom(…))')
  }
  const query = pass.query(inner as SelectQueryNode, { outer: frame, ctes: frame.ctes }, existencePurpose)
  return { ...condition(unary(operator, query.node)), isNeverNull: true }
}

/** An operator of the app's own allow-list: passed as it is, at the app's own risk. */
function allowedOperator(
  pass: Pass,
  node: BinaryOperationNode,
  frame: Frame,
  { why, remedy }: { readonly why: string; readonly remedy: string },
): Expression {
  const operator = operatorOf(node.operator)
  if (!pass.allowances.operators.has(operator))
    throw refused(`"${operator}"`, why, `${remedy}, or allow the operator for this app`)
  const { left, right } = operandPair(pass, node, frame)
  return unknownExpression(binary(left.node, operator, right.node))
}
