import { compileValidator, typeCheck } from '../model/index.ts'
import type { ColumnFact } from '../model/index.ts'
import { columnSchema } from './column-schema.ts'
import type { JsonSchema } from './json-schema.ts'
import { shapeError } from './shape-error.ts'
import type {
  AnswerOf,
  ColumnField,
  ListBounds,
  ListShape,
  NestedField,
  ObjectShape,
  Shape,
  ShapeField,
  ValueOf,
  Variants,
} from './shape.ts'
import { variantSchema } from './variants.ts'
import { wireTypeOf } from './wire-type.ts'

/** An object of these fields; later ones replace earlier ones of the same name. */
export function objectShape<T, A = T>(
  name: string | null,
  fields: readonly ShapeField[],
  variants: Variants = [],
): ObjectShape<T, A> {
  return Object.freeze({
    kind: 'object',
    name,
    fields: new Map(fields.map((field) => [field.name, field])),
    keys: new Map(fields.map((field) => [field.key, field])),
    variants,
    schema: { ...objectSchema(fields), ...variantSchema(variants, fields) },
  })
}

/**
 * An array of what `item` says, `list(read(models.Product))`, of as many entries as the bounds say. `SHAPE_DECLARATION` for a hand-written schema,
 * which has arrays of its own.
 */
export function list<S extends Shape>(
  item: S,
  bounds: ListBounds = {},
): ListShape<readonly ValueOf<S>[], readonly AnswerOf<S>[]> {
  if (item.kind === 'foreign') throw shapeError([foreignItem])
  return Object.freeze({ kind: 'list', name: null, item, bounds, schema: listSchema(item.schema, bounds) })
}

/** The schema of an array of as many items as the bounds say. */
export function listSchema(items: JsonSchema, { atLeast, atMost }: ListBounds): JsonSchema {
  return {
    type: 'array',
    items,
    ...(atLeast === undefined ? {} : { minItems: atLeast }),
    ...(atMost === undefined ? {} : { maxItems: atMost }),
  }
}

const foreignItem = {
  where: 'list()',
  problem: 'its items are described by a hand-written schema, which cannot stand within a derived shape',
  remedy: 'Write the array in that schema too: Type.Array(…), z.array(…)',
}

/** The property that a column becomes, under the column's own name. */
export function columnField(column: ColumnFact, required: boolean): ColumnField {
  return {
    kind: 'column',
    name: column.name,
    key: column.name,
    required,
    nullable: column.nullable,
    schema: columnSchema(column),
    describe: column.describe,
    column,
    wire: wireTypeOf(column.type),
    check: compileValidator(column),
    isOfType: typeTest(column),
  }
}

/** A property whose schema says what stands in where it is not sent. */
export function withDefault(field: ColumnField): ColumnField {
  const { default: given, type } = field.column
  if (given?.kind !== 'value') return field
  const value = given.value === null ? null : wireTypeOf(type).render(given.value)
  return { ...field, schema: { ...field.schema, default: value } }
}

/** A property that holds another shape. */
export function nestedField(
  name: string,
  shape: ObjectShape | ListShape,
  { required, nullable }: Pick<NestedField, 'required' | 'nullable'>,
): NestedField {
  const schema = nullable ? { anyOf: [shape.schema, { type: 'null' } as const] } : shape.schema
  return { kind: 'nested', name, key: name, required, nullable, schema, describe: null, shape }
}

/** Native types are the database's own: whatever it gave is one. */
export function typeTest({ type }: ColumnFact): (value: unknown) => boolean {
  if (type.kind === 'native') return () => true
  const check = typeCheck(type)
  return (value) => check(value) === null
}

function objectSchema(fields: readonly ShapeField[]): JsonSchema {
  const required = fields.filter((field) => field.required).map(({ key }) => key)
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ key, schema }) => [key, schema])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  }
}
