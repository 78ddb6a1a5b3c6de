import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import { Type } from 'typebox'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Parsed, Shape } from '../index.ts'
import { parseAnyShape, renderShape, shapeOf } from '../index.ts'

const typeBox = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 5 }), size: Type.Optional(Type.Integer({ minimum: 0 })) },
  { additionalProperties: false },
)
const zod = z.strictObject({ name: z.string().min(1).max(5), size: z.int().min(0).optional() })
const valibot = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(5)),
  size: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
})
const arkType = type({ name: '1 <= string <= 5', 'size?': 'number.integer >= 0', '+': 'reject' })

const shapes: readonly (readonly [string, Shape])[] = [
  ['TypeBox', shapeOf(typeBox)],
  ['zod', shapeOf(zod)],
  ['valibot', shapeOf(toStandardJsonSchema(valibot))],
  ['ArkType', shapeOf(arkType)],
]

async function pathsOf(parsed: Parsed<unknown> | Promise<Parsed<unknown>>): Promise<readonly string[]> {
  const result = await parsed
  return result.ok ? [] : result.issues.map(({ path }) => path)
}

describe.each(shapes)('a schema of %s', (_, shape) => {
  it('describes itself as JSON Schema, without saying in which version', () => {
    expect(shape.schema).toMatchObject({ type: 'object', properties: { name: { minLength: 1, maxLength: 5 } } })
    expect(shape.schema.required).toEqual(['name'])
    expect(shape.schema).not.toHaveProperty('$schema')
  })

  it('gives what was sent where it fits, and nothing more', async () => {
    expect(await parseAnyShape(shape, { name: 'a' })).toEqual({ ok: true, value: { name: 'a' } })
    expect(await parseAnyShape(shape, { name: 'a', size: 3 })).toEqual({ ok: true, value: { name: 'a', size: 3 } })
  })

  it('names the place of what does not fit', async () => {
    expect(await pathsOf(parseAnyShape(shape, { name: '', size: -1 }))).toEqual(['/name', '/size'])
    expect(await pathsOf(parseAnyShape(shape, { name: 'a', size: '3' }))).toEqual(['/size'])
    expect(await pathsOf(parseAnyShape(shape, null))).toEqual([''])
  })

  it('lets nothing leave that does not fit', async () => {
    expect(await renderShape(shape, { name: 'a' })).toEqual({ name: 'a' })
    const render = async () => await renderShape(shape, { name: 'much too long' })
    await expect(render()).rejects.toMatchObject({ code: 'RESPONSE_MISMATCH', values: { property: '/name' } })
  })
})
