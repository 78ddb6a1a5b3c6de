import { snakeCase } from '../model/index.ts'
import { list, nestedField, objectShape } from './object-shape.ts'
import type { Shape, ShapeField } from './shape.ts'

/** How names travel: as they are in code, or all in `snake_case`. */
export type WireNames = 'camel' | 'snake'

/** A name as it travels. */
export function nameInWire(name: string, names: WireNames): string {
  return names === 'snake' ? snakeCase(name) : name
}

/** The same shape with its properties named as everything of the app is. A key that was chosen by hand stays as it is. */
export function inWire<S extends Shape>(shape: S, names: WireNames): S {
  return names === 'camel' ? shape : (renamed(shape, names) as S)
}

function renamed(shape: Shape, names: WireNames): Shape {
  if (shape.kind === 'foreign') return shape
  if (shape.kind === 'list') return list(renamed(shape.item, names), shape.bounds)
  return objectShape(
    shape.name,
    [...shape.fields.values()].map((field) => renamedField(field, names)),
    shape.variants,
  )
}

function renamedField(field: ShapeField, names: WireNames): ShapeField {
  const key = field.key === field.name ? nameInWire(field.name, names) : field.key
  if (field.kind !== 'nested') return { ...field, key }
  const shape = inWire(field.shape, names)
  return { ...nestedField(field.name, shape, field), key, describe: field.describe }
}
