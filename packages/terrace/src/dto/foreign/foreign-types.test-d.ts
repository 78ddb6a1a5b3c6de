import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import { text } from '../../model/index.ts'
import { fromJsonSchema, shape, shapeOf } from '../index.ts'
import type { AnswerOf, AnswerValue, SentValue, TypeBoxValue, ValueOf } from '../index.ts'

const box = Type.Object({
  name: Type.String(),
  size: Type.Optional(Type.Integer()),
  kind: Type.Union([Type.Literal('a'), Type.Literal(2), Type.Null()]),
  unit: Type.Enum(['g', 'kg']),
  pair: Type.Tuple([Type.String(), Type.Boolean()]),
  both: Type.Intersect([Type.Object({ a: Type.Number() }), Type.Object({ b: Type.Unknown() })]),
  byName: Type.Record(Type.String(), Type.Array(Type.Number())),
  at: Type.Unsafe<Date>({ type: 'string' }),
})
type Box = {
  readonly name: string
  readonly kind: 'a' | 2 | null
  readonly unit: 'g' | 'kg'
  readonly pair: readonly [string, boolean]
  readonly both: { readonly a: number } & { readonly b: unknown }
  readonly byName: { readonly [key: string]: readonly number[] }
  readonly at: Date
  readonly size?: number
}
expectTypeOf<TypeBoxValue<typeof box>>().branded.toEqualTypeOf<Box>()
// What TypeBox itself calls the value of the schema may be given where ours is asked.
expectTypeOf<Static<typeof box>>().toExtend<TypeBoxValue<typeof box>>()
expectTypeOf<SentValue<typeof box>['size']>().toEqualTypeOf<number | undefined>()

const made = shapeOf(box)
expectTypeOf<ValueOf<typeof made>['kind']>().toEqualTypeOf<'a' | 2 | null>()
expectTypeOf<AnswerOf<typeof made>['unit']>().toEqualTypeOf<'g' | 'kg'>()

const coded = z.object({ size: z.string().transform(Number), mark: z.string().default('x') })
expectTypeOf<SentValue<typeof coded>>().toEqualTypeOf<{ size: number; mark: string }>()
expectTypeOf<AnswerValue<typeof coded>['size']>().toEqualTypeOf<string>()
expectTypeOf<AnswerValue<typeof coded>['mark']>().toEqualTypeOf<string | undefined>()

const ark = type({ name: 'string', 'size?': 'number' })
expectTypeOf<SentValue<typeof ark>['name']>().toEqualTypeOf<string>()
const valibot = toStandardJsonSchema(v.object({ name: v.string() }))
expectTypeOf<SentValue<typeof valibot>>().toEqualTypeOf<{ name: string }>()

const known = fromJsonSchema<{ readonly a: string }>({ type: 'object' })
expectTypeOf<SentValue<typeof known>>().toEqualTypeOf<{ readonly a: string }>()
expectTypeOf<AnswerValue<typeof known>>().toEqualTypeOf<{ readonly a: string }>()

const derived = shape({ note: text().nullable() })
expectTypeOf<SentValue<typeof derived>>().toEqualTypeOf<{ readonly note?: string | null }>()
expectTypeOf<AnswerValue<typeof derived>>().toEqualTypeOf<{ readonly note: string | null }>()

// @ts-expect-error plain JSON Schema says nothing of its type: fromJsonSchema<T>() does
shapeOf({ type: 'object' })
