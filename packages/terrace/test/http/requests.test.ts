import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { envelope } from '../../src/http/index.ts'
import { shelfApp } from '../shelf/shelf-app.ts'
import { newShelfDevice } from '../shelf/shelf-device.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'

const newId = '0198c0de-0000-7000-8000-000000000000'
let client: TestClient

beforeAll(async () => {
  client = await testClient(shelfApp(), { log: 'silent' })
})
afterAll(() => client.close())

const newDevice = () => newShelfDevice(client)

describe('requests that never reach a handler', () => {
  test('404 for an unknown path, before its body is read', async () => {
    for (const url of ['/', '/v1', '/v1/product', '/v1/products/', '/V1/products', '//v1/products']) {
      const answer = await client.request('POST', url, { body: '{' })
      expect([answer.status, answer.json]).toEqual([404, { detail: 'Not found', code: 'ROUTE_NOT_FOUND' }])
    }
  })

  test('404 for a path that ends where a key should stand, as for any unknown one', async () => {
    const { send } = await newDevice()
    const answer = await send('GET', '/v1/products/')
    expect([answer.status, answer.json]).toEqual([404, { detail: 'Not found', code: 'ROUTE_NOT_FOUND' }])
  })

  test('405 with Allow for a known path', async () => {
    const answers = [
      await client.request('PUT', '/v1/products'),
      await client.request('POST', `/v1/products/${newId}`),
      await client.request('OPTIONS', '/healthz'),
    ]
    expect(answers.map(({ status, headers }) => [status, headers['allow']])).toEqual([
      [405, 'GET, HEAD, POST'],
      [405, 'DELETE, GET, HEAD, PATCH'],
      [405, 'GET, HEAD'],
    ])
  })

  test('400 for a path that is no UTF-8, 414 for a long query', async () => {
    expect(await client.get('/v1/products/%ff')).toMatchObject({ status: 400, json: { code: 'URL_MALFORMED' } })
    const { send } = await newDevice()
    expect(await send('GET', `/v1/products?sort=${'x'.repeat(8200)}`)).toMatchObject({
      status: 414,
      json: { code: 'URL_TOO_LONG' },
    })
  })

  test.each([
    ['text/plain', {}],
    ['application/x-www-form-urlencoded', {}],
    ['application/json; charset=latin1', {}],
    ['application/merge-patch+json', {}],
    ['application/jsonx', {}],
    [';', {}],
    ['application/json', { 'content-encoding': 'gzip' }],
  ])('415 for %s %j', async (type, more) => {
    const { send } = await newDevice()
    expect(await send('POST', '/v1/products', '{}', { 'content-type': type, ...more })).toMatchObject({
      status: 415,
      json: { code: 'UNSUPPORTED_MEDIA_TYPE' },
    })
  })

  test('413 for more than 1 MiB', async () => {
    const { send } = await newDevice()
    const body = JSON.stringify({ name: 'x', kcal100g: 1, note: 'x'.repeat(1_048_576) })
    expect(await send('POST', '/v1/products', body)).toMatchObject({ status: 413, json: { code: 'BODY_TOO_LARGE' } })
  })

  test('HEAD answers as GET does, without the body', async () => {
    const { send, create } = await newDevice()
    await create()
    const head = await send('HEAD', '/v1/products')
    expect([head.status, head.text, head.headers['x-total-count']]).toEqual([200, '', '1'])
  })
})

