import { describe, expect, test } from 'vitest'
import type { ApiDocument, Schema } from '../../src/contract/api-document.ts'
import { clientSource } from '../../src/contract/client/client-source.ts'
import { isSameCode } from '../../src/contract/client/same-code.ts'
import { typeNames } from '../../src/contract/client/type-names.ts'
import { typeText } from '../../src/contract/client/type-text.ts'

const parts = { indent: '  ', nameOf: ($ref: string) => ($ref.endsWith('/Thing') ? 'Thing' : null) }
const textOf = (schema: Schema): string => typeText(schema, parts).replaceAll(/\s+/g, ' ')
const thing = { $ref: '#/components/schemas/Thing' }
const text: Schema = { type: 'string' }

describe('a schema as a type', () => {
  test.each<[Schema, string]>([
    [text, 'string'],
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'string', nullable: true } as Schema, 'string | null'],
    [{ enum: ['a', "it's", 1, null] }, String.raw`'a' | 'it\'s' | 1 | null`],
    [{ const: 'a' }, "'a'"],
    [{}, 'unknown'],
    [thing, 'Thing'],
    [{ $ref: '#/nowhere' }, 'unknown'],
    [{ type: 'array', items: text }, 'string[]'],
    [{ type: 'array', items: { enum: ['a', 'b'] } }, "('a' | 'b')[]"],
    [{ type: 'array', items: { anyOf: [thing, { type: 'null' }] } }, '(Thing | null)[]'],
    [{ type: 'array' }, 'unknown[]'],
    [{ prefixItems: [text, { type: 'boolean' }] }, '[string, boolean, ...unknown[]]'],
    [{ type: 'array', items: { type: 'object', properties: { a: text } } }, '{ a?: string }[]'],
    [{ anyOf: [thing, { type: 'null' }] }, 'Thing | null'],
    [{ anyOf: [thing, {}] }, 'unknown'],
    [{ anyOf: [thing, { $ref: '#/components/schemas/ThingPartial' }] }, 'Thing'],
    [{ allOf: [thing, { type: 'object', properties: { a: text } }] }, 'Thing & { a?: string }'],
    [{ type: 'object', properties: { a: text, 'b-c': text }, required: ['a'] }, "{ a: string 'b-c'?: string }"],
    [{ type: 'object' }, 'Record<string, unknown>'],
    [{ type: 'object', additionalProperties: false }, 'Record<string, never>'],
    [{ type: 'object', additionalProperties: { type: 'integer' } }, 'Record<string, number>'],
    [
      { type: 'object', properties: { a: text, b: text }, oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      '{ a?: string b?: string } & ({ a: string; b?: never } | { b: string; a?: never })',
    ],
  ])('%j', (schema, expected) => {
    expect(textOf(schema)).toBe(expected)
  })

  test('says in comments what a type cannot, and ends none of them early', () => {
    const schema: Schema = {
      type: 'object',
      properties: {
        size: { type: 'integer', minimum: 0, maximum: 9, description: 'How */ large' },
        name: { type: 'string', minLength: 1, deprecated: true },
      },
    }
    expect(typeText(schema, parts)).toBe(
      [
        '{',
        '  /**',
        String.raw`   * How *\/ large`,
        '   * Whole number, 0 to 9.',
        '   */',
        '  size?: number',
        '  /**',
        '   * At least 1 characters.',
        '   * @deprecated',
        '   */',
        '  name?: string',
        '}',
      ].join('\n'),
    )
  })
})

test('names of schemas become names of types, each its own', () => {
  expect([...typeNames(['Post', 'blog.post', 'Blog-Post', 'paths', '1st', 'Record'])]).toEqual([
    ['Post', 'Post'],
    ['blog.post', 'BlogPost'],
    ['Blog-Post', 'BlogPost2'],
    ['paths', 'Paths'],
    ['1st', 'Type1st'],
    ['Record', 'Record2'],
  ])
})

const document: ApiDocument = {
  openapi: '3.1.1',
  info: { title: 'Two\nlines */', version: '1' },
  paths: {
    '/things/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      post: {
        summary: 'Makes it',
        description: 'Makes it\n\nat once.',
        deprecated: true,
        parameters: [
          { name: 'Idempotency-Key', in: 'header', required: true, schema: text },
          { name: 'If-Match', in: 'header', required: true, schema: text },
          { name: 'X-Shop', in: 'header', required: true, schema: text },
        ],
        responses: {
          200: { description: 'Made', content: { 'text/csv': { schema: {} } } },
          404: { $ref: '#/components/responses/Missing' },
        },
      },
    },
  },
  components: {
    responses: {
      Missing: {
        description: 'None',
        content: { 'application/json': { schema: { properties: { code: { enum: ['NONE'] } } } } },
      },
    },
  },
}

describe('a document as a client', () => {
  const source = clientSource(document)

  test('is the same text each time, with what is common once', () => {
    expect(clientSource(structuredClone(document))).toBe(source)
    expect(source.split('\n')[0]).toBe(
      '// Two lines */ 1. Written by `terrace client`: change the app, and run it again.',
    )
    expect(source).toContain("        404: responses['Missing']")
    expect(source).toContain("export type ErrorCode =\n  | 'NONE'")
  })

  test('knows which operations take a key, and asks for no header that it sends by itself', () => {
    expect(source).toContain("const idempotent: readonly string[] = [\n  'POST /things/{id}',\n]")
    expect(source).toMatch(/path: \{\n\s+id: string\n/)
    expect(source).toContain("'Idempotency-Key'?: string")
    expect(source).toContain("'If-Match'?: string")
    expect(source).toContain("'X-Shop': string")
    expect(source).toContain("'text/csv': string")
  })

  test('documents each operation', () => {
    expect(source).toContain('     * Makes it\n')
    expect(source).toContain('     * at once.\n     * @deprecated\n')
  })
})

test('sources are the same whatever a formatter has made of them, and no further', () => {
  const written = "type A = 'a' | 'b'\nconst b = [\n  'x',\n]"
  expect(isSameCode(written, 'type A =\n  | "a"\n  | "b";\nconst b = ["x"];\n')).toBe(true)
  expect(isSameCode(written, written.replace("'b'", "'c'"))).toBe(false)
  expect(isSameCode(written, written.replace("'a' | ", ''))).toBe(false)
})
