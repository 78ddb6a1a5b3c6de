import { createApp } from '../../src/app/index.ts'
import type { App } from '../../src/app/index.ts'
import { DeviceAccess, isSeenDue } from '../../src/auth/index.ts'
import { shape } from '../../src/dto/index.ts'
import { defineErrors, errors } from '../../src/errors/index.ts'
import { authentication, bearer, group, plain, publicAccess, reply, resource, route } from '../../src/http/index.ts'
import type { ResponseStyle } from '../../src/http/index.ts'
import {
  actor,
  bigint,
  date,
  graph,
  identity,
  integer,
  json,
  model,
  owner,
  shared,
  softDelete,
  text,
  timestamp,
  timestamps,
  uuid,
} from '../../src/model/index.ts'
import { CrudService } from '../../src/service/index.ts'

const Device = model(
  'devices',
  {
    id: text().length(1, 64).primaryKey(),
    tokenHash: text().length(64, 64).unique({ global: true }).hidden(),
    lastSeenAt: timestamp().nullable().readOnly(),
    ...timestamps(),
    ...softDelete(),
  },
  { access: actor() },
)
const Product = model('products', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  name: text().length(1, 100).unique(),
  kcal100g: integer().range(0, 1000).column('kcal_100g'),
  note: text().nullable(),
  weight: bigint().default(0n),
  boughtOn: date().nullable(),
  extra: json().nullable(),
  barcode: text().length(1, 20).immutable().nullable(),
  margin: integer().hidden().default(7),
  ...timestamps(),
  ...softDelete(),
})
const Food = model(
  'foods',
  { id: identity(), name: text().length(1, 100).unique() },
  { access: shared({ write: 'everyone' }), seeds: [{ name: 'Apple' }, { name: 'Bread' }, { name: 'Cheese' }] },
)

/** An app small enough to read and wide enough to break: owners, a catalogue, hidden and immutable columns, routes by hand. */
export const shelfModels = graph({ Device, Product, Food })

export class ShelfDevices extends DeviceAccess(shelfModels.Device) {}
class ShelfProducts extends CrudService(shelfModels.Product) {}
export class ShelfFoods extends CrudService(shelfModels.Food) {}

const shelfErrors = defineErrors({
  SHELF_CLOSED: {
    kind: 'permission',
    en: 'The shelf is closed',
    zh: '货架已关闭',
    remedy: 'Come back later',
    values: {},
  },
})

const device = authentication('device', {
  scheme: bearer(),
  verify: ({ token, session }) => session.use(ShelfDevices).verify(token),
  actor: (row) => ({ Device: row.id }),
  seen: {
    isDue: (row, nowMs) => isSeenDue(row.lastSeenAt, nowMs),
    record: ({ row, session }) => session.use(ShelfDevices).recordSeen(row),
  },
})

const register = route('POST /auth/register', {
  summary: 'Register a device',
  body: shape({ deviceId: text().length(1, 64) }),
  responses: { 201: shape({ token: text() }) },
  errors: [errors.DEVICE_REGISTERED],
  use: { devices: ShelfDevices },
  handler: ({ body, use }) => use.devices.register(body.deviceId),
})

const close = route('POST /shelves/:shelf/close', {
  summary: 'Writes, then fails as the query says',
  params: shape({ shelf: integer().range(1, 9) }),
  query: shape({ how: text().length(1, 20) }),
  responses: { 200: shape({ id: uuid() }), 202: null },
  errors: [shelfErrors.SHELF_CLOSED, errors.UNIQUE],
  use: { products: ShelfProducts },
  handler: async ({ params, query, use }) => {
    const product = await use.products.create({ name: `closed ${params.shelf}`, kcal100g: 1 })
    if (query.how === 'domain') throw shelfErrors.SHELF_CLOSED()
    if (query.how === 'bug') throw new Error('password=hunter2')
    if (query.how === 'mismatch') return reply(200, { id: null } as unknown as { id: string })
    if (query.how === 'forgets') setTimeout(() => void use.products.create({ name: 'late', kcal100g: 1 }), 20)
    if (query.how === 'rejects') void Promise.reject(new Error('of somebody else'))
    if (query.how === 'header') return reply(200, product, { 'x-shelf': 'a\r\nb' })
    // As Node reports it when a connection to somebody else breaks: not the client's fault.
    if (query.how === 'upstream') throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
    return query.how === 'later' ? reply(202, undefined, { 'x-shelf': 'later' }) : reply(200, product)
  },
})

/** The app in a style; every route but the registration is a device's own. */
export function shelfApp(responses: ResponseStyle = plain): App {
  return createApp({
    title: 'Shelf',
    version: '1.0.0',
    models: shelfModels,
    responses,
    routes: [
      group({ prefix: '/v1', auth: publicAccess('registration') }, [register]),
      group({ prefix: '/v1', auth: device }, [
        resource(ShelfProducts, { path: '/products', list: { sort: ['name'], limit: 50 } }),
        resource(ShelfFoods, { path: '/foods', only: ['list', 'get'] }),
        close,
      ]),
    ],
  })
}
