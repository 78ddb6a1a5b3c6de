export { columnSchema } from './column-schema.ts'
export type { Create, Patch, Read, ValuesOf } from './dto-types.ts'
export { inWire, nameInWire } from './in-wire.ts'
export type { WireNames } from './in-wire.ts'
export type { JsonSchema, JsonType } from './json-schema.ts'
export { create, patch, read, readOf, shape } from './model-shapes.ts'
export { columnField, list, nestedField, objectShape } from './object-shape.ts'
export { parseAnyShape, parseShape, parseText } from './parse-shape.ts'
export { readableRelations } from './readable-relations.ts'
export type { ReadableRelation } from './readable-relations.ts'
export { renderShape } from './render-shape.ts'
export type {
  ColumnField,
  ComputedField,
  ForeignShape,
  ListShape,
  NestedField,
  ObjectShape,
  Parsed,
  Shape,
  ShapeField,
  ValueOf,
} from './shape.ts'
export { wireTypeOf } from './wire-type.ts'
export type { WireType } from './wire-type.ts'
