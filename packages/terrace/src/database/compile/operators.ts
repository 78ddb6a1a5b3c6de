import type {
  AndNode,
  BinaryOperationNode,
  OperationNode,
  Operator,
  OperatorNode,
  SelectQueryNode,
  UnaryOperationNode,
} from 'kysely'
import { errors } from '../../errors/index.ts'
import { arithmetic, negated } from './arithmetic.ts'
import { equals, sameOrBothNull } from './equality.ts'
import { isLiteral } from './literals.ts'
import { numericKindOf, type Meaning } from './meaning.ts'
import { membership } from './membership.ts'
import { unknownExpression } from './names.ts'
import { condition, operand, operandPair, refuseNull, requireComparable, type Operands } from './operands.ts'
import { existencePurpose, type Expression, type Frame, type Pass } from './pass.ts'
import { refused } from './refuse.ts'
import { and, anyOf, binary, constant, isNotNull, isNull, parens, unary } from './sql-nodes.ts'

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

const pattern = differs(
  'engines disagree on case, accents and escapes',
  'Use contains(…) and startsWith(…) of terrace/dao',
)

const jsonOperator = differs(
  'json is read differently on every engine',
  'Use jsonPath(column, path, type) of terrace/dao',
)

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
  '||': differs('one engine reads it as OR', 'Use concat(…) of terrace/dao'),
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

/** Both sides, each bare value encoded by the other; comparable on every engine. */
function operands(pass: Pass, node: BinaryOperationNode, frame: Frame): Operands {
  const pair = operandPair(pass, node, frame)
  refuseNull(operatorOf(node.operator), pair)
  requireComparable(pair.left.meaning, pair.right.meaning)
  const bareNode = [node.rightOperand, node.leftOperand].find(isLiteral)
  return { pass, ...pair, bare: bareNode ?? null }
}

/** In a calculation a value is a number of its own, except that decimals are added and subtracted by their scale. */
function scaleOf(operator: string, beside: Meaning): Meaning | null {
  return numericKindOf(beside) === 'decimal' && operator !== '*' ? beside : null
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

export function unaryOperation(pass: Pass, node: UnaryOperationNode, frame: Frame): Expression {
  const operator = operatorOf(node.operator)
  if (operator === 'exists' || operator === 'not exists') return existence(pass, node, frame, operator)
  const found = operand(pass, node.operand, frame, null)
  if (operator === 'not') return condition(unary('not', found.node))
  if (operator === '-') {
    pass.findings.calculations += 1
    return negated(found)
  }
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
