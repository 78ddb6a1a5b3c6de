import { expect, test } from 'vitest'
import { list, nullable, optional, shape } from '../../dto/index.ts'
import { array, bigint, date, integer, text, timestamp } from '../../model/index.ts'
import { get, post } from '../operation.ts'
import type { Operation } from '../operation-types.ts'
import { requestOf } from './request-of.ts'

const place = { source: 'shop', operation: 'find' }
const base = new URL('https://api.example.com/v2/')
const sent = (operation: Operation, input: unknown) =>
  requestOf(input, { base, headers: { 'X-Client': 'test' }, operation, place })

const find = get('/items/:id/prices', {
  params: shape({ id: bigint() }),
  query: shape({
    currency: text().length(3, 3).nullable(),
    days: integer().range(1, 9).default(7),
    on: date().nullable(),
  }),
  response: null,
})

test('parameters, query and headers stand where they belong, below the path of the base', async () => {
  const { url, headers, body } = await sent(find, { params: { id: 2n ** 60n }, query: { currency: 'EUR' } })
  expect(url.href).toBe('https://api.example.com/v2/items/1152921504606846976/prices?currency=EUR&days=7')
  expect([headers, body]).toEqual([{ accept: 'application/json', 'x-client': 'test' }, null])
})

test('values travel as their columns say, nested ones and lists included', async () => {
  const line = shape({
    note: text(),
    parts: optional(list(shape({ n: integer() }))),
    more: nullable(shape({ n: integer() })),
  })
  const order = post('/orders', { body: shape({ at: timestamp(), line }), response: null })
  const { body, headers } = await sent(order, {
    body: { at: new Date(0), line: { note: 'ü', parts: [{ n: 1 }], more: null } },
  })
  expect(JSON.parse(body ?? '')).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    line: { note: 'ü', parts: [{ n: 1 }], more: null },
  })
  expect(headers['content-type']).toBe('application/json')
})

test('a list has as many entries as its shape says', async () => {
  const names = list(shape({ n: integer() }), { atLeast: 1, atMost: 2 })
  const order = post('/orders', { body: shape({ names }), response: null })
  const of = (count: number) => sent(order, { body: { names: Array.from({ length: count }, (_, n) => ({ n })) } })
  await expect(of(2)).resolves.toMatchObject({ body: '{"names":[{"n":0},{"n":1}]}' })
  const refused = { code: 'REMOTE_INPUT', message: expect.stringContaining('body /names: ') }
  await expect(of(0)).rejects.toMatchObject(refused)
  await expect(of(3)).rejects.toMatchObject(refused)
})

const texts = get('/files/:name', { query: shape({ tags: array(text()) }), response: null })

test('a parameter is one segment, whatever is in it', async () => {
  const urls = ['a b', 'a/b', '../x', '?q#f', '%2e', 'ü', '.a'].map(async (name) => {
    const { url } = await sent(texts, { params: { name }, query: { tags: ['x', 'y&z'] } })
    return url.href.slice('https://api.example.com/v2/files/'.length)
  })
  const query = '?tags=x&tags=y%26z'
  const names = ['a%20b', 'a%2Fb', '..%2Fx', '%3Fq%23f', '%252e', '%C3%BC', '.a']
  expect(await Promise.all(urls)).toEqual(names.map((name) => `${name}${query}`))
})

test.each([
  [texts, { params: { name: '' }, query: { tags: [] } }, 'params /name: must be given'],
  [texts, { params: { name: '..' }, query: { tags: [] } }, 'params /name: is no segment of a path'],
  [texts, { params: { name: '.' }, query: { tags: [] } }, 'params /name: is no segment of a path'],
  [texts, { params: { name: '\ud800' }, query: { tags: [] } }, 'params /name: has half of a surrogate pair'],
  [texts, { params: { name: 'a', other: 'b' }, query: { tags: [] } }, 'params /other: is not known'],
  [texts, { params: { name: 'a' } }, 'query /tags: must be given'],
  [find, { params: { id: 1n }, query: { currency: 'EURO' } }, 'query /currency: '],
  [find, { params: { id: 1n }, query: { days: '3' } }, 'query /days: is not of its type'],
  [find, { params: { id: 1n }, query: { dayz: 3 } }, 'query /dayz: is not known'],
  [find, { params: { id: 1 }, query: {} }, 'params /id: is not of its type'],
  [find, { params: { id: 1n }, body: { a: 1 } }, 'body: is declared by nothing'],
  [find, { params: { id: 1n }, querry: {} }, 'querry: is no part of a call'],
] as const)('what does not fit is refused before anything is sent: %#', async (operation, input, problem) => {
  await expect(sent(operation as Operation, input)).rejects.toMatchObject({
    code: 'REMOTE_INPUT',
    message: expect.stringContaining(problem),
  })
})
