import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  actor,
  array,
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  float,
  graph,
  identity,
  integer,
  json,
  model,
  oneOf,
  owner,
  smallint,
  softDelete,
  text,
  time,
  timestamp,
  timestamps,
  uuid,
} from '../model/index.ts'
import { create, parseShape, patch, read, renderShape, shape } from './index.ts'
import type { ObjectShape } from './index.ts'

const Device = model('devices', { id: text().length(1, 64).primaryKey() }, { access: actor() })
const Product = model('products', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  name: text().length(1, 100).describe('Product name').example('Chicken Breast'),
  kcal100g: integer().range(0, 1000).column('kcal_100g'),
  note: text().length(0, 200).nullable(),
  isPublic: boolean().default(false),
  code: text().length(3, 3).immutable(),
  margin: integer().hidden().default(0),
  pin: text().length(4, 4).writeOnly(),
  views: integer().readOnly().default(0),
  ...timestamps(),
  ...softDelete(),
})
const models = graph({ Device, Product })

const everyType = shape({
  aUuid: uuid(),
  aText: text(),
  anInteger: integer(),
  aSmallint: smallint(),
  aBigint: bigint(),
  anIdentity: identity(),
  aDecimal: decimal(5, 2),
  aFloat: float(),
  aBoolean: boolean(),
  anInstant: timestamp(),
  aFineInstant: timestamp({ precision: 6 }),
  aDate: date(),
  aTime: time(),
  aJson: json(),
  anArray: array(integer()),
  someBytes: bytes(),
  aChoice: oneOf('small', 'large'),
})
const wireOfEveryType = {
  aUuid: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
  aText: ' kept as it is ',
  anInteger: -5,
  aSmallint: 7,
  aBigint: '9223372036854775807',
  anIdentity: 9007199254740991,
  aDecimal: '123.45',
  aFloat: 0.1,
  aBoolean: true,
  anInstant: '2026-02-05T10:00:00.123Z',
  aFineInstant: '2026-02-05T10:00:00.123456Z',
  aDate: '2024-02-29',
  aTime: '23:59:59',
  aJson: { nested: [1, null, 'x'] },
  anArray: [1, 2, 3],
  someBytes: 'AQID/w==',
  aChoice: 'large',
}

function codesOf(target: ObjectShape, body: unknown): readonly string[] {
  const parsed = parseShape(target, body)
  return parsed.ok ? [] : parsed.issues.map(({ path, code }) => `${path} ${code}`)
}

describe('a decimal that is a number in JSON', () => {
  const target = shape({ grams: decimal(9, 2, { json: 'number' }).range('0.01', '100000') })

  it('is text in process, so that calculations are exact, and the same number again in an answer', () => {
    for (const grams of [0.01, 0.29, 1, 1.1, 19.99, 4.35, 1005.05, 99999.99]) {
      const parsed = parseShape(target, { grams })
      expect(parsed).toEqual({ ok: true, value: { grams: grams.toFixed(2) } })
      expect(renderShape(target, { grams: grams.toFixed(2) })).toEqual({ grams })
    }
  })

  it('has its bounds in the schema and its digits checked', () => {
    expect(target.schema.properties?.['grams']).toEqual({ type: 'number', minimum: 0.01, maximum: 100_000 })
    const codes = [0, 100_000.01, 1.005, 0.1 + 0.2, 1e-7, 1e300, '1.00', true].map((grams) =>
      codesOf(target, { grams }),
    )
    expect(codes.flat().map((code) => code.replace('/grams ', ''))).toEqual([
      'RANGE',
      'RANGE',
      'PRECISION',
      'PRECISION',
      'PRECISION',
      'TYPE',
      'TYPE',
      'TYPE',
    ])
  })

  it('is asked for as what it is in JSON', () => {
    const messageOf = (parsed: ReturnType<typeof parseShape>) => (parsed.ok ? null : parsed.issues[0]?.message)
    expect(messageOf(parseShape(target, { grams: '1.00' }))).toBe('must be a finite number')
    const texts = shape({ price: decimal(9, 2) })
    expect(messageOf(parseShape(texts, { price: 1 }))).toBe('must be a decimal number as a string, like "12.50"')
  })

  it('has no more digits than a number keeps', () => {
    const wide = model('things', { id: uuid().primaryKey(), price: decimal(16, 2, { json: 'number' }) })
    expect(() => graph({ Thing: wide })).toThrow('readers keep 15 digits')
  })
})

