import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import { Type } from 'typebox'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { TerraceError } from '../../errors/index.ts'
import {
  answeredSchema,
  fromJsonSchema,
  fromStandard,
  fromTypeBox,
  parseAnyShape,
  renderShape,
  shapeOf,
} from '../index.ts'
import type { Shape, ShapeSource, StandardSchema } from '../index.ts'

function refusal(declare: () => unknown): string {
  try {
    declare()
  } catch (error) {
    const { code, message } = error as TerraceError
    return `${code} ${message}`
  }
  return 'nothing is wrong with it'
}

async function issuesOf(shape: Shape, json: unknown) {
  const parsed = await parseAnyShape(shape, json)
  return parsed.ok ? [] : parsed.issues
}

async function codesOf(shape: Shape, json: unknown): Promise<readonly string[]> {
  return (await issuesOf(shape, json)).map(({ path, code }) => `${path} ${code}`)
}

async function mismatchOf(shape: Shape, value: unknown): Promise<unknown> {
  try {
    return await renderShape(shape, value)
  } catch (error) {
    const { code, values } = error as TerraceError
    return `${code} ${values['property']} ${values['found']}`
  }
}

/** What each value has that JSON has not. */
const notJson: readonly (readonly [unknown, string])[] = [
  [{ a: new Date(0) }, '/a a Date'],
  [{ a: [1n] }, '/a/0 a bigint'],
  [{ 'a/b': Number.NaN }, '/a~1b NaN'],
  [{ a: () => 1 }, '/a a function'],
  [[undefined], '/0 undefined'],
  [new Map(), 'the value a Map'],
]

describe('JSON Schema by hand', () => {
  const schema = {
    type: 'object',
    properties: {
      email: { type: 'string', format: 'email' },
      kind: { enum: ['a', 1] },
      tags: { type: 'array', items: { type: 'string', pattern: '^[a-z]$' }, maxItems: 3, uniqueItems: true },
      size: { type: 'integer', exclusiveMaximum: 10, default: 5 },
    },
    required: ['email'],
    additionalProperties: false,
  }
  const shape = fromJsonSchema<{ readonly email: string }>(schema, { name: 'Subscription' })

  it('says every rule that is broken, in both languages', async () => {
    const body = { kind: 'b', tags: ['A', 'b', 'b', 'c'], size: 10, extra: 1 }
    expect((await codesOf(shape, body)).toSorted()).toEqual([
      '/email REQUIRED',
      '/extra UNKNOWN',
      '/kind ONE_OF',
      '/size RANGE',
      '/tags LENGTH',
      '/tags REPEATED',
      '/tags/0 PATTERN',
    ])
    expect(await issuesOf(shape, { email: 'nobody' })).toEqual([
      { in: 'body', path: '/email', code: 'EMAIL', message: 'must be an e-mail address', zh: '必须是邮箱地址' },
    ])
  })

  it('fills nothing in, converts nothing and takes nothing away', async () => {
    const sent = { email: 'a@b.c' }
    expect(await parseAnyShape(shape, sent)).toEqual({ ok: true, value: { email: 'a@b.c' } })
    expect(await codesOf(shape, { email: 'a@b.c', size: '5' })).toEqual(['/size TYPE'])
    const open = fromJsonSchema({ type: 'object', properties: { a: { type: 'string' } } })
    expect(await parseAnyShape(open, { b: 1 })).toEqual({ ok: true, value: { b: 1 } })
    expect(await renderShape(open, { b: 1, c: undefined })).toEqual({ b: 1 })
  })

  it('says one fault of a body of thousands of wrong values, and at most 50 of any', async () => {
    const words = fromJsonSchema({ type: 'array', items: { type: 'string' } })
    const numbers = (count: number) => Array.from({ length: count }, (_, at) => at)
    expect(await codesOf(words, numbers(200))).toHaveLength(50)
    expect(await codesOf(words, numbers(5000))).toEqual(['/0 TYPE'])
  })

  it('lets nothing out that does not fit, or that JSON does not have', async () => {
    expect(await mismatchOf(shape, { email: 5 })).toBe('RESPONSE_MISMATCH /email refused by its schema (TYPE)')
    const anything = fromJsonSchema({})
    for (const [value, where] of notJson) expect(await mismatchOf(anything, value)).toBe(`RESPONSE_MISMATCH ${where}`)
  })

  it.each([
    ['a keyword that is none', { type: 'string', maxLenght: 5 }, 'maxLenght'],
    ['a type that is none', { type: 'text' }, 'it cannot be used'],
    ['a format that nobody checks', { type: 'string', format: 'isbn' }, 'isbn'],
    ['a reference to nothing', { $ref: '#/$defs/Missing' }, 'Missing'],
    ['a reference to elsewhere', { $ref: 'https://example.org/schema' }, 'it cannot be used'],
  ])('refuses %s', (_, wrong, problem) => {
    expect(refusal(() => fromJsonSchema(wrong))).toMatch(
      /^SHAPE_DECLARATION A shape is declared wrongly: the JSON Schema/,
    )
    expect(refusal(() => fromJsonSchema(wrong))).toContain(problem)
  })

  it('takes the annotations of OpenAPI, extensions and references within', async () => {
    const tree = fromJsonSchema({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $ref: '#/$defs/Node',
      $defs: {
        Node: {
          type: 'object',
          example: {},
          'x-order': 1,
          properties: { children: { type: 'array', items: { $ref: '#/$defs/Node' } } },
          additionalProperties: false,
        },
      },
    })
    expect(await codesOf(tree, { children: [{ children: [{ child: 1 }] }] })).toEqual([
      '/children/0/children/0/child UNKNOWN',
    ])
  })
})

