import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, unscoped } from 'terrace/database'
import type { Database } from 'terrace/database'
import { testClient } from 'terrace/testing'
import type { TestClient, TestResponse } from 'terrace/testing'
import { app } from '../src/app.ts'
import { DeviceDao } from '../src/device/device.dao.ts'

const bread = { name: 'Bread', kcal100g: 266 }
const date = '2026-02-05'
const missing = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'

let failOn: string | null
let database: Database
let client: TestClient
let mine: Caller
let other: Caller

beforeEach(async () => {
  failOn = null
  const statement = ({ sql }: { readonly sql: string }): void => {
    if (failOn !== null && sql.startsWith(failOn)) throw new Error(`secret of the disk behind ${sql}`)
  }
  database = await openDatabase('sqlite::memory:', { models: app.models, observer: { statement } })
  client = await testClient(app, { database, log: 'silent' })
  mine = await registered('mine')
  other = await registered('other')
})
afterEach(async () => {
  await client?.close()
  await database?.close()
})

type Caller = (method: string, url: string, body?: unknown) => Promise<TestResponse>

/** A device of its own and what calls with its token. */
async function registered(deviceId: string): Promise<Caller> {
  const { json } = await client.post('/v1/auth/register', { deviceId })
  const headers = { authorization: `Bearer ${(json as { token: string }).token}` }
  return (method, url, body) => client.request(method, url, body === undefined ? { headers } : { headers, body })
}

async function created(caller: Caller, path: string, body: unknown): Promise<{ readonly id: string }> {
  const response = await caller('POST', path, body)
  expect(response.status).toBe(201)
  return response.json as { readonly id: string }
}

/** A product of mine with a second portion, eaten once. */
async function eatenBread() {
  const product = await created(mine, '/v1/products', bread)
  const portion = await created(mine, '/v1/portions', { productId: product.id, name: '1 slice', grams: 45 })
  const measured = { productId: product.id, portionId: portion.id, quantity: 2 }
  const entry = await created(mine, '/v1/food-entries', { date, ...measured })
  return { product, portion, entry }
}

describe('devices (D7)', () => {
  it('register once; their token is the only thing they are known by, and stored as a hash', async () => {
    const again = await client.post('/v1/auth/register', { deviceId: 'mine' })
    expect(again).toMatchObject({ status: 409, json: { code: 'DEVICE_REGISTERED' } })
    const refused = { status: 401, json: { detail: 'Invalid or expired token', code: 'UNAUTHENTICATED' } }
    for (const authorization of [`Bearer ${'A'.repeat(43)}`, 'Bearer', 'Basic bWluZTo='])
      expect(await client.request('GET', '/v1/products', { headers: { authorization } })).toMatchObject(refused)
    const nobody = await client.get('/v1/products')
    expect(nobody).toMatchObject({ ...refused, headers: { 'www-authenticate': 'Bearer' } })
  })

  it('are seen by their calls, and no longer known once they are deleted (D12)', async () => {
    const device = () => database.session(unscoped('test'), (session) => session.use(DeviceDao).get('mine'))
    expect(await mine('GET', '/v1/products')).toMatchObject({ status: 200 })
    expect((await device())?.lastSeenAt).toBeInstanceOf(Date)
    await database.session(unscoped('test'), (session) => session.use(DeviceDao).delete('mine'))
    expect(await mine('GET', '/v1/products')).toMatchObject({ status: 401 })
    expect(await client.post('/v1/auth/register', { deviceId: 'mine' })).toMatchObject({ status: 409 })
  })
})

describe('foods (A7)', () => {
  it('are there from the start, by name, each with its public source, and nobody changes them', async () => {
    const foods = (await mine('GET', '/v1/foods?limit=100')).json as { name: string; source: string }[]
    expect(foods.length).toBeGreaterThanOrEqual(60)
    expect(foods).toContainEqual(expect.objectContaining({ name: 'Chicken breast, roasted, meat only', kcal100g: 165 }))
    const names = foods.map(({ name }) => name)
    expect(names).toEqual(names.toSorted())
    for (const { source } of foods) expect(source).toMatch(/^USDA FoodData Central, SR Legacy, NDB \d{5}$/)
    expect(new Set(foods.map(({ source }) => source)).size).toBe(foods.length)
    expect(await mine('POST', '/v1/foods', bread)).toMatchObject({ status: 405 })
  })
})

