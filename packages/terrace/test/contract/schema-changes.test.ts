import { describe, expect, test } from 'vitest'
import type { ApiDocument, Schema } from '../../src/contract/api-document.ts'
import { diffDocuments } from '../../src/contract/diff/diff-documents.ts'
import { answered, documentOf, inAnswer, inBody, object, sent, text } from './told.ts'

const cases: readonly (readonly [
  what: string,
  before: Schema,
  now: Schema,
  sent: readonly string[],
  answered: readonly string[],
])[] = [
  ['a type more', { type: 'string' }, { type: ['string', 'null'] }, ['values-allowed'], ['values-widened']],
  ['a type less', { type: ['string', 'null'] }, { type: 'string' }, ['values-narrowed'], ['values-excluded']],
  ['another type', { type: 'string' }, { type: 'boolean' }, ['values-narrowed'], ['values-widened']],
  ['whole numbers only', { type: 'number' }, { type: 'integer' }, ['values-narrowed'], ['values-excluded']],
  ['any type', { type: 'string' }, {}, ['values-allowed'], ['values-widened']],
  ['a value more', { enum: ['a'] }, { enum: ['a', 'b'] }, ['values-allowed'], ['values-widened']],
  ['a value less', { enum: ['a', 'b'] }, { enum: ['a'] }, ['values-narrowed'], ['values-excluded']],
  ['one value', { type: 'string' }, { type: 'string', const: 'a' }, ['values-narrowed'], ['values-excluded']],
  ['values in another order', { enum: ['a', 'b'] }, { enum: ['b', 'a'] }, [], []],
  ['a greater minimum', { minimum: 0 }, { minimum: 1 }, ['values-narrowed'], ['values-excluded']],
  ['a minimum of zero where there was none', {}, { minimum: 0 }, ['values-narrowed'], ['values-excluded']],
  ['a smaller minimum', { minimum: 1 }, { minimum: -1 }, ['values-allowed'], ['values-widened']],
  ['no maximum', { maximum: 9 }, {}, ['values-allowed'], ['values-widened']],
  ['a shorter text', { maxLength: 9 }, { maxLength: 8 }, ['values-narrowed'], ['values-excluded']],
  ['more items', { maxItems: 1 }, { maxItems: 2 }, ['values-allowed'], ['values-widened']],
  ['a pattern', text, { ...text, pattern: '^a' }, ['values-narrowed'], ['values-excluded']],
  ['another pattern', { ...text, pattern: '^b' }, { ...text, pattern: '^a' }, ['values-narrowed'], ['values-widened']],
  [
    'a word more in a pattern',
    { ...text, pattern: '^-?(id|name)(,-?(id|name))*$' },
    { ...text, pattern: '^-?(id|name|size)(,-?(id|name|size))*$' },
    ['values-allowed'],
    ['values-widened'],
  ],
  [
    'a word less in a pattern',
    { ...text, pattern: '^(?:a|b)$' },
    { ...text, pattern: '^(?:b)$' },
    ['values-narrowed'],
    ['values-excluded'],
  ],
  [
    'a word more behind what looks ahead',
    { ...text, pattern: '^(?!(a))b' },
    { ...text, pattern: '^(?!(a|b))b' },
    ['values-narrowed'],
    ['values-widened'],
  ],
  ['no format', { ...text, format: 'uuid' }, text, ['values-allowed'], ['values-widened']],
  ['no item twice', { type: 'array' }, { type: 'array', uniqueItems: true }, ['values-narrowed'], ['values-excluded']],
  [
    'what stands in a list',
    { items: { maximum: 1 } },
    { items: { maximum: 2 } },
    ['values-allowed /*'],
    ['values-widened /*'],
  ],
  ['null besides', text, { anyOf: [text, { type: 'null' }] }, ['values-allowed'], ['values-widened']],
  ['no null', { anyOf: [text, { type: 'null' }] }, text, ['values-narrowed'], ['values-excluded']],
  ['a choice in another order', { anyOf: [text, { type: 'null' }] }, { anyOf: [{ type: 'null' }, text] }, [], []],
  [
    'one of a choice',
    { anyOf: [object({ a: text }), { type: 'null' }] },
    { anyOf: [object({ a: { ...text, maxLength: 2 } }), { type: 'null' }] },
    ['values-narrowed /a'],
    ['values-excluded /a'],
  ],
  ['what it may not be', { not: { const: 1 } }, { not: { const: 2 } }, ['schema-changed'], ['schema-changed']],
  ['its default', { ...text, default: 'a' }, { ...text, default: 'b' }, ['default-changed'], []],
  ['its description', { description: 'a' }, { description: 'b', title: 'c', examples: [1] }, [], []],
]

