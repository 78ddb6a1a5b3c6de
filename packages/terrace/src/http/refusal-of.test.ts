import { expect, test } from 'vitest'
import { defineErrors, errors, issueText } from '../errors/index.ts'
import { languageOf } from './language-of.ts'
import { refusalOf } from './refusal-of.ts'

const own = defineErrors({
  SHELF_CLOSED: {
    kind: 'permission',
    en: 'The shelf is closed',
    zh: '货架已关闭',
    remedy: 'Come back later',
    values: {},
  },
})

test('B5: each kind of error has its status, in one place', () => {
  const statuses = [
    errors.NOT_FOUND({ values: { model: 'Product' } }),
    errors.UNIQUE({ values: { model: 'Product', fields: 'name' } }),
    errors.VALIDATION(),
    own.SHELF_CLOSED(),
    errors.UNAUTHENTICATED(),
    errors.MALFORMED_JSON({ values: { problem: 'it is empty' } }),
    errors.BODY_TOO_LARGE({ values: { limit: 1 } }),
    errors.DATABASE_UNAVAILABLE(),
    errors.METHOD_NOT_ALLOWED({ values: { method: 'PUT', allowed: 'GET' } }),
    errors.UNSUPPORTED_MEDIA_TYPE({ values: { accepted: 'application/json' } }),
    errors.URL_TOO_LONG({ values: { limit: 1 } }),
    errors.HEADERS_TOO_LARGE(),
  ].map((error) => refusalOf(error).problem.status)
  expect(statuses).toEqual([404, 409, 422, 403, 401, 400, 413, 503, 405, 415, 414, 431])
})

test('D8: whatever nobody foresaw is a constant text', () => {
  const secrets = [
    new Error('password=hunter2 at /srv/app'),
    errors.SESSION_STATE({ values: { method: 'run', state: 'closed', remedy: 'x' } }),
    errors.DATABASE_FAILED({ values: { reason: 'other' }, cause: new Error('SELECT secret') }),
    errors.RESPONSE_MISMATCH({ values: { shape: 'Product', property: 'name', found: 'null' } }),
    'a thrown text',
    undefined,
  ]
  for (const thrown of secrets) {
    expect(refusalOf(thrown)).toEqual({
      problem: { status: 500, code: 'INTERNAL', message: 'Internal server error', issues: [] },
      headers: { 'content-language': 'en' },
    })
  }
})

test('a 503 says when to come back', () => {
  expect(refusalOf(errors.DATABASE_UNAVAILABLE()).headers).toMatchObject({ 'retry-after': '1' })
  expect(
    refusalOf(errors.DATABASE_BUSY({ values: { reason: 'deadlock' }, retryAfterSeconds: 7 })).headers,
  ).toMatchObject({
    'retry-after': '7',
  })
})

test('at most 50 issues leave, and what the DAO says of a row was sent in the body', () => {
  const issues = Array.from(
    { length: 60 },
    (_, at) => ({ in: 'row', path: `/${at}`, code: 'RANGE', message: 'x' }) as const,
  )
  const { problem } = refusalOf(errors.VALIDATION({ issues }))
  expect(problem.issues).toHaveLength(50)
  expect(problem.issues[0]).toEqual({ in: 'body', path: '/0', code: 'RANGE', message: 'x' })
})

test.each([
  [undefined, 'en'],
  ['de', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['en-GB,zh;q=0.9', 'en'],
  ['en;q=0.5, zh-TW;q=0.7', 'zh'],
  ['zh;q=0', 'en'],
  ['zhonk', 'en'],
  ['zh;q=0.5, *', 'en'],
  ['en;q=0.5, *', 'zh'],
  ['en;q=0, *;q=0.1', 'zh'],
  ['*', 'en'],
  ['zh;q=2, en;q=0.1', 'en'],
  ['en;q=0.1, zh ; q = 0.2', 'zh'],
  ['zh-TW;q=0.1, zh-Hans;q=0.9, en;q=0.5', 'zh'],
  ['zh;q=0.5;q=0.9, en;q=0.7', 'en'],
])('X8: %s prefers %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})

test('X8: answers in Chinese where that is preferred', () => {
  expect(refusalOf(errors.UNAUTHENTICATED(), 'zh').problem.message).toBe('令牌无效或已过期')
  expect(refusalOf(own.SHELF_CLOSED(), 'zh').problem.message).toBe('货架已关闭')
  expect(refusalOf(own.SHELF_CLOSED(), 'zh').headers).toEqual({ 'content-language': 'zh' })
})

test('issues leave in the language of the request, and with nothing but what is said of them', () => {
  const issues = [{ in: 'query' as const, path: '/limit', ...issueText('between', { min: 1, max: 100 }) }]
  const said = (language: 'en' | 'zh') => refusalOf(errors.VALIDATION({ issues }), language).problem.issues
  const outside = { in: 'query', path: '/limit', code: 'RANGE' }
  expect(said('en')).toEqual([{ ...outside, message: 'must be from 1 to 100' }])
  expect(said('zh')).toEqual([{ ...outside, message: '必须在 1 到 100 之间' }])
})
