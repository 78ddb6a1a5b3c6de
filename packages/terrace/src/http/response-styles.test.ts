import { describe, expect, test } from 'vitest'
import { envelope } from './envelope.ts'
import { pageInfo } from './page-links.ts'
import { plain } from './plain.ts'
import { readQueryString } from './query-string.ts'

const facts = { status: 200, page: null }
const problem = { status: 404, code: 'NOT_FOUND', message: 'Product not found', issues: [], requestId: 'r1' }
const issue = { in: 'body', path: '/kcal100g', code: 'RANGE', message: 'must be 0 to 1000' } as const
const invalid = { status: 422, code: 'VALIDATION', message: 'Validation error', issues: [issue], requestId: 'r1' }
const pageNames = { limit: 'limit', offset: 'offset', page: 'page', pageSize: 'pageSize', cursor: 'cursor' }
const page = (query: string, count: number, total: number | null, limit = 20, offset = 0, byPage = false) =>
  pageInfo({
    path: '/v1/products',
    request: { limit, offset, byPage, cursor: null, texts: readQueryString(query), names: pageNames },
    count,
    total,
  })

describe('plain', () => {
  test('a value is itself, and nothing has no body', () => {
    expect(plain.success({ id: 1 }, { status: 201, page: null })).toEqual({ status: 201, headers: {}, body: { id: 1 } })
    expect(plain.success(undefined, { status: 204, page: null })).toEqual({ status: 204, headers: {}, body: undefined })
  })

  test('a list is an array, its total and neighbours are headers', () => {
    const answer = plain.success([1, 2], { status: 200, page: page('sort=-name&limit=2&offset=2', 2, 5, 2, 2) })
    expect(answer.body).toEqual([1, 2])
    expect(answer.headers).toEqual({
      'x-total-count': '5',
      link: [
        '</v1/products?sort=-name&limit=2&offset=0>; rel="first"',
        '</v1/products?sort=-name&limit=2&offset=0>; rel="prev"',
        '</v1/products?sort=-name&limit=2&offset=4>; rel="next"',
        '</v1/products?sort=-name&limit=2&offset=4>; rel="last"',
      ].join(', '),
    })
  })

  test('links of a long query are left out before they make more headers than clients take', () => {
    const linksOf = (length: number): string =>
      plain.success([1, 2], { status: 200, page: page(`name=${'['.repeat(length)}`, 2, 9, 2, 2) }).headers['link'] ?? ''
    expect(linksOf(400).match(/rel="[a-z]+"/g)).toHaveLength(4)
    expect(linksOf(1_500)).toMatch(/^<[^<]*>; rel="next"$/)
    expect(linksOf(7_000)).toBe('')
  })

  test('B5, D8: an error is detail and code, with errors after a validation', () => {
    expect(plain.failure(problem)).toEqual({
      status: 404,
      headers: {},
      body: { detail: 'Product not found', code: 'NOT_FOUND' },
    })
    expect(plain.failure(invalid).body).toEqual({ detail: 'Validation error', code: 'VALIDATION', errors: [issue] })
  })
})

describe('envelope', () => {
  test('A2: every answer has errorCode, message and data', () => {
    expect(envelope.success({ id: 1 }, facts).body).toEqual({ errorCode: 'OK', message: 'ok', data: { id: 1 } })
    expect(envelope.failure(problem)).toEqual({
      status: 404,
      headers: {},
      body: { errorCode: 'NOT_FOUND', message: 'Product not found', data: null },
    })
    expect(envelope.failure(invalid).body).toEqual({
      errorCode: 'VALIDATION',
      message: 'Validation error',
      data: null,
      errors: [issue],
    })
  })

  test('a DELETE answers 200 with data null', () => {
    expect(envelope.success(undefined, { status: 204, page: null })).toEqual({
      status: 200,
      headers: {},
      body: { errorCode: 'OK', message: 'ok', data: null },
    })
  })

  test('A4: a list has page, pageSize and total, also for limit and offset', () => {
    const body = (limit: number, offset: number, total: number | null) =>
      (envelope.success([], { status: 200, page: page('', 0, total, limit, offset) }).body as { page: unknown }).page
    expect(body(20, 40, 45)).toEqual({ page: 3, pageSize: 20, total: 45 })
    expect(body(20, 39, 45)).toEqual({ page: 2, pageSize: 20, total: 45 })
    expect(body(20, 0, null)).toEqual({ page: 1, pageSize: 20 })
  })
})

test('neighbours keep the way of paging and the rest of the query', () => {
  expect(page('name=a%26b&page=2&pageSize=10', 10, 35, 10, 10, true).links).toEqual({
    first: '/v1/products?name=a%26b&page=1&pageSize=10',
    prev: '/v1/products?name=a%26b&page=1&pageSize=10',
    next: '/v1/products?name=a%26b&page=3&pageSize=10',
    last: '/v1/products?name=a%26b&page=4&pageSize=10',
  })
})

test('there is no next page at the end, and without a total a full page has one', () => {
  expect(page('', 5, 5).links).not.toHaveProperty('next')
  expect(page('', 20, 20).links).not.toHaveProperty('next')
  expect(page('', 20, null).links).toHaveProperty('next')
  expect(page('', 19, null).links).not.toHaveProperty('next')
  expect(page('', 0, 0).links).toEqual({
    first: '/v1/products?limit=20&offset=0',
    last: '/v1/products?limit=20&offset=0',
  })
})

test.each([plain, envelope])('$name: its schemas name what its answers have', (style) => {
  const item = { type: 'object', properties: { id: { type: 'integer' } } } as const
  const answers = [
    [style.success({ id: 1 }, facts).body, style.schema.success(item, false)],
    [style.failure(problem).body, style.schema.failure(['NOT_FOUND'])],
    [style.failure(invalid).body, style.schema.failure(['VALIDATION'])],
  ] as const
  for (const [body, schema] of answers) {
    const names = Object.keys(body as object)
    expect(Object.keys(schema?.properties ?? {})).toEqual(expect.arrayContaining(names))
    expect(names).toEqual(expect.arrayContaining([...(schema?.required ?? [])]))
  }
})
