import { createApp } from '../../src/app/index.ts'
import type { App } from '../../src/app/index.ts'
import { read, shape } from '../../src/dto/index.ts'
import type { Create } from '../../src/dto/index.ts'
import { defineErrors } from '../../src/errors/index.ts'
import { content, group, plain, publicAccess, reply, resource, route } from '../../src/http/index.ts'
import type { IdempotencyOptions } from '../../src/http/index.ts'
import {
  actor,
  boolean,
  graph,
  integer,
  model,
  owner,
  shared,
  softDelete,
  text,
  uuid,
  version,
} from '../../src/model/index.ts'
import { CrudService, idempotencyKeys } from '../../src/service/index.ts'
import { person } from './app.ts'

const Person = model('people', { id: text().length(1, 20).primaryKey() }, { access: actor() })
const Order = model('orders', {
  id: uuid().primaryKey(),
  personId: owner(Person),
  item: text().length(1, 50),
  count: integer().range(0, 1_000).default(1),
  version: version(),
  ...softDelete(),
})
const Signup = model(
  'signups',
  { id: uuid().primaryKey(), email: text().length(3, 100), isSeen: boolean().default(false) },
  { access: shared({ write: 'everyone' }) },
)

export const models = graph({ Person, Order, Signup, IdempotencyKey: idempotencyKeys() })

const orderErrors = defineErrors({
  SOLD_OUT: { kind: 'conflict', en: 'Sold out', zh: '已售罄', remedy: 'Come again', values: {} },
})

export class OrderService extends CrudService(models.Order) {
  /** How often the work of a request was done, undone or not. */
  static runs = 0
  /** Awaited by each creation, where a test wants to look at what is under way. */
  static gate: (() => Promise<void>) | null = null

  override async create(data: Create<typeof models.Order>) {
    OrderService.runs += 1
    const order = await super.create(data)
    await OrderService.gate?.()
    if (data.item === 'refused') throw orderErrors.SOLD_OUT()
    return order
  }
}

class SignupService extends CrudService(models.Signup) {}

const signUp = route('POST /signups', {
  summary: 'Sign up, and see a token once',
  body: shape({ email: text().length(3, 100) }),
  responses: { 201: shape({ token: text(), id: uuid() }) },
  use: { signups: SignupService },
  handler: async ({ body, use }) => {
    const { id } = await use.signups.create({ email: body.email })
    return reply(201, { token: `secret-${id}`, id }, { location: `/signups/${id}` })
  },
})

const pay = route('POST /payments', {
  summary: 'Pay, under a key',
  body: shape({ item: text() }),
  idempotency: 'required',
  responses: { 201: read(models.Order) },
  use: { orders: OrderService },
  handler: ({ body, use }) => use.orders.create({ item: body.item }),
})

const unkept = route('POST /unkept', {
  summary: 'Takes no key',
  idempotency: 'off',
  responses: { 201: read(models.Order) },
  use: { orders: OrderService },
  handler: ({ use }) => use.orders.create({ item: 'unkept' }),
})

const report = route('POST /reports', {
  summary: 'A report in pieces',
  responses: { 200: content('text/csv') },
  use: { orders: OrderService },
  handler: async ({ use }) => {
    await use.orders.create({ item: 'reported' })
    return ['a,b\n', '1,2\n']
  },
})

export function idempotentApp(options: Partial<IdempotencyOptions> = {}): App {
  return createApp({
    title: 'Orders',
    version: '1.0.0',
    models,
    responses: plain,
    idempotency: { keys: models.IdempotencyKey, ...options },
    routes: [
      group(
        { auth: person },
        {
          orders: resource(OrderService, {
            path: '/orders',
            put: 'merge',
            operations: { create: { errors: [orderErrors.SOLD_OUT] } },
          }),
          pay,
          unkept,
          report,
        },
      ),
      group({ auth: publicAccess('signing up') }, { signUp }),
    ],
  })
}