describe('shapes follow from the model (B6)', () => {
  it('take on create only what a client may send', () => {
    expect([...create(models.Product).fields.keys()]).toEqual(['name', 'kcal100g', 'note', 'isPublic', 'code', 'pin'])
    expect(create(models.Product).schema.required).toEqual(['name', 'kcal100g', 'code', 'pin'])
  })

  it('take on patch what is not set once, and require nothing', () => {
    expect([...patch(models.Product).fields.keys()]).toEqual(['name', 'kcal100g', 'note', 'isPublic', 'pin'])
    expect(patch(models.Product).schema).not.toHaveProperty('required')
  })

  it('let out neither hidden nor write-only columns', () => {
    const leaving = ['id', 'name', 'kcal100g', 'note', 'isPublic', 'code', 'views', 'createdAt', 'updatedAt']
    expect([...read(models.Product).fields.keys()]).toEqual(leaving)
    expect(read(models.Product).schema.required).toEqual(leaving)
  })

  it('carry the rules, description and example of a column into its schema', () => {
    expect(create(models.Product).schema.properties?.['name']).toEqual({
      type: 'string',
      minLength: 1,
      maxLength: 100,
      description: 'Product name',
      examples: ['Chicken Breast'],
    })
    expect(create(models.Product).schema.properties?.['kcal100g']).toMatchObject({
      type: 'integer',
      minimum: 0,
      maximum: 1000,
    })
    expect(create(models.Product).schema.properties?.['note']).toMatchObject({
      type: ['string', 'null'],
      maxLength: 200,
    })
  })

  it('carry the rules of items, and only patterns that mean the same without their flags', () => {
    const { properties } = shape({
      tags: array(text().length(1, 20)),
      plain: text().pattern(/^[a-z]+$/),
      anyCase: text().pattern(/^[a-z]+$/i),
      // oxlint-disable-next-line no-useless-escape -- what is legal without `u` alone is the point
      legacy: text().pattern(/^a\-b$/),
    }).schema
    expect(properties?.['tags']).toEqual({ type: 'array', items: { type: 'string', minLength: 1, maxLength: 20 } })
    expect(properties?.['plain']).toHaveProperty('pattern', '^[a-z]+$')
    expect(properties?.['anyCase']).not.toHaveProperty('pattern')
    expect(properties?.['legacy']).not.toHaveProperty('pattern')
  })

  it('take a key that the client chooses', () => {
    expect([...create(models.Device).fields.keys()]).toEqual(['id'])
  })
})

describe('parsing a body', () => {
  const valid = { name: 'Bread', kcal100g: 250, code: 'abc', pin: '1234' }

  it('keeps absent, null and a value apart', () => {
    expect(parseShape(patch(models.Product), {})).toEqual({ ok: true, value: {} })
    expect(parseShape(patch(models.Product), { note: null })).toEqual({ ok: true, value: { note: null } })
    expect(codesOf(patch(models.Product), { name: null })).toEqual(['/name NULL'])
  })

  it('finds every issue at once, with path and code', () => {
    const body = { name: '', kcal100g: '5', note: 'x'.repeat(201), colour: 'red', deviceId: 'other', id: 'x' }
    expect(codesOf(create(models.Product), body)).toEqual([
      '/name LENGTH',
      '/kcal100g TYPE',
      '/note LENGTH',
      '/colour UNKNOWN',
      '/deviceId UNKNOWN',
      '/id UNKNOWN',
      '/code REQUIRED',
      '/pin REQUIRED',
    ])
  })

  it('says which item of a list breaks a rule', () => {
    const target = shape({ tags: array(text().length(1, 3)) })
    expect(codesOf(target, { tags: ['a', 'abcd'] })).toEqual(['/tags/1 LENGTH'])
  })

  it('names the nearest property for a misspelt one', () => {
    const parsed = parseShape(create(models.Product), { ...valid, kcal100: 1 })
    expect(parsed).toMatchObject({
      issues: [{ path: '/kcal100', message: 'is not known here; did you mean kcal100g?' }],
    })
  })

  it.each([null, [], 'text', 5, true])('refuses %j as a body', (body) => {
    expect(codesOf(create(models.Product), body)).toEqual([' TYPE'])
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('takes %s for an unknown property', (name) => {
    const body: unknown = JSON.parse(`{"name":"a","kcal100g":1,"code":"abc","pin":"1234","${name}":{"polluted":true}}`)
    expect(codesOf(create(models.Product), body)).toEqual([`/${name} UNKNOWN`])
    expect({}).not.toHaveProperty('polluted')
  })

  it('stops at 50 issues', () => {
    const body = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`unknown${n}`, n]))
    expect(codesOf(create(models.Product), body)).toHaveLength(50)
  })

  it.each([
    ['anInstant', '2026-02-31T00:00:00Z'],
    ['anInstant', '2026-02-05T10:00:00'],
    ['anInstant', '2026-02-05'],
    ['anInstant', '2026-02-05T24:00:00Z'],
    ['aFineInstant', '2026-02-05T24:00:00Z'],
    ['aFineInstant', '2026-13-05T10:00:00Z'],
    ['aBigint', '9223372036854775808'],
    ['aBigint', '007'],
    ['aBigint', 5],
    ['aDecimal', '1234.5'],
    ['aDecimal', 1.5],
    ['aDate', '2023-02-29'],
    ['aTime', '24:00:00'],
    ['someBytes', 'AQI'],
    ['someBytes', 'AQID/x=='],
    ['aUuid', '0190A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B'],
    ['aChoice', 'medium'],
    ['anArray', [1, 'x']],
    ['aText', 'a\u0000b'],
    ['aText', '\ud800'],
    ['anIdentity', 0],
    ['aSmallint', 1.5],
  ])('refuses %s as %j', (name, value) => {
    const parsed = parseShape(everyType, { ...wireOfEveryType, [name]: value })
    expect(parsed.ok).toBe(false)
    expect(parsed.ok ? [] : parsed.issues.map(({ path }) => path.split('/')[1])).toEqual([name])
  })
})

