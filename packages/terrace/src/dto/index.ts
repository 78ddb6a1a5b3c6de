export { answeredSchema, answeredShape } from './answered-schema.ts'
export { columnSchema } from './column-schema.ts'
export { computed } from './computed.ts'
export type { Computed } from './computed.ts'
export type { AnswersOf, Create, CreateWith, Patch, PatchWith, Read, ReadWith, ValuesOf } from './dto-types.ts'
export { fromJsonSchema } from './foreign/from-json-schema.ts'
export { fromStandard } from './foreign/from-standard.ts'
export type { ForeignOptions } from './foreign/from-standard.ts'
export { fromTypeBox } from './foreign/from-type-box.ts'
export { shapeOf } from './foreign/shape-of.ts'
export type { AnswerValue, SentValue, ShapeFrom, ShapeSource } from './foreign/shape-of.ts'
export type { StandardSchema } from './foreign/standard-schema.ts'
export type { TypeBoxSchema, TypeBoxValue } from './foreign/type-box.ts'
export { inWire, nameInWire } from './in-wire.ts'
export type { WireNames } from './in-wire.ts'
export { findJsonFault } from './json-fault.ts'
export type { JsonSchema, JsonType } from './json-schema.ts'
export { create, patch, read, readOf, shape } from './model-shapes.ts'
export { columnField, list, listSchema, nestedField, objectShape } from './object-shape.ts'
export { nullable, optional } from './parts.ts'
export type { NullablePart, OptionalPart, Part, Parts } from './parts.ts'
export { parseAnyShape, parseShape, parseText } from './parse-shape.ts'
export { readableRelations } from './readable-relations.ts'
export type { ReadableRelation } from './readable-relations.ts'
export { renderShape } from './render-shape.ts'
export type {
  AnswerOf,
  ColumnField,
  ComputedField,
  ForeignShape,
  ListBounds,
  ListShape,
  NestedField,
  ObjectShape,
  Parsed,
  Shape,
  ShapeField,
  ValueOf,
} from './shape.ts'
export type { ColumnChoice, CreateOptions, PatchOptions, ReadOptions } from './shape-options.ts'
export { wireTypeOf } from './wire-type.ts'
export type { WireType } from './wire-type.ts'
