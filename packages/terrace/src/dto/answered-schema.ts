import type { JsonSchema } from './json-schema.ts'
import { list, nestedField, objectShape } from './object-shape.ts'
import type { Shape, ShapeField } from './shape.ts'

/** The schema of what is answered in a shape: all of it is there, what need not be sent included. */
export function answeredSchema(shape: Shape): JsonSchema {
  return answeredShape(shape).schema
}

/**
 * The same shape where everything that an answer always has is required, at every depth; a hand-written schema as it describes what
 * it lets out.
 */
export function answeredShape<S extends Shape>(shape: S): S {
  return answered(shape) as S
}

function answered(shape: Shape): Shape {
  if (shape.kind === 'foreign') return Object.freeze({ ...shape, schema: shape.answered })
  if (shape.kind === 'list') return list(answered(shape.item))
  return objectShape(shape.name, [...shape.fields.values()].map(answeredField))
}

function answeredField(field: ShapeField): ShapeField {
  if (field.kind !== 'nested') return { ...field, required: field.omittable !== true }
  const within = answeredShape(field.shape)
  return { ...nestedField(field.name, within, field), key: field.key, describe: field.describe }
}