describe('the wire', () => {
  it('carries every type there and back', () => {
    const parsed = parseShape(everyType, wireOfEveryType)
    expect(parsed.ok ? renderShape(everyType, { ...parsed.value }) : parsed.issues).toEqual(wireOfEveryType)
  })

  it('cuts an instant to the precision of its column and moves it to UTC', () => {
    const given = {
      ...wireOfEveryType,
      anInstant: '2026-02-05T12:00:00.123987+02:00',
      aFineInstant: '2026-02-05T12:00:00.5+02:00',
    }
    const parsed = parseShape(everyType, given)
    expect(parsed.ok ? renderShape(everyType, { ...parsed.value }) : parsed.issues).toMatchObject({
      anInstant: '2026-02-05T10:00:00.123Z',
      aFineInstant: '2026-02-05T10:00:00.500000Z',
    })
  })

  it('refuses to render a row that lacks a property or has null where none may be', () => {
    const target = shape({ name: text(), note: text().nullable() }, { name: 'Thing' })
    expect(renderShape(target, { name: 'a', note: null, extra: 1 })).toEqual({ name: 'a', note: null })
    expect(() => renderShape(target, { name: 'a' })).toThrow('A row does not fit its shape Thing: note is undefined')
    expect(() => renderShape(target, { name: null, note: null })).toThrow(
      'A row does not fit its shape Thing: name is null',
    )
  })

  it.each([
    ['aText', 5],
    ['aText', '\ud800'],
    ['anInteger', Number.NaN],
    ['anInteger', '5'],
    ['aFloat', Infinity],
    ['aBoolean', 0],
    ['aBigint', 5],
    ['anInstant', new Date(Number.NaN)],
    ['anInstant', '2026-02-05T10:00:00.123Z'],
    ['someBytes', 'AQID'],
    ['anArray', [1, 'x']],
    ['aChoice', 'medium'],
  ])('refuses to render %s as %o', (name, value) => {
    const parsed = parseShape(everyType, wireOfEveryType)
    const row = { ...(parsed.ok ? parsed.value : {}), [name]: value }
    expect(() => renderShape(everyType, row)).toThrow(expect.objectContaining({ code: 'RESPONSE_MISMATCH' }))
  })
})

describe('the schema and the parser', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  formats.default(ajv)
  const target = shape({
    name: text().length(1, 3),
    size: integer().range(0, 10).nullable(),
    kind: oneOf('a', 'b'),
    day: date(),
  })
  const accepts = ajv.compile(target.schema)

  it('agree on every body made of near misses', () => {
    const value = fc.oneof(
      fc.constantFrom(
        null,
        '',
        'a',
        'b',
        'abc',
        'abcd',
        '😀😀😀',
        '2024-02-29',
        '2023-02-29',
        true,
        0,
        10,
        11,
        -1,
        1.5,
        [],
        {},
      ),
      fc.integer(),
    )
    const body = fc.dictionary(fc.constantFrom('name', 'size', 'kind', 'day', 'other'), value)
    fc.assert(
      fc.property(body, (given) => parseShape(target, given).ok === accepts(given)),
      { numRuns: 2000 },
    )
  })

  it('agree on bodies that are valid', () => {
    const day = fc.constantFrom('2024-02-29', '1999-12-31')
    const valid = fc.record({
      name: fc.string({ minLength: 1, maxLength: 3, unit: 'grapheme-ascii' }),
      size: fc.option(fc.integer({ min: 0, max: 10 })),
      kind: fc.constantFrom('a', 'b'),
      day,
    })
    fc.assert(fc.property(valid, (given) => parseShape(target, given).ok && accepts(given)))
  })
})