describe('a schema that changes', () => {
  test.each(cases)('%s', (_, before, now, body, answer) => {
    expect([inBody(before, now), inAnswer(before, now)]).toEqual([body, answer])
  })
})

describe('schemas that refer', () => {
  const withSchemas = (schemas: Readonly<Record<string, Schema>>): ApiDocument =>
    documentOf(sent({ $ref: '#/components/schemas/Thing' }), '/things', { components: { schemas } })

  test('to themselves come to an end', () => {
    const tree = (value: Schema) =>
      object({ value, children: { type: 'array', items: { $ref: '#/components/schemas/Thing' } } })
    const changes = diffDocuments(
      withSchemas({ Thing: tree(text) }),
      withSchemas({ Thing: tree({ ...text, maxLength: 1 }) }),
    )
    expect(changes.map(({ rule, where }) => [rule, where])).toEqual([['values-narrowed', 'POST /things, body /value']])
  })

  test('to another name with the same in it are the same; to nothing, they cannot be compared', () => {
    const renamed = { ...withSchemas({}), components: { schemas: { Other: text } } }
    const now = { ...renamed, paths: { '/things': { post: sent({ $ref: '#/components/schemas/Other' }) } } }
    expect(diffDocuments(withSchemas({ Thing: text }), now)).toEqual([])
    expect(diffDocuments(withSchemas({ Thing: text }), withSchemas({})).map(({ rule }) => rule)).toEqual([
      'schema-changed',
    ])
  })

  const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
  const list = (items: Schema): Schema => ({ type: 'array', items })
  /** A row whole or in part, with rows of another kind within, each with the row again. */
  const rows = (body: Readonly<Record<string, Schema>>, required: readonly string[], more: Schema = text) => {
    const row = {
      id: text,
      ...body,
      steps: list(ref('Step')),
      parent: { anyOf: [ref('Row'), { type: 'null' as const }] },
    }
    const schemas = {
      Row: object(row, ['id', ...required]),
      RowPartial: object(row),
      Step: object({ words: more, row: ref('Row'), next: ref('Step') }, ['words']),
    }
    return documentOf(answered(object({ data: list({ anyOf: [ref('Row'), ref('RowPartial')] }) }, ['data'])), '/rows', {
      components: { schemas },
    })
  }
  const toldOf = (before: ApiDocument, now: ApiDocument) =>
    diffDocuments(before, now).map(({ rule, where }) => `${rule} ${where.replace('POST /rows, 200 ', '')}`)

  test('what a row has lost is named where it is answered whole or in part, and not again for each place that holds one', () => {
    const before = rows({ body: text }, ['body'])
    expect(toldOf(before, rows({}, []))).toEqual(['property-removed /data/*/body'])
    expect(toldOf(before, rows({ body: text }, []))).toEqual(['property-optional /data/*/body'])
    expect(toldOf(before, rows({ text }, ['text']))).toEqual([
      'property-removed /data/*/body',
      'property-added /data/*/text',
    ])
    const nullable: Schema = { type: ['string', 'null'] }
    expect(toldOf(before, rows({ body: text }, ['body'], nullable))).toEqual(['values-widened /data/*/steps/*/words'])
  })

  test('one of several that are gone is told where it became none of the others', () => {
    const schemas = { A: object({ a: text }, ['a']), B: object({ b: text }, ['b']) }
    const choice = (names: readonly string[], more: Readonly<Record<string, Schema>> = {}) =>
      documentOf(answered({ anyOf: names.map(ref) }), '/rows', { components: { schemas: { ...schemas, ...more } } })
    const changed = { A: object({ a: { type: 'boolean' } }, ['a']), C: object({ c: text }, ['c']) }
    expect(toldOf(choice(['A', 'B']), choice(['A', 'C'], changed)).toSorted()).toEqual([
      'values-excluded POST /rows, 200',
      'values-widened /a',
      'values-widened POST /rows, 200',
    ])
  })

  test('allOf is all of it', () => {
    const parts: Schema = { allOf: [object({ a: text }, ['a']), { properties: { b: text } }] }
    expect(inBody(parts, { ...object({ a: text, b: text }, ['a']) })).toEqual([])
  })
})
