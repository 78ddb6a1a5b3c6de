import { shapeError } from '../shape-error.ts'
import type { AnswerOf, ForeignShape, Shape, ValueOf } from '../shape.ts'
import { fromStandard } from './from-standard.ts'
import { fromTypeBox } from './from-type-box.ts'
import type { StandardInput, StandardOutput, StandardSchema } from './standard-schema.ts'
import type { TypeBoxSchema, TypeBoxValue } from './type-box.ts'

/**
 * Whatever may describe a body or an answer: a shape, a Standard Schema that gives its JSON Schema (zod, ArkType, valibot's
 * `toStandardJsonSchema`), a TypeBox schema.
 */
export type ShapeSource = Shape | StandardSchema | TypeBoxSchema

/** What a handler gets where a request is described by this. */
export type SentValue<S> = S extends Shape
  ? ValueOf<S>
  : S extends StandardSchema
    ? StandardOutput<S>
    : S extends TypeBoxSchema
      ? TypeBoxValue<S>
      : never

/** What a handler gives where an answer is described by this. */
export type AnswerValue<S> = S extends Shape
  ? AnswerOf<S>
  : S extends StandardSchema
    ? StandardInput<S>
    : S extends TypeBoxSchema
      ? TypeBoxValue<S>
      : never

/** The shape that `shapeOf` makes of it. */
export type ShapeFrom<S> = S extends Shape ? S : ForeignShape<SentValue<S>, AnswerValue<S>>

/** The shape of whatever a route was given; a shape is given back as it is. `SHAPE_DECLARATION` for what is none of these. */
export function shapeOf<S extends ShapeSource>(given: S): ShapeFrom<S> {
  return shapeFrom(given) as ShapeFrom<S>
}

function shapeFrom(given: ShapeSource): Shape {
  if (isShape(given)) return given
  if (isStandardSchema(given)) return fromStandard(given)
  if (isTypeBoxSchema(given)) return fromTypeBox(given)
  throw shapeError([
    {
      where: 'shapeOf',
      problem: 'this is no shape, no Standard Schema and no TypeBox schema',
      remedy: 'Give shape({ … }), a schema of a library that implements Standard Schema, or fromJsonSchema(schema)',
    },
  ])
}

function isShape(given: ShapeSource): given is Shape {
  return hasKey(given, 'kind') && hasKey(given, 'schema')
}

/** ArkType's schemas are functions. */
function isStandardSchema(given: ShapeSource): given is StandardSchema {
  return hasKey(given, '~standard')
}

function isTypeBoxSchema(given: ShapeSource): given is TypeBoxSchema {
  return hasKey(given, '~kind') || hasKey(given, '~unsafe')
}

function hasKey(given: unknown, key: string): boolean {
  return ((typeof given === 'object' && given !== null) || typeof given === 'function') && key in given
}
