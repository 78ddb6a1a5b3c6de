import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Dao } from '../../src/dao/index.ts'
import { unscoped } from '../../src/database/index.ts'
import { shelfApp, ShelfDevices, shelfModels } from '../shelf/shelf-app.ts'
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

describe('devices', () => {
  test('D7: a second registration of the same id is a conflict', async () => {
    const { deviceId } = await newDevice()
    const again = await client.post('/v1/auth/register', { deviceId })
    expect([again.status, again.json]).toEqual([
      409,
      { detail: 'The device is already registered', code: 'DEVICE_REGISTERED' },
    ])
  })

  test('D7, D12: no token, a bad one and an unknown one answer 401 with the same text', async () => {
    const { token } = await newDevice()
    const unknown = `${token.slice(0, -4)}AAAA`
    const headers = [
      {},
      { authorization: '' },
      { authorization: token },
      { authorization: `Basic ${token}` },
      { authorization: `Bearer  ` },
      { authorization: `Bearer ${token}x` },
      { authorization: `Bearer ${token} x` },
      { authorization: `Bearer ${unknown}` },
    ]
    for (const sent of headers) {
      const answer = await client.request('GET', '/v1/products', { headers: sent as Record<string, string> })
      expect([answer.status, answer.json]).toEqual([
        401,
        { detail: 'Invalid or expired token', code: 'UNAUTHENTICATED' },
      ])
      expect(answer.headers['www-authenticate']).toBe('Bearer')
    }
  })

  test('a malformed token is refused without a statement, and before the body is looked at', async () => {
    const { send } = await newDevice()
    const before = client.database.stats()
    const answer = await client.request('POST', '/v1/products', {
      headers: { authorization: 'Bearer nonsense', 'content-type': 'text/html' },
      body: '<',
    })
    expect(answer.status).toBe(401)
    expect(client.database.stats()).toEqual(before)
    const malformed = await send('POST', '/v1/products', '{')
    expect(malformed.status).toBe(400)
  })

  test('D12: a deleted device does not authenticate, and its id stays taken', async () => {
    const { deviceId, send, token } = await newDevice()
    await client.database.session(unscoped('test'), async (session) => {
      await session.use(Dao(shelfModels.Device)).delete(deviceId)
    })
    expect((await send('GET', '/v1/products')).status).toBe(401)
    expect((await client.post('/v1/auth/register', { deviceId })).status).toBe(409)
    expect(token).toHaveLength(43)
  })

  test('D12: lastSeenAt is noted at the first request, and not again within the minute', async () => {
    const { token, send } = await newDevice()
    const seen = () =>
      client.database.session(
        unscoped('test'),
        async (session) => (await session.use(ShelfDevices).verify(token))?.lastSeenAt,
      )
    expect(await seen()).toBeNull()
    await send('GET', '/v1/products')
    const first = await seen()
    expect(Date.now() - (first as Date).getTime()).toBeLessThan(5_000)
    await send('GET', '/v1/products')
    expect(await seen()).toEqual(first)
  })
})

