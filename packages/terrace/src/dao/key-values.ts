import { errors } from '../errors/index.ts'
import { canonicalValue } from '../model/index.ts'
import type { ColumnPlan, ModelPlan } from './model-plan.ts'
import { undefinedValue, unknownName } from './refusals.ts'

/**
 * The values of a key in the order of its columns: `id` itself, or the properties of an object for a composite key.
 *
 * Null when a value cannot be of its column's type: then no row has that key, on any engine.
 */
export function keyValues(plan: ModelPlan, id: unknown): readonly unknown[] | null {
  const [only, ...more] = plan.key
  if (only !== undefined && more.length === 0) {
    const value = keyValue(only, id, plan.name)
    return value === noSuchValue ? null : [value]
  }
  return compositeValues(plan, id)
}

const noSuchValue = Symbol('no value of this type')

function keyValue(column: ColumnPlan, value: unknown, model: string): unknown {
  if (value === undefined) throw undefinedValue(`The key ${column.name} of ${model}`)
  if (value === null) throw notAKey(model, `${column.name} is null`)
  if (column.checkType(value) !== null) return noSuchValue
  return column.isCanonical ? value : canonicalValue(column.fact, value)
}

function compositeValues(plan: ModelPlan, id: unknown): readonly unknown[] | null {
  if (id === undefined) throw undefinedValue(`The key of ${plan.name}`)
  const known = plan.key.map(({ name }) => name)
  if (typeof id !== 'object' || id === null) throw notAKey(plan.name, `an object of ${known.join(', ')} is expected`)
  for (const name of Object.keys(id)) {
    if (!known.includes(name)) throw unknownName(plan, 'key column', { name, known })
  }
  const values = plan.key.map((column) => keyValue(column, (id as Record<string, unknown>)[column.name], plan.name))
  return values.includes(noSuchValue) ? null : values
}

function notAKey(model: string, problem: string): Error {
  return errors.DAO_CONDITION({ values: { place: `The key of ${model}`, problem } })
}

/** The key of a row that was read. */
export function keyOfRow(plan: ModelPlan, row: Readonly<Record<string, unknown>>): readonly unknown[] {
  return plan.key.map(({ name }) => row[name])
}

/** Equal for equal values: what a `Map` can be looked up by. */
export function identityOf(values: readonly unknown[]): unknown {
  return values.length === 1 ? comparable(values[0]) : JSON.stringify(values.map((value) => String(comparable(value))))
}

/** The value itself, or what tells apart values that are objects. */
export function comparable(value: unknown): unknown {
  if (typeof value !== 'object') return value
  if (value instanceof Date) return value.getTime()
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
}
