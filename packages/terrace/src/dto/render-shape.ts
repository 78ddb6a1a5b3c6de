import { errors } from '../errors/index.ts'
import type { ColumnField, ComputedField, ObjectShape, Shape, ShapeField } from './shape.ts'

type RowData = Readonly<Record<string, unknown>>

/**
 * A value as plain JSON: the shape's properties and nothing else, null included. A promise only where a foreign shape takes
 * its time.
 *
 * `RESPONSE_MISMATCH` when the value lacks a property, has null where the shape does not allow it, or a value of another type:
 * a serialiser would turn that into `0`, `""` or null in silence.
 */
export function renderShape(shape: Shape, value: unknown): unknown {
  if (shape.kind === 'object') return renderObject(shape, value)
  if (shape.kind === 'foreign') return shape.render(value)
  if (!Array.isArray(value)) throw mismatch('list', 'the list', typeof value)
  const { item } = shape
  return value.map((entry) => renderShape(item, entry))
}

function renderObject(shape: ObjectShape, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw mismatch(shape.name, 'the object', kindOf(value))
  const json: Record<string, unknown> = {}
  for (const field of fieldsOf(shape)) {
    const part = field.kind === 'computed' ? field.compute(value as never) : (value as RowData)[field.name]
    if (part === null && field.nullable) json[field.key] = null
    else if (part !== undefined && part !== null) json[field.key] = renderField(shape, field, part)
    else if (part === null || !mayBeAbsent(field)) throw mismatch(shape.name, field.name, kindOf(part))
  }
  return json
}

const lists = new WeakMap<ObjectShape, readonly ShapeField[]>()

/** As a list, which is gone through faster than a map: once for each row. */
function fieldsOf(shape: ObjectShape): readonly ShapeField[] {
  const known = lists.get(shape)
  if (known !== undefined) return known
  const fields = [...shape.fields.values()]
  lists.set(shape, fields)
  return fields
}

/** What need not be sent is answered all the same; only what a client did not ask to be included is left out. */
function mayBeAbsent({ kind, required, omittable = false }: ShapeField): boolean {
  return omittable || (kind === 'nested' && !required)
}

function renderField(shape: ObjectShape, field: ShapeField, part: unknown): unknown {
  if (field.kind === 'nested') return renderShape(field.shape, part)
  return rendered(shape, field, part)
}

function rendered(shape: ObjectShape, field: ColumnField | ComputedField, part: unknown): unknown {
  if (field.isOfType(part)) return field.wire.render(part)
  throw mismatch(shape.name, field.name, `a ${typeof part} that is none of its type`)
}

function kindOf(value: unknown): string {
  return value === null || value === undefined ? String(value) : typeof value
}

/** Says of which kind the value is, never the value. */
function mismatch(shape: string | null, property: string, found: string): Error {
  return errors.RESPONSE_MISMATCH({ values: { shape: shape ?? 'response', property, found } })
}