describe('products', () => {
  test('D2, D12: create answers 201, the exact read shape and a relative location', async () => {
    const { send } = await newDevice()
    const created = await send('POST', '/v1/products', {
      name: 'Chicken Breast',
      kcal100g: 165,
      weight: '9007199254740993',
      boughtOn: '2026-02-05',
    })
    expect(created.status).toBe(201)
    const product = created.json as Record<string, unknown>
    expect(Object.keys(product).toSorted()).toEqual(
      ['barcode', 'boughtOn', 'createdAt', 'extra', 'id', 'kcal100g', 'name', 'note', 'updatedAt', 'weight'].toSorted(),
    )
    expect(product).toMatchObject({
      name: 'Chicken Breast',
      kcal100g: 165,
      note: null,
      weight: '9007199254740993',
      boughtOn: '2026-02-05',
    })
    expect(product['createdAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(product['updatedAt']).toBe(product['createdAt'])
    expect(created.headers['location']).toBe(`/v1/products/${String(product['id'])}`)
    expect((await send('GET', created.headers['location'] as string)).json).toEqual(product)
  })

  test('PATCH changes what is sent, null is a value, an empty patch changes nothing', async () => {
    const { send, create } = await newDevice()
    const product = await create({ note: 'fresh' })
    const url = `/v1/products/${product.id}`
    const patched = await send('PATCH', url, { kcal100g: 60, note: null })
    expect(patched).toMatchObject({ status: 200, json: { name: product['name'], kcal100g: 60, note: null } })
    expect((await send('PATCH', url, {})).json).toEqual(patched.json)
    expect((await send('PATCH', url, { note: 'x' }, { 'content-type': 'application/merge-patch+json' })).status).toBe(
      200,
    )
  })

  test('D3: DELETE answers 204 once, then 404; restore brings the row back, also when it is alive', async () => {
    const { send, create } = await newDevice()
    const product = await create()
    const url = `/v1/products/${product.id}`
    const deleted = await send('DELETE', url)
    expect([deleted.status, deleted.text, deleted.headers['content-type']]).toEqual([204, '', undefined])
    expect((await send('DELETE', url)).status).toBe(404)
    expect((await send('GET', url)).json).toEqual({ detail: 'Product not found', code: 'NOT_FOUND' })
    expect((await send('GET', '/v1/products')).json).toEqual([])
    expect((await send('POST', `${url}/restore`)).status).toBe(200)
    expect((await send('POST', `${url}/restore`)).json).toMatchObject({ id: product.id, name: product['name'] })
    expect((await send('GET', url)).status).toBe(200)
  })

  test('D1, D12: lists are ordered by name, paged both ways, counted, with links', async () => {
    const { send, create } = await newDevice()
    for (const name of ['c', 'a', 'd', 'b', 'e']) await create({ name })
    const names = async (query: string) =>
      ((await send('GET', `/v1/products${query}`)).json as { name: string }[]).map(({ name }) => name).join('')
    expect(await names('')).toBe('abcde')
    expect(await names('?limit=2&offset=2')).toBe('cd')
    expect(await names('?page=3&pageSize=2')).toBe('e')
    expect(await names('?sort=-name&limit=2')).toBe('ed')
    expect(await names('?offset=100')).toBe('')
    const page = await send('GET', '/v1/products?limit=2&offset=2')
    expect(page.headers['x-total-count']).toBe('5')
    expect(page.headers['link']).toContain('</v1/products?limit=2&offset=4>; rel="next"')
    const uncounted = await send('GET', '/v1/products?limit=2&total=false')
    expect(uncounted.headers['x-total-count']).toBeUndefined()
    expect(uncounted.headers['link']).toContain('rel="next"')
  })

  test("D4: another device's product is not found, by any operation, and in no list", async () => {
    const [mine, other] = [await newDevice(), await newDevice()]
    const product = await mine.create()
    const url = `/v1/products/${product.id}`
    const attempts = [
      await other.send('GET', url),
      await other.send('PATCH', url, { name: 'stolen' }),
      await other.send('DELETE', url),
      await other.send('POST', `${url}/restore`),
    ]
    const missing = await other.send('GET', `/v1/products/${newId}`)
    for (const answer of attempts) expect([answer.status, answer.text]).toEqual([404, missing.text])
    expect((await other.send('GET', '/v1/products')).json).toEqual([])
    expect((await mine.send('GET', url)).json).toEqual(product)
  })

  test('the shared catalogue is read by every device and written by no route', async () => {
    const { send } = await newDevice()
    expect((await send('GET', '/v1/foods?sort=-name&limit=2')).json).toMatchObject([
      { name: 'Cheese' },
      { name: 'Bread' },
    ])
    expect((await send('GET', '/v1/foods/1')).status).toBe(200)
    const refused = await send('POST', '/v1/foods', { name: 'Dates' })
    expect([refused.status, refused.headers['allow']]).toEqual([405, 'GET, HEAD'])
  })
})
