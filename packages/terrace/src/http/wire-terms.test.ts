import { describe, expect, test } from 'vitest'
import { create, inWire, objectShape, read } from '../dto/index.ts'
import type { ObjectShape } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { Issue } from '../errors/index.ts'
import { array, graph, integer, model, text, uuid } from '../model/index.ts'
import { refusalOf } from './refusal-of.ts'
import type { WireTerms } from './wire-terms.ts'

const models = graph({
  Product: model('products', {
    id: uuid().primaryKey(),
    kcal100g: integer(),
    shelfNo: integer(),
    tags: array(text()),
    rank: integer().readOnly(),
    margin: integer().hidden().default(1),
  }),
})
const { Product } = models

function termsOf(body: ObjectShape | null, shown: ObjectShape = read(Product)): WireTerms {
  return { body, query: null, responses: { 200: shown, 204: null }, model: Product.fact }
}
const camel = termsOf(create(Product))
const snake = termsOf(inWire(create(Product), 'snake'), inWire(read(Product), 'snake'))

const row = (path: string): Issue => ({ in: 'row', path, code: 'RANGE', message: 'must be 0 to 9' })
const issuesOf = (error: Error, terms: WireTerms) =>
  refusalOf(error, 'en', terms).problem.issues.map((issue) => `${issue.in} ${issue.path} ${issue.code}`)
const invalid = (...paths: readonly string[]) => errors.VALIDATION({ issues: paths.map(row) })
const unique = (...fields: readonly string[]) =>
  errors.UNIQUE({ values: { model: 'Product', fields: fields.join(', ') }, fields })

describe('what a DAO refuses is said in the words of the client', () => {
  test('properties as they travel, with what stands within them', () => {
    expect(issuesOf(invalid('/shelfNo', '/tags/2'), camel)).toEqual(['body /shelfNo RANGE', 'body /tags/2 RANGE'])
    expect(issuesOf(invalid('/shelfNo', '/tags/2', ''), snake)).toEqual([
      'body /shelf_no RANGE',
      'body /tags/2 RANGE',
      'body  RANGE',
    ])
  })

  test('names chosen by hand', () => {
    const fields = [...create(Product).fields.values()]
    const aliased = objectShape(
      'Own',
      fields.map((field) => (field.name === 'shelfNo' ? { ...field, key: 'place/shelf' } : field)),
    )
    expect(issuesOf(invalid('/shelfNo'), termsOf(aliased))).toEqual(['body /place~1shelf RANGE'])
  })

  test('a column that is answered and not sent, but none that is neither', () => {
    expect(issuesOf(invalid('/rank', '/margin'), camel)).toEqual(['body /rank RANGE', 'body  RANGE'])
    const [issue] = refusalOf(invalid('/margin'), 'en', camel).problem.issues
    expect(issue?.message).toBe('leads to a value that breaks a rule')
  })

  test('issues that are the request reader’s own stay as they are', () => {
    const issue = { in: 'query', path: '/sort', code: 'UNKNOWN', message: 'is not known here' } as const
    expect(refusalOf(errors.UNKNOWN_QUERY({ issues: [issue] }), 'en', snake).problem.issues).toEqual([issue])
  })
})

describe('a conflict', () => {
  test('names the properties of the rule that is broken', () => {
    expect(refusalOf(unique('kcal100g', 'shelfNo'), 'en', snake).problem).toMatchObject({
      message: 'A Product with the same kcal100g, shelf_no exists',
      issues: [
        { in: 'body', path: '/kcal100g', code: 'UNIQUE', message: 'is taken' },
        { in: 'body', path: '/shelf_no', code: 'UNIQUE', message: 'is taken' },
      ],
    })
  })

  test('says nothing of a column that nobody sees', () => {
    expect(refusalOf(unique('margin'), 'en', camel).problem).toMatchObject({
      message: 'A Product with the same unique value exists',
      issues: [],
    })
  })

  test('names a column that is only answered, and points at none that cannot be sent', () => {
    expect(refusalOf(unique('shelfNo', 'rank'), 'en', camel).problem).toMatchObject({
      message: 'A Product with the same shelfNo, rank exists',
      issues: [{ in: 'body', path: '/shelfNo', code: 'UNIQUE' }],
    })
  })

  test('of a route without a body has none to point at', () => {
    expect(refusalOf(unique('kcal100g'), 'en', termsOf(null)).problem.issues).toEqual([])
  })

  test('of another model is not taken for one of the route’s own', () => {
    const other = errors.UNIQUE({ values: { model: 'Portion', fields: 'shelfNo' }, fields: ['shelfNo'] })
    expect(refusalOf(other, 'en', snake).problem).toMatchObject({
      message: 'A Portion with the same shelfNo exists',
      issues: [],
    })
  })

  test('of a missing row says nothing of a reference that nobody sees', () => {
    const missing = errors.REFERENCE_MISSING({
      values: { model: 'Product', fields: 'deviceId', target: 'Device' },
      fields: ['deviceId'],
    })
    expect(refusalOf(missing, 'en', camel).problem.message).toBe(
      'a reference of Product refers to a Device that does not exist',
    )
  })

  test('of a missing row names the reference as it travels', () => {
    const missing = errors.REFERENCE_MISSING({
      values: { model: 'Product', fields: 'shelfNo', target: 'Shelf' },
      fields: ['shelfNo'],
      issues: [{ in: 'row', path: '/shelfNo', code: 'REFERENCE', message: 'refers to a Shelf that does not exist' }],
    })
    expect(refusalOf(missing, 'en', snake).problem).toMatchObject({
      message: 'shelf_no of Product refers to a Shelf that does not exist',
      issues: [{ in: 'body', path: '/shelf_no', code: 'REFERENCE' }],
    })
  })
})

test('what is thrown is kept for the log as it was', () => {
  const error = invalid('/shelfNo')
  refusalOf(error, 'en', snake)
  expect(error.issues).toEqual([row('/shelfNo')])
})