describe('TypeBox', () => {
  it('describes tuples as JSON Schema has them now, and patterns by their source', async () => {
    const shape = fromTypeBox(Type.Object({ at: Type.Tuple([Type.Number(), Type.String({ pattern: /^a/ })]) }))
    expect(shape.schema.properties?.['at']).toMatchObject({
      prefixItems: [{ type: 'number' }, { type: 'string', pattern: '^a' }],
      minItems: 2,
      maxItems: 2,
    })
    expect(await codesOf(shape, { at: [1, 'a'] })).toEqual([])
    expect(await codesOf(shape, { at: [1, 'b', 2] })).not.toEqual([])
  })

  it('refers to itself', async () => {
    const Tree = Type.Cyclic({ Node: Type.Object({ next: Type.Optional(Type.Ref('Node')) }) }, 'Node')
    expect(await codesOf(shapeOf(Tree), { next: { next: {} } })).toEqual([])
    expect(await codesOf(shapeOf(Tree), { next: { next: 5 } })).toEqual(['/next/next TYPE'])
  })

  it('refuses what JSON Schema does not know', () => {
    const refined = Type.Object({ a: Type.Array(Type.Refine(Type.String(), (text) => text !== 'x')) })
    expect(refusal(() => shapeOf(refined))).toContain(
      'SHAPE_DECLARATION A shape is declared wrongly: the TypeBox schema: it has a Refine',
    )
    const decoded = Type.Codec(Type.String())
      .Decode((text) => new Date(text))
      .Encode((date) => date.toISOString())
    expect(refusal(() => shapeOf(Type.Object({ at: decoded })))).toContain('it has a Codec')
    expect(refusal(() => shapeOf(Type.Object({ big: Type.BigInt() })))).toContain('it cannot be used')
  })
})

describe('Standard Schema', () => {
  it('hands on what the validator makes of a body, and sends what it makes of an answer', async () => {
    const piped = fromStandard(z.object({ at: z.string().default('now'), tags: z.array(z.string()).optional() }), {
      name: 'Piped',
    })
    expect(await parseAnyShape(piped, {})).toEqual({ ok: true, value: { at: 'now' } })
    expect(await renderShape(piped, { tags: ['a'] })).toEqual({ at: 'now', tags: ['a'] })
    expect([piped.name, piped.schema.required, answeredSchema(piped).required]).toEqual(['Piped', undefined, ['at']])
  })

  it('waits for a validator that takes its time', async () => {
    const slow = {
      '~standard': {
        version: 1,
        vendor: 'slow',
        validate: async (value: unknown) =>
          value === 'ok' ? { value } : { issues: [{ message: 'is not ok', path: [{ key: 'a' }, 0] }] },
        jsonSchema: { input: () => ({ type: 'string' }), output: () => ({ type: 'string' }) },
      },
    } as const satisfies StandardSchema
    const shape = shapeOf(slow)
    expect(await parseAnyShape(shape, 'ok')).toEqual({ ok: true, value: 'ok' })
    expect(await issuesOf(shape, 'no')).toEqual([
      { in: 'body', path: '/a/0', code: 'SCHEMA', message: 'is not ok', zh: '不符合数据结构' },
    ])
    expect(await renderShape(shape, 'ok')).toBe('ok')
    expect(await mismatchOf(shape, 'no')).toBe('RESPONSE_MISMATCH /a/0 refused by its schema')
  })

  it('never repeats what was sent', async () => {
    const secret = 'hunter2-of-somebody'
    const shapes = [
      shapeOf(type({ email: 'string.email', 'size?': '3 <= number <= 5' })),
      shapeOf(z.object({ email: z.email(`no such thing as ${secret}`), size: z.number().max(5).optional() })),
    ]
    for (const shape of shapes)
      expect(JSON.stringify(await issuesOf(shape, { email: secret, size: 98765 }))).not.toMatch(/hunter2|98765/)
    const kept = await issuesOf(shapeOf(type({ email: 'string' })), { email: 5 })
    expect(kept[0]?.message).toContain('must be a string')
  })

  it('lets nothing out that JSON does not have', async () => {
    const schema = z.object({ at: z.any() })
    expect(await mismatchOf(shapeOf(schema), { at: new Date(0) })).toBe('RESPONSE_MISMATCH /at a Date')
  })

  it('refuses a schema that does not describe itself, or cannot', () => {
    expect(refusal(() => shapeOf(v.object({ a: v.string() })))).toMatch(
      /^SHAPE_DECLARATION A shape is declared wrongly: the valibot schema: it does not describe itself.* toStandardJsonSchema\(\)/,
    )
    expect(refusal(() => shapeOf(toStandardJsonSchema(v.object({ a: v.string() }))))).toBe('nothing is wrong with it')
    expect(refusal(() => shapeOf(z.object({ at: z.date() })))).toContain('the zod schema: its input cannot be written')
  })
})

describe('what is none of these', () => {
  it.each([[{}], [null], ['string'], [{ type: 'object' }], [() => 1]])('%o is refused', (given) => {
    expect(refusal(() => shapeOf(given as unknown as ShapeSource))).toContain('SHAPE_DECLARATION')
  })

  it('a shape stays what it is', () => {
    const shape = fromJsonSchema({ type: 'string' })
    expect(shapeOf(shape)).toBe(shape)
  })
})
