import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import { create } from '../../src/dto/index.ts'
import { plain, publicAccess, group, resource } from '../../src/http/index.ts'
import { graph, model, text, uuid } from '../../src/model/index.ts'
import { CrudService } from '../../src/service/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'

const Payment = model('payments', {
  id: uuid().primaryKey(),
  payer: text().length(1, 20).immutable(),
  card: text().length(1, 20).nullable(),
  iban: text().length(1, 20).nullable(),
  bic: text().length(1, 20).nullable(),
})
const Order = model(
  'orders',
  {
    id: uuid().primaryKey(),
    productId: text().length(1, 20).nullable().immutable(),
    foodId: text().length(1, 20).nullable().immutable(),
    note: text().length(1, 20).nullable(),
  },
  { exactlyOne: [['productId', 'foodId']] },
)
const models = graph({ Payment, Order })
class Payments extends CrudService(models.Payment, {
  create: create(models.Payment, { variants: [['card'], ['iban', 'bic']] }),
}) {}
class Orders extends CrudService(models.Order) {}

const app = createApp({
  title: 'Payments',
  version: '1.0.0',
  models,
  responses: plain,
  routes: [
    group({ prefix: '', auth: publicAccess('a test') }, [
      resource(Payments, { path: '/payments', put: 'replace' }),
      resource(Orders, { path: '/orders', put: 'replace' }),
    ]),
  ],
})

let client: TestClient
beforeAll(async () => {
  client = await testClient(app)
})
afterAll(() => client.close())

const put = (path: string, body: unknown) => client.request('PUT', path, { body })

test('a replacement is one of the variants too, and what belongs to the others becomes null', async () => {
  const { json } = await client.post('/payments', { payer: 'me', iban: 'i', bic: 'b' })
  const { id } = json as { readonly id: string }
  expect(await put(`/payments/${id}`, { card: 'c' })).toMatchObject({
    status: 200,
    json: { payer: 'me', card: 'c', iban: null, bic: null },
  })
  for (const body of [{}, { card: 'c', iban: 'i', bic: 'b' }, { iban: 'i' }])
    expect((await put(`/payments/${id}`, body)).status).toBe(422)
})

test('variants of columns that are set once are no matter of a replacement', async () => {
  const { json } = await client.post('/orders', { foodId: 'f' })
  const { id } = json as { readonly id: string }
  expect(await put(`/orders/${id}`, { note: 'n' })).toMatchObject({ status: 200, json: { foodId: 'f', note: 'n' } })
})
