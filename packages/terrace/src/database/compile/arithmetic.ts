import { errors } from '../../errors/index.ts'
import { detached, numericKindOf, storageOf, type Meaning, type NumericKind } from './meaning.ts'
import type { Expression, Pass } from './pass.ts'
import { binary, call, cast, constant, unary } from './sql-nodes.ts'

type Operator = '+' | '-' | '*' | '/' | '%'

interface Pair {
  readonly left: Expression
  readonly right: Expression
}

/**
 * A calculation that means the same on every engine.
 *
 * - whole numbers: `+ - * %` give a whole number; `/` always gives a float, and NULL by zero
 * - floats: everything but `%`
 * - decimals: `+` and `-` of one scale, `*` by a whole number: some engines hold them as scaled integers
 *
 * Errors: `SCOPE_NOT_COMPARABLE`.
 */
export function arithmetic(pass: Pass, operator: Operator, pair: Pair): Expression {
  pass.findings.calculations += 1
  const kinds: Kinds = [numericKindOf(pair.left.meaning), numericKindOf(pair.right.meaning)]
  if (kinds.includes('decimal')) return decimalArithmetic(operator, pair, kinds)
  requireNumber(pair.left, kinds[0])
  requireNumber(pair.right, kinds[1])
  if (operator === '/') return quotient(pass, pair)
  const kind = widest(kinds)
  if (operator === '%' && kind === 'number')
    throw notAlike('The remainder of a float', 'engines round first', 'Use whole numbers')
  return calculated(pair, operator, { kind })
}

type Kinds = readonly [NumericKind | null, NumericKind | null]

function widest([left, right]: Kinds): 'integer' | 'bigint' | 'number' {
  if (left === 'float' || right === 'float') return 'number'
  return left === 'bigint' || right === 'bigint' ? 'bigint' : 'integer'
}

/** What is not known (an app's own function, raw SQL) is taken at its word. */
function requireNumber({ meaning }: Expression, kind: NumericKind | null): void {
  if (kind !== null || meaning.kind === 'unknown' || meaning.kind === 'null') return
  throw notAlike(`Arithmetic on ${nameOf(meaning)}`, `it is held as ${storageOf(meaning)}`, 'Compute it in code')
}

function quotient({ dialect }: Pass, { left, right }: Pair): Expression {
  const divisor = call('nullif', [right.node, constant(0)])
  return calculatedNode(binary(cast(left.node, dialect.castTypes.float), '/', divisor), { kind: 'number' })
}

function decimalArithmetic(operator: Operator, pair: Pair, kinds: Kinds): Expression {
  const { left, right } = pair
  const isSum = (operator === '+' || operator === '-') && storageOf(left.meaning) === storageOf(right.meaning)
  if (isSum) return calculated(pair, operator, left.meaning)
  const isWhole = (kind: NumericKind | null): boolean => kind === 'integer' || kind === 'bigint'
  if (operator === '*' && isWhole(kinds[1])) return calculated(pair, operator, left.meaning)
  if (operator === '*' && isWhole(kinds[0])) return calculated(pair, operator, right.meaning)
  throw notAlike(
    `"${operator}" on a decimal`,
    'decimals of different scale are held differently',
    'Add and subtract decimals of one scale, multiply by whole numbers, and do the rest in code',
  )
}

export function negated(operand: Expression): Expression {
  requireNumber(operand, numericKindOf(operand.meaning))
  return calculatedNode(unary('-', operand.node), operand.meaning)
}

function calculated({ left, right }: Pair, operator: Operator, meaning: Meaning): Expression {
  return calculatedNode(binary(left.node, operator, right.node), meaning)
}

function calculatedNode(node: Expression['node'], meaning: Meaning): Expression {
  // Computed values are no column's own any more: neither a key nor within a column's range.
  return { node, meaning: computed(meaning), companion: null, isNeverNull: false }
}

function computed(meaning: Meaning): Meaning {
  const kind = numericKindOf(meaning)
  if (kind === 'decimal') return detached(meaning)
  return kind === null ? meaning : { kind: kind === 'float' ? 'number' : kind }
}

function nameOf(meaning: Meaning): string {
  return meaning.kind === 'column' ? meaning.column.name : `a ${meaning.kind}`
}

function notAlike(what: string, why: string, remedy: string): Error {
  return errors.SCOPE_NOT_COMPARABLE({ values: { what, why, remedy } })
}
