import { errors } from '../errors/index.ts'
import type { Shape } from './shape.ts'

/**
 * A row as plain JSON: the shape's properties and nothing else, null included.
 *
 * `RESPONSE_MISMATCH` when the row lacks a property, or has null where the shape does not allow it: a serialiser would turn
 * that into `0` or `""` in silence.
 */
export function renderShape(shape: Shape, row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const json: Record<string, unknown> = {}
  for (const [name, field] of shape.fields) {
    const value = row[name]
    if (value === undefined || (value === null && !field.column.nullable)) {
      throw errors.RESPONSE_MISMATCH({
        values: { shape: shape.name ?? 'response', property: name, found: String(value) },
      })
    }
    json[name] = value === null ? null : field.wire.render(value)
  }
  return json
}
