import { errors } from '../errors/index.ts'
import type { Shape } from './shape.ts'

/**
 * A row as plain JSON: the shape's properties and nothing else, null included.
 *
 * `RESPONSE_MISMATCH` when the row lacks a property, has null where the shape does not allow it, or a value of another type: a
 * serialiser would turn that into `0`, `""` or null in silence.
 */
export function renderShape(shape: Shape, row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const json: Record<string, unknown> = {}
  for (const [name, field] of shape.fields) {
    const value = row[name]
    if (value === null && field.column.nullable) json[name] = null
    else if (value !== undefined && value !== null && field.isOfType(value)) json[name] = field.wire.render(value)
    else throw mismatch(shape, name, value)
  }
  return json
}

/** Says of which kind the value is, never the value. */
function mismatch(shape: Shape, property: string, value: unknown): Error {
  const found = value === null || value === undefined ? String(value) : `a ${typeof value} that is none of its type`
  return errors.RESPONSE_MISMATCH({ values: { shape: shape.name ?? 'response', property, found } })
}
