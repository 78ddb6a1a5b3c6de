import { afterAll, beforeAll, expect, test } from 'vitest'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Database } from '../../src/database/index.ts'
import { testClient, testDatabase } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { pantryApp, pantryModels, PantryPortions, PantryProducts } from '../pantry/pantry-app.ts'

let sent: string[] = []
let database: Database
let client: TestClient

beforeAll(async () => {
  const observer = { statement: ({ sql }: { readonly sql: string }) => void sent.push(sql) }
  database = await testDatabase({ models: pantryModels, observer })
  const as = actingAs(pantryModels.Device, 'mine')
  await database.session(unscoped('test'), (session) => session.use(Dao(pantryModels.Device)).create({ id: 'mine' }))
  await database.session(as, async (session) => {
    for (let at = 0; at < 60; at += 1) {
      const { id } = await session.use(PantryProducts).create({ name: `P${at}`, kcal100g: at })
      for (const name of ['piece', 'slice']) await session.use(PantryPortions).create({ productId: id, name, grams: 1 })
    }
  })
  client = await testClient(pantryApp(), { as, database })
})
afterAll(async () => {
  await client.close()
  await database.close()
})

/** The statements that a request costs. */
async function statementsOf(url: string): Promise<readonly string[]> {
  sent = []
  await client.get(url)
  return sent
}

test('a list costs one statement for its rows, one to count them, one for each relation, however many rows there are', async () => {
  for (const limit of [2, 50]) {
    const list = `/v1/products?limit=${limit}`
    expect(await statementsOf(list)).toHaveLength(2)
    expect(await statementsOf(`${list}&total=false`)).toHaveLength(1)
    expect(await statementsOf(`${list}&total=false&include=portions`)).toHaveLength(2)
    expect(await statementsOf(`${list}&total=false&include=portions.product.portions`)).toHaveLength(4)
    expect(await statementsOf(`${list}&total=false&fields=name&include=portions,category`)).toHaveLength(2)
  }
})

test('a query that is refused costs none', async () => {
  const refused = [
    'margin=7',
    'name[like]=x',
    'kcal100g=x',
    'include=device',
    'include=a.b.c.d',
    'fields=pin',
    'page=0',
  ]
  for (const query of refused) expect([query, await statementsOf(`/v1/products?${query}`)]).toEqual([query, []])
})

test('equal questions about other values are one statement, in whatever order they are asked', async () => {
  const [first] = await statementsOf('/v1/products?name[contains]=P&kcal100g[gte]=3&total=false')
  const [second] = await statementsOf('/v1/products?kcal100g[gte]=9&name[contains]=%27%3B--&total=false')
  expect(second).toBe(first)
})

test('few rows cannot be asked for as millions: of what is included there is so much in one answer', async () => {
  const id = await database.session(actingAs(pantryModels.Device, 'mine'), async (session) => {
    const product = await session.use(PantryProducts).create({ name: 'Loaf', kcal100g: 1000 })
    const portions = Array.from({ length: 101 }, (_, at) => ({ productId: product.id, name: `Slice ${at}`, grams: 1 }))
    for (const portion of portions) await session.use(PantryPortions).create(portion)
    return product.id
  })
  for (const url of [`/v1/products/${id}?`, '/v1/products?name=Loaf&']) {
    expect(await client.get(`${url}include=portions.product`)).toMatchObject({ status: 200 })
    expect(await client.get(`${url}include=portions.product.portions`)).toMatchObject({
      status: 422,
      json: { errors: [{ in: 'query', path: '/include', code: 'TOO_MANY' }] },
    })
  }
})
