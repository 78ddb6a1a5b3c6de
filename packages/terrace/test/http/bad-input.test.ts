import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shelfApp } from '../shelf/shelf-app.ts'
import { newShelfDevice } from '../shelf/shelf-device.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'

const newId = '0198c0de-0000-7000-8000-000000000000'
let client: TestClient

beforeAll(async () => {
  client = await testClient(shelfApp())
})
afterAll(() => client.close())

const newDevice = () => newShelfDevice(client)

describe('bad input', () => {
  test.each([
    ['{"name":"x","kcal100g":}', 'MALFORMED_JSON'],
    ['', 'MALFORMED_JSON'],
    ['{"name":"x","name":"y","kcal100g":1}', 'MALFORMED_JSON'],
    [`{"extra":${'['.repeat(40)}${']'.repeat(40)}}`, 'MALFORMED_JSON'],
    [new Uint8Array([0x7b, 0xff, 0x7d]), 'MALFORMED_JSON'],
  ])('D8: a body that is no JSON answers 400 (%#)', async (body, code) => {
    const { send } = await newDevice()
    const answer = await send('POST', '/v1/products', body)
    expect([answer.status, (answer.json as { code: string }).code]).toEqual([400, code])
  })

  test('a missing body answers 400, whether or not it is said to be JSON', async () => {
    const { send } = await newDevice()
    expect((await send('POST', '/v1/products')).status).toBe(400)
    expect((await send('POST', '/v1/products', undefined, { 'content-type': 'application/json' })).status).toBe(400)
  })

  test.each([
    ['[]', '', 'TYPE'],
    ['null', '', 'TYPE'],
    ['"x"', '', 'TYPE'],
    ['{"name":"x"}', '/kcal100g', 'REQUIRED'],
    ['{"name":"x","kcal100g":"5"}', '/kcal100g', 'TYPE'],
    ['{"name":"x","kcal100g":1.5}', '/kcal100g', 'TYPE'],
    ['{"name":"x","kcal100g":1e999}', '/kcal100g', 'TYPE'],
    ['{"name":"x","kcal100g":1001}', '/kcal100g', 'RANGE'],
    ['{"name":"x","kcal100g":null}', '/kcal100g', 'NULL'],
    ['{"name":"","kcal100g":5}', '/name', 'LENGTH'],
    ['{"name":5,"kcal100g":5}', '/name', 'TYPE'],
    ['{"name":"x","kcal100g":5,"weight":5}', '/weight', 'TYPE'],
    ['{"name":"x","kcal100g":5,"boughtOn":"2026-02-31"}', '/boughtOn', 'TYPE'],
    ['{"name":"x","kcal100g":5,"color":"red"}', '/color', 'UNKNOWN'],
    ['{"name":"x","kcal100g":5,"deviceId":"other"}', '/deviceId', 'UNKNOWN'],
    ['{"name":"x","kcal100g":5,"margin":1}', '/margin', 'UNKNOWN'],
    ['{"name":"x","kcal100g":5,"createdAt":"2026-02-05T00:00:00Z"}', '/createdAt', 'UNKNOWN'],
    ['{"name":"x","kcal100g":5,"deletedAt":null}', '/deletedAt', 'UNKNOWN'],
    ['{"name":"x","kcal100g":5,"__proto__":{}}', '/__proto__', 'UNKNOWN'],
  ])('D8: %s answers 422 with path and code', async (body, path, code) => {
    const { send } = await newDevice()
    const answer = await send('POST', '/v1/products', body)
    expect(answer.status).toBe(422)
    expect(answer.json).toMatchObject({
      detail: 'Validation error',
      code: 'VALIDATION',
      errors: [{ in: 'body', path, code }],
    })
    expect((await send('GET', '/v1/products')).json).toEqual([])
  })

  test('all issues are reported at once', async () => {
    const { send } = await newDevice()
    const answer = await send('POST', '/v1/products', { name: '', kcal100g: 2000, color: 1 })
    expect((answer.json as { errors: { path: string }[] }).errors.map(({ path }) => path).toSorted()).toEqual([
      '/color',
      '/kcal100g',
      '/name',
    ])
  })

  test('an immutable column is refused in a patch', async () => {
    const { send, create } = await newDevice()
    const { id } = await create({ barcode: '123' })
    expect(await send('PATCH', `/v1/products/${id}`, { barcode: '456' })).toMatchObject({
      status: 422,
      json: { errors: [{ path: '/barcode', code: 'UNKNOWN' }] },
    })
  })

  test('strings are stored as they are: blanks, quotes, other scripts, a zero-width joiner', async () => {
    const { send, create } = await newDevice()
    for (const name of ['  x  ', `'; drop table products; --`, '鸡胸肉', '👩‍👩‍👧', 'a\u200db', '<script>']) {
      const { id } = await create({ name })
      expect((await send('GET', `/v1/products/${id}`)).json).toMatchObject({ name })
    }
  })

  test('D2: an id of the wrong form is as missing as an unknown one', async () => {
    const { send } = await newDevice()
    const missing = await send('GET', `/v1/products/${newId}`)
    expect(missing.json).toEqual({ detail: 'Product not found', code: 'NOT_FOUND' })
    for (const id of ['1', 'x', newId.toUpperCase(), `${newId}0`, "'%20or%201=1", '%F0%9F%91%A9', 'x'.repeat(3000)])
      expect([(await send('GET', `/v1/products/${id}`)).status, id.slice(0, 40)]).toEqual([404, id.slice(0, 40)])
    for (const id of ['0', '01', '1.0', '9007199254740993', 'x'])
      expect((await send('GET', `/v1/foods/${id}`)).status).toBe(404)
  })

  test('an unknown name in a query answers 400, on every route; a bad value 422', async () => {
    const { send, create } = await newDevice()
    const { id } = await create()
    for (const url of [
      '/v1/products?colour=1',
      `/v1/products/${id}?x=1`,
      '/v1/products?sort=margin',
      '/v1/products?sort=deviceId',
    ]) {
      const answer = await send('GET', url)
      expect([answer.status, (answer.json as { code: string }).code]).toEqual([400, 'UNKNOWN_QUERY'])
    }
    expect((await send('GET', '/v1/products?limit=0')).status).toBe(422)
    expect((await send('GET', '/v1/products?limit=%zz')).status).toBe(400)
  })

  test('a unique rule is a conflict with its fields, and another device may have the same name', async () => {
    const [one, two] = [await newDevice(), await newDevice()]
    await one.create({ name: 'Same' })
    expect(await one.send('POST', '/v1/products', { name: 'Same', kcal100g: 1 })).toMatchObject({
      status: 409,
      json: { code: 'UNIQUE' },
    })
    expect((await two.send('POST', '/v1/products', { name: 'Same', kcal100g: 1 })).status).toBe(201)
  })
})
