import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from 'terrace/database'
import type { Database } from 'terrace/database'
import { availabilityOf, engineNames, freshDatabase, testClient } from 'terrace/testing'
import type { TestClient, TestDatabase, TestResponse } from 'terrace/testing'
import { app } from '../src/app.ts'

const availability = await Promise.all(engineNames.map(availabilityOf))
const bread = { name: 'Bread', kcal100g: 266 }

for (const found of availability) {
  const reason = found.isAvailable ? '' : ` (skipped: ${found.reason})`
  const mayRun = found.isAvailable || found.isRequired
  describe.skipIf(!mayRun)(`CountOnMe over HTTP · ${found.engine}${reason}`, () => {
    let own: TestDatabase
    let database: Database
    let client: TestClient
    let mine: Caller
    let other: Caller

    beforeAll(async () => {
      own = await freshDatabase(found.engine)
      database = await openDatabase(own.url, { models: app.models })
      client = await testClient(app, { database })
      mine = await registered(client, 'mine')
      other = await registered(client, 'other')
    })
    afterAll(async () => {
      await client?.close()
      await database?.close()
      await own?.drop()
    })

    it('D7: a device registers once, and its token is the only thing it is known by', async () => {
      const again = await client.post('/v1/auth/register', { deviceId: 'mine' })
      expect(again).toMatchObject({
        status: 409,
        json: { code: 'DEVICE_REGISTERED', detail: 'The device is already registered' },
      })
      const unknown = await client.request('GET', '/v1/products', {
        headers: { authorization: `Bearer ${'A'.repeat(43)}` },
      })
      const refused = { status: 401, json: { detail: 'Invalid or expired token', code: 'UNAUTHENTICATED' } }
      expect(unknown).toMatchObject(refused)
      expect(unknown.headers['www-authenticate']).toBe('Bearer')
      expect(await client.get('/v1/products')).toMatchObject(refused)
    })

    it('A7: the catalogue is there from the start, by name, and nobody changes it', async () => {
      const first = await mine('GET', '/v1/foods?limit=100')
      expect(first.status).toBe(200)
      const foods = first.json as { name: string; kcal100g: number }[]
      expect(foods.length).toBeGreaterThanOrEqual(60)
      expect(foods).toContainEqual(
        expect.objectContaining({ name: 'Chicken breast, roasted, meat only', kcal100g: 165 }),
      )
      const names = foods.map(({ name }) => name)
      expect(names).toEqual(names.toSorted())
      expect(await mine('POST', '/v1/foods', bread)).toMatchObject({ status: 405 })
    })

    it('D2, D12: a product is created, read, changed and listed in exactly its read shape', async () => {
      const created = await mine('POST', '/v1/products', bread)
      expect(created.status).toBe(201)
      const { id } = created.json as { id: string }
      expect(created.headers['location']).toBe(`/v1/products/${id}`)
      expect(Object.keys(created.json as object)).toEqual(['id', 'name', 'kcal100g', 'createdAt', 'updatedAt'])
      expect((await mine('GET', `/v1/products/${id}`)).json).toEqual(created.json)
      const changed = await mine('PATCH', `/v1/products/${id}`, { kcal100g: 250 })
      expect(changed).toMatchObject({ status: 200, json: { id, name: 'Bread', kcal100g: 250 } })
      const unchanged = await mine('PATCH', `/v1/products/${id}`, {})
      expect(unchanged.json).toEqual(changed.json)
      expect((await mine('GET', '/v1/products?sort=-kcal100g&limit=1')).json).toEqual([changed.json])
      await mine('DELETE', `/v1/products/${id}`)
    })

    it('D3: a deleted product is gone until it is restored', async () => {
      const { id } = (await mine('POST', '/v1/products', bread)).json as { id: string }
      expect(await mine('DELETE', `/v1/products/${id}`)).toMatchObject({ status: 204, text: '' })
      expect(await mine('DELETE', `/v1/products/${id}`)).toMatchObject({ status: 404 })
      expect(await mine('GET', `/v1/products/${id}`)).toMatchObject({ status: 404 })
      expect((await mine('GET', '/v1/products')).json).toEqual([])
      expect(await mine('POST', `/v1/products/${id}/restore`)).toMatchObject({ status: 200, json: bread })
      expect(await mine('POST', `/v1/products/${id}/restore`)).toMatchObject({ status: 200, json: bread })
      await mine('DELETE', `/v1/products/${id}`)
    })

    it('D4: to another device a product is no different from one that does not exist', async () => {
      const { id } = (await mine('POST', '/v1/products', bread)).json as { id: string }
      const missing = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'
      const probes = [
        ['GET', '', undefined],
        ['PATCH', '', { name: 'Theirs' }],
        ['DELETE', '', undefined],
        ['POST', '/restore', undefined],
      ] as const
      for (const [method, suffix, body] of probes) {
        const theirs = await other(method, `/v1/products/${id}${suffix}`, body)
        const nobodys = await other(method, `/v1/products/${missing}${suffix}`, body)
        expect(theirs).toMatchObject({ status: 404, json: { detail: 'Product not found', code: 'NOT_FOUND' } })
        expect(theirs.text).toBe(nobodys.text)
      }
      expect((await other('GET', '/v1/products')).headers['x-total-count']).toBe('0')
      expect((await mine('GET', `/v1/products/${id}`)).json).toMatchObject(bread)
      await mine('DELETE', `/v1/products/${id}`)
    })

    it('D8: what is wrong with a body is listed, and nothing is written', async () => {
      const wrong = await mine('POST', '/v1/products', { name: '', kcal100g: 1001, deviceId: 'other' })
      expect(wrong).toMatchObject({ status: 422, json: { detail: 'Validation error', code: 'VALIDATION' } })
      const { errors } = wrong.json as { errors: { in: string; path: string; code: string }[] }
      expect(errors.map(({ in: place, path, code }) => `${place} ${path} ${code}`)).toEqual([
        'body /name LENGTH',
        'body /kcal100g RANGE',
        'body /deviceId UNKNOWN',
      ])
      expect(await mine('POST', '/v1/products', '{"name":')).toMatchObject({
        status: 400,
        json: { code: 'MALFORMED_JSON' },
      })
      expect((await mine('GET', '/v1/products')).json).toEqual([])
    })

    it('A4: pages do not overlap and their total is the same on each', async () => {
      for (const name of ['c', 'a', 'b']) await mine('POST', '/v1/products', { ...bread, name })
      const pages = [1, 2].map((page) => mine('GET', `/v1/products?page=${page}&pageSize=2`))
      const answers = await Promise.all(pages)
      expect(answers.map(({ json }) => (json as { name: string }[]).map(({ name }) => name))).toEqual([
        ['a', 'b'],
        ['c'],
      ])
      expect(answers.map(({ headers }) => headers['x-total-count'])).toEqual(['3', '3'])
    })
  })
}

type Caller = (method: string, url: string, body?: unknown) => Promise<TestResponse>

/** A device of its own and what calls with its token. */
async function registered(client: TestClient, deviceId: string): Promise<Caller> {
  const { json } = await client.post('/v1/auth/register', { deviceId })
  const headers = { authorization: `Bearer ${(json as { token: string }).token}` }
  return (method, url, body) => client.request(method, url, body === undefined ? { headers } : { headers, body })
}
