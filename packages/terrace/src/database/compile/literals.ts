import type { OperationNode, ValueNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import { Slot, type Binding } from './compiled-statement.ts'
import type { ColumnMeaning, Meaning, PlainMeaning } from './meaning.ts'
import type { Expression, Pass } from './pass.ts'
import { cast, constant, parameter } from './sql-nodes.ts'

/**
 * A bare value in an expression. Beside a column it is encoded by its codec; beside a plain kind it must be of that kind; alone
 * it gets its type by a cast, because engines guess differently. Booleans and null stand in the text.
 *
 * Errors: `SCOPE_UNDEFINED_VALUE`, `SCOPE_VALUE`.
 */
export function literal(pass: Pass, node: ValueNode, expected: Meaning | null): Expression {
  const { value } = node
  if (value === undefined) throw errors.SCOPE_UNDEFINED_VALUE({ values: { where: whereOf(expected) } })
  if (value === null) return expression(constant(null), { kind: 'null' })
  if (expected?.kind === 'column') return expression(parameter(boundBeside(pass, expected, value)), expected)
  if (expected?.kind === 'rows') throw wrongValue('A value beside rows', 'must be rows of the same columns')
  if (expected?.kind === 'tuple') throw wrongValue('a list of columns', 'must be a tuple of as many values')
  return plainLiteral(pass, node, expected)
}

function expression(node: OperationNode, meaning: Meaning): Expression {
  return {
    node,
    meaning: meaning.kind === 'column' ? { ...meaning, model: null } : meaning,
    companion: null,
    isNeverNull: meaning.kind !== 'null',
  }
}

/** A value beside a column, encoded and checked. */
function boundBeside({ coders, options }: Pass, { column }: ColumnMeaning, value: unknown): Binding {
  const { encode, encodeChecked } = coders.of(column)
  // The DAO checks what it puts into slots, and runs such statements most.
  if (value instanceof Slot) return { kind: 'slot', slot: value.name, encode: options.byRule ? encode : encodeChecked }
  return { kind: 'value', value: encodeChecked(value) }
}

/** The same for the companion of a column: the value without case. */
export function boundBesideCompanion({ coders, options }: Pass, { column }: ColumnMeaning, value: unknown): Binding {
  const { encodeFolded, encodeFoldedChecked } = coders.of(column)
  if (value instanceof Slot) {
    return { kind: 'slot', slot: value.name, encode: options.byRule ? encodeFolded : encodeFoldedChecked }
  }
  return { kind: 'value', value: encodeFoldedChecked(value) }
}

type PlainKind = Exclude<PlainMeaning['kind'], 'null' | 'unknown'>

function plainLiteral(pass: Pass, node: ValueNode, expected: PlainMeaning | null): Expression {
  const { value } = node
  const known = expected === null || expected.kind === 'unknown' || expected.kind === 'null' ? null : expected.kind
  if (value instanceof Slot)
    return expression(parameter({ kind: 'slot', slot: value.name, encode: null }), expected ?? { kind: 'unknown' })
  const kind = kindOfValue(value)
  if (kind === null)
    throw wrongValue(
      'A value beside no column',
      'must be a text, a number, a boolean or null: nothing says how others are held',
    )
  if (known !== null && !fits(kind, known)) throw wrongValue('A value', `must be a ${known}, as what it stands beside`)
  if (kind === 'boolean') return expression(constant(value as boolean), { kind })
  if (node.immediate === true && kind !== 'text') return expression(constant(value as number | bigint), { kind })
  const bound = parameter({ kind: 'value', value })
  return expression(known === null ? typed(pass, bound, kind) : bound, { kind })
}

function typed({ dialect: { castTypes } }: Pass, node: OperationNode, kind: PlainKind): OperationNode {
  if (kind === 'number') return cast(node, castTypes.float)
  return kind === 'text' ? node : cast(node, castTypes.integer)
}

/** The kind of a plain value; null for what only a column knows how to hold. */
function kindOfValue(value: unknown): PlainKind | null {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean' || typeof value === 'bigint') return typeof value as PlainKind
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  return Number.isSafeInteger(value) ? 'integer' : 'number'
}

const numbers: ReadonlySet<PlainKind> = new Set(['integer', 'bigint', 'number'])

const fits = (kind: PlainKind, expected: PlainKind): boolean =>
  kind === expected || (numbers.has(kind) && numbers.has(expected))

export function wrongValue(where: string, problem: string): Error {
  return errors.SCOPE_VALUE({ values: { where, problem } })
}

function whereOf(expected: Meaning | null): string {
  return expected?.kind === 'column' ? `A condition on ${expected.column.name}` : 'An expression'
}

/** Bare values, whose type follows from what they stand beside. */
export function isLiteral(node: OperationNode): node is ValueNode {
  return node.kind === 'ValueNode'
}
