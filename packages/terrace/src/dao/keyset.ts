import { errors } from '../errors/index.ts'
import { canonicalValue } from '../model/index.ts'
import type { Condition, Term } from './condition.ts'
import type { Row } from './dao-context.ts'
import type { ColumnPlan, ModelPlan, OrderTerm } from './model-plan.ts'
import type { Comparison } from './statement-tree.ts'

/**
 * The rows that stand behind a position in an order whose last terms are the key, as a condition with the shape of the order and of
 * the nulls of the position:
 *
 * ```
 * sort -createdAt, id   created_at <= ? and (created_at < ? or (created_at = ? and id > ?))
 * ```
 *
 * The first term alone bounds the rows, so that an index which begins with its column is entered where the position is, by every
 * engine. `DAO_POSITION` where the position lacks a column of the order, or has a value that is none of its column.
 */
export function behindPosition(plan: ModelPlan, orderBy: readonly OrderTerm[], position: object): Condition {
  const places = orderBy.map(({ column, direction }) => ({
    column,
    direction,
    value: valueAt(plan, column, position as Row),
  }))
  const [first, ...others] = places
  if (first === undefined) return nothing
  const bound = others.length === 0 ? null : notBefore(first)
  const beyond = behind(places)
  return bound === null ? beyond : both(bound, beyond)
}

/** The values of a row by which the order places it. */
export function positionOf(orderBy: readonly OrderTerm[], row: Row): Row {
  return Object.fromEntries(orderBy.map(({ column: { name } }) => [name, row[name]]))
}

/** One term of the order, with the value that the position has there. */
interface Place {
  readonly column: ColumnPlan
  readonly direction: OrderTerm['direction']
  readonly value: unknown
}

const nothing: Condition = { term: { kind: 'never' }, shape: 'never', values: [] }

function valueAt(plan: ModelPlan, column: ColumnPlan, position: Row): unknown {
  const { name, fact } = column
  const value = Object.hasOwn(position, name) ? position[name] : undefined
  if (value === undefined) throw refused(plan, `it has no ${name}`)
  if (value === null && !fact.nullable) throw refused(plan, `its ${name} is null`)
  if (value !== null && column.checkType(value) !== null) throw refused(plan, `its ${name} is no value of the column`)
  return value === null ? null : canonicalValue(fact, value)
}

function refused(plan: ModelPlan, problem: string): Error {
  return errors.DAO_POSITION({ values: { model: plan.name, problem } })
}

/** Behind by the first term, or equal by it and behind by the others. */
function behind([place, ...others]: readonly Place[]): Condition {
  if (place === undefined) return nothing
  const strictly = behindBy(place)
  if (others.length === 0) return strictly ?? nothing
  const tied = both(equalBy(place), behind(others))
  return strictly === null ? tied : either(strictly, tied)
}

/** Null where nothing is behind the value: NULL is the last of a descending order. */
function behindBy({ column, direction, value }: Place): Condition | null {
  if (direction === 'asc') return value === null ? nullTest(column, false) : compared(column, '>', value)
  if (value === null) return null
  return column.fact.nullable
    ? either(compared(column, '<', value), nullTest(column, true))
    : compared(column, '<', value)
}

/** Behind or equal; null where every row is. */
function notBefore({ column, direction, value }: Place): Condition | null {
  if (direction === 'asc') return value === null ? null : compared(column, '>=', value)
  if (value === null) return null
  return column.fact.nullable
    ? either(compared(column, '<=', value), nullTest(column, true))
    : compared(column, '<=', value)
}

function equalBy({ column, value }: Place): Condition {
  if (value === null) return nullTest(column, true)
  // Equality leaves case aside where the column does; the order does not.
  if (column.fact.foldedInto !== null) return both(compared(column, '>=', value), compared(column, '<=', value))
  return compared(column, '=', value)
}

function compared(column: ColumnPlan, operator: Comparison, value: unknown): Condition {
  return { term: { kind: 'compare', column, operator }, shape: `${column.name}${operator}`, values: [value] }
}

function nullTest(column: ColumnPlan, is: boolean): Condition {
  return { term: { kind: 'null', column, is }, shape: `${column.name}${is ? ' is' : ' is not'} null`, values: [] }
}

/** Two conditions of which both hold; one of them alone where the other is null. */
export function both(one: Condition | null, other: Condition): Condition {
  return one === null ? other : joined('all', one, other)
}

function either(one: Condition, other: Condition): Condition {
  return joined('any', one, other)
}

function joined(kind: Extract<Term['kind'], 'all' | 'any'>, one: Condition, other: Condition): Condition {
  const shape = `(${one.shape}${kind === 'all' ? '&' : '|'}${other.shape})`
  return { term: { kind, terms: [one.term, other.term] }, shape, values: [...one.values, ...other.values] }
}