describe('handlers by hand', () => {
  test('what a handler wrote is undone by every error, a mismatch with the response included', async () => {
    const { send } = await newDevice()
    const answers = []
    for (const how of ['domain', 'bug', 'mismatch', 'header', 'upstream'])
      answers.push(await send('POST', `/v1/shelves/3/close?how=${how}`))
    expect(answers.map(({ status, json }) => [status, json])).toEqual([
      [403, { detail: 'The shelf is closed', code: 'SHELF_CLOSED' }],
      ...Array.from({ length: 4 }, () => [500, { detail: 'Internal server error', code: 'INTERNAL' }]),
    ])
    expect((await send('GET', '/v1/products')).json).toEqual([])
  })

  test('a declared status answers its own projection and headers', async () => {
    const { send } = await newDevice()
    const done = await send('POST', '/v1/shelves/3/close?how=done')
    expect([done.status, Object.keys(done.json as object)]).toEqual([200, ['id']])
    const later = await send('POST', '/v1/shelves/4/close?how=later')
    expect([later.status, later.text, later.headers['x-shelf']]).toEqual([202, '', 'later'])
  })

  test('parameters and queries are read by their columns', async () => {
    const { send } = await newDevice()
    expect((await send('POST', '/v1/shelves/0/close?how=done')).status).toBe(404)
    expect((await send('POST', '/v1/shelves/x/close?how=done')).status).toBe(404)
    expect(await send('POST', '/v1/shelves/1/close')).toMatchObject({
      status: 422,
      json: { errors: [{ in: 'query', path: '/how', code: 'REQUIRED' }] },
    })
    expect((await send('POST', '/v1/shelves/1/close?how=a&how=b')).status).toBe(422)
  })

  test('a message is Chinese where that is preferred', async () => {
    const { send } = await newDevice()
    expect(
      await send('POST', '/v1/shelves/1/close?how=domain', undefined, { 'accept-language': 'zh-CN' }),
    ).toMatchObject({
      json: { detail: '货架已关闭' },
      headers: { 'content-language': 'zh', vary: expect.stringContaining('Accept-Language') },
    })
    expect(await send('POST', '/v1/shelves/1/close', undefined, { 'accept-language': 'zh-CN' })).toMatchObject({
      json: { errors: [{ in: 'query', path: '/how', code: 'REQUIRED', message: '为必填项' }] },
    })
    expect((await send('GET', '/nowhere')).headers['content-language']).toBe('en')
  })

  test('a cache is told that messages depend on the language, and answers do not', async () => {
    expect((await client.get('/nowhere')).headers['vary']).toBe('Accept-Language')
    expect((await client.get('/healthz')).headers['vary']).toBeUndefined()
  })
})

test('every answer has a request id of its own, and is not to be sniffed', async () => {
  const answers = [
    await client.get('/healthz'),
    await client.get('/nowhere'),
    await client.get('/v1/products'),
    await client.get('/v1/products/%ff'),
  ]
  const ids = answers.map(({ headers }) => headers['x-request-id'])
  expect(new Set(ids).size).toBe(answers.length)
  for (const { headers } of answers) expect(headers['x-content-type-options']).toBe('nosniff')
})

test('healthz and readyz answer in the style of the app', async () => {
  expect(await client.get('/healthz')).toMatchObject({ status: 200, json: { status: 'ok' } })
  expect(await client.get('/readyz')).toMatchObject({ status: 200, json: { status: 'ready' } })
})

test('B10: a test may call as a device without a token', async () => {
  const { deviceId, create } = await newDevice()
  const product = await create()
  const assumed = await testClient(shelfApp(), { as: deviceId, database: client.database })
  expect((await assumed.get('/v1/products')).json).toEqual([product])
  await assumed.close()
  expect((await client.get('/healthz')).status).toBe(200)
})

test('A2, A4: the envelope holds every answer, errors of the server included', async () => {
  const { deviceId } = await newDevice()
  const enveloped = await testClient(shelfApp(envelope), { as: deviceId, database: client.database })
  const created = await enveloped.post('/v1/products', { name: 'Enveloped', kcal100g: 1 })
  const { id } = (created.json as { data: { id: string } }).data
  expect([created.status, created.json]).toMatchObject([
    201,
    { errorCode: 'OK', message: 'ok', data: { name: 'Enveloped' } },
  ])
  expect((await enveloped.get('/v1/products')).json).toMatchObject({
    errorCode: 'OK',
    data: [{ id }],
    page: { page: 1, pageSize: 50, total: 1 },
  })
  expect(await enveloped.delete(`/v1/products/${id}`)).toMatchObject({
    status: 200,
    json: { errorCode: 'OK', message: 'ok', data: null },
  })
  expect((await enveloped.get('/nowhere')).json).toEqual({
    errorCode: 'ROUTE_NOT_FOUND',
    message: 'Not found',
    data: null,
  })
  expect((await enveloped.get('/v1/products/%ff')).json).toMatchObject({ errorCode: 'URL_MALFORMED', data: null })
  expect((await enveloped.post('/v1/products', {})).json).toMatchObject({
    errorCode: 'VALIDATION',
    data: null,
    errors: [{}, {}],
  })
  await enveloped.close()
})