describe('products', () => {
  it('leave in exactly their read shape, 50 at once, ordered by name (D12)', async () => {
    const { id } = await created(mine, '/v1/products', bread)
    const read = await mine('GET', `/v1/products/${id}`)
    expect(Object.keys(read.json as object)).toEqual(['id', 'name', 'kcal100g', 'createdAt', 'updatedAt'])
    for (let at = 0; at < 50; at += 1) await created(mine, '/v1/products', { name: `Apple ${at}`, kcal100g: 52 })
    const listed = await mine('GET', '/v1/products')
    const names = (listed.json as { name: string }[]).map(({ name }) => name)
    expect(names).toHaveLength(50)
    expect(names).toEqual(names.toSorted())
    expect(listed.headers['x-total-count']).toBe('51')
  })

  it('come with their default portion or not at all (D6), and a failure says nothing about itself (D8)', async () => {
    failOn = 'insert into "portions"'
    const failed = await mine('POST', '/v1/products', bread)
    expect(failed).toMatchObject({ status: 500, json: { detail: 'Internal server error', code: 'INTERNAL' } })
    expect(failed.text).not.toContain('secret')
    failOn = null
    expect((await mine('GET', '/v1/products')).json).toEqual([])
    expect((await mine('GET', '/v1/portions')).json).toEqual([])
    await created(mine, '/v1/products', bread)
    expect((await mine('GET', '/v1/products?include=portions')).json).toMatchObject([
      { ...bread, portions: [{ name: '100g', grams: 100, isDefault: true }] },
    ])
  })
})

describe('another device (D4)', () => {
  it('finds nothing under any path that has a key', async () => {
    const { product, portion, entry } = await eatenBread()
    const ids: Readonly<Record<string, string>> = { Product: product.id, Portion: portion.id, FoodEntry: entry.id }
    const keyed = app.routes.filter(({ path, model }) => path.includes('/:id') && ids[model?.name ?? ''] !== undefined)
    expect(keyed).toHaveLength(15)
    for (const { method, path, model, body } of keyed) {
      const call = (id: string): Promise<TestResponse> =>
        other(method, path.replace(':id', id), body === null ? undefined : {})
      const theirs = await call(ids[model?.name ?? ''] ?? '')
      expect({ call: `${method} ${path}`, ...theirs }).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } })
      expect(theirs.text).toBe((await call(missing)).text)
    }
    expect((await mine('GET', `/v1/food-entries/${entry.id}`)).json).toEqual(entry)
    expect((await mine('GET', `/v1/portions/${portion.id}`)).json).toEqual(portion)
  })

  it('sees nothing in any list, whatever it filters by or includes', async () => {
    const { product, portion, entry } = await eatenBread()
    for (const url of [
      '/v1/products?include=portions',
      `/v1/products?id[in]=${product.id}`,
      `/v1/portions?productId=${product.id}&include=product`,
      `/v1/food-entries?date=${date}&include=product,portion`,
      `/v1/food-entries?portionId=${portion.id}`,
      `/v1/food-entries?id=${entry.id}`,
    ])
      expect({ url, ...(await other('GET', url)) }).toMatchObject({
        status: 200,
        json: [],
        headers: { 'x-total-count': '0' },
      })
    expect((await other('GET', `/v1/food-entries/summary?from=${date}&to=${date}`)).json).toEqual([])
  })

  it('refers to nothing, and is told the same as of rows that do not exist', async () => {
    const { product, portion } = await eatenBread()
    const own = await created(other, '/v1/products', bread)
    const bodies: readonly (readonly [path: string, body: (id: string) => unknown, theirs: string])[] = [
      ['/v1/portions', (productId) => ({ productId, name: 'x', grams: 1, isDefault: true }), product.id],
      ['/v1/food-entries', (productId) => ({ date, productId, grams: 1 }), product.id],
      ['/v1/food-entries', (foodId) => ({ date, foodId, grams: 1 }), product.id],
      ['/v1/food-entries', (portionId) => ({ date, productId: own.id, portionId, quantity: 1 }), portion.id],
    ]
    for (const [path, body, theirs] of bodies) {
      const refused = await other('POST', path, body(theirs))
      expect(refused).toMatchObject({ status: 422, json: { code: 'REFERENCE_MISSING' } })
      expect(refused.text).toBe((await other('POST', path, body(missing))).text)
    }
    const portions = (await mine('GET', `/v1/portions?productId=${product.id}&isDefault=true`)).json
    expect(portions).toMatchObject([{ name: '100g' }])
  })
})

describe('the energy of an entry', () => {
  it('is rounded half up to one decimal, in each answer', async () => {
    const { id: productId } = await created(mine, '/v1/products', { name: 'Sugar', kcal100g: 100 })
    const answers: [grams: number, kcal: number][] = [
      [0.05, 0.1],
      [0.04, 0],
      [1.15, 1.2],
      [2.45, 2.5],
      [1005.05, 1005.1],
    ]
    for (const [grams, kcal] of answers) {
      const entry = await created(mine, '/v1/food-entries', { date, productId, grams })
      expect(entry).toMatchObject({ grams, kcal })
      expect((await mine('GET', `/v1/food-entries/${entry.id}`)).json).toEqual(entry)
    }
    const summary = await mine('GET', `/v1/food-entries/summary?from=${date}&to=${date}`)
    expect(summary.json).toEqual([{ date, kcal: 1008.7 }])
  })
})
