import { createApp } from '../../src/app/index.ts'
import type { App } from '../../src/app/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Session } from '../../src/database/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { authentication, bearer, group, plain, resource } from '../../src/http/index.ts'
import type { WireNames } from '../../src/dto/index.ts'
import type { ResourceOptions, ResourceService, RouteTree } from '../../src/http/index.ts'
import {
  actor,
  array,
  boolean,
  bytes,
  date,
  decimal,
  graph,
  identity,
  integer,
  json,
  model,
  oneOf,
  owner,
  ownedThrough,
  reference,
  shared,
  softDelete,
  text,
  timestamps,
  uuid,
} from '../../src/model/index.ts'
import { CrudService } from '../../src/service/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'

const Device = model(
  'devices',
  { id: text().length(1, 64).primaryKey(), secret: text().length(1, 64).hidden().default('none') },
  { access: actor() },
)
const Category = model(
  'categories',
  { id: identity(), name: text().length(1, 50), parentId: reference('categories', { key: identity() }).nullable() },
  { access: shared({ write: 'nobody' }) },
)
const Product = model('products', {
  id: uuid().primaryKey(),
  deviceId: owner(Device, { inverse: 'products' }),
  name: text().length(1, 100).filterable('not', 'gt', 'lte', 'contains', 'startsWith'),
  brand: text().length(1, 50).ignoreCase().nullable(),
  kcal100g: integer().range(0, 1000),
  price: decimal(9, 2).nullable(),
  isOpen: boolean().default(false),
  kind: oneOf('solid', 'liquid').default('solid'),
  boughtOn: date().nullable(),
  tags: array(text().length(1, 20)).nullable(),
  extra: json().nullable(),
  photo: bytes().nullable(),
  page: integer().nullable().filterAs('pageNumber'),
  margin: integer().hidden().default(7),
  pin: text().length(4, 4).writeOnly().nullable(),
  supplierId: reference('suppliers', { key: uuid(), as: 'supplier', inverse: 'products' }).hidden().nullable(),
  categoryId: reference(Category, { inverse: 'products' }).nullable(),
  ...timestamps(),
  ...softDelete(),
})
const Portion = model(
  'portions',
  {
    id: uuid().primaryKey(),
    productId: reference(Product, { inverse: 'portions', onDelete: 'cascade' }),
    name: text().length(1, 50),
    grams: integer().range(1, 5000),
    cost: integer().hidden().default(3),
    ...softDelete(),
  },
  { access: ownedThrough('productId') },
)
const Supplier = model('suppliers', { id: uuid().primaryKey(), deviceId: owner(Device), name: text().length(1, 50) })

const Stock = model('stocks', {
  place: text().length(1, 20).primaryKey(),
  shelfNo: integer().primaryKey(),
  deviceId: owner(Device),
  count: integer().default(1),
  note: text().length(1, 50).nullable(),
  label: text().length(1, 20).unique().nullable(),
  soldAt: text().length(1, 20).immutable().nullable(),
  ...softDelete(),
})

/** Everything that a list can be asked: owners, relations both ways, hidden ones among them, columns of each type. */
export const pantryModels = graph({ Device, Category, Product, Portion, Supplier, Stock })

export class PantryProducts extends CrudService(pantryModels.Product) {}
export class PantryPortions extends CrudService(pantryModels.Portion) {}
export class PantryStocks extends CrudService(pantryModels.Stock) {}
export class PantryCategories extends CrudService(pantryModels.Category) {}

/** The key of a device is its token. */
const device = authentication('device', {
  scheme: bearer({ form: () => true }),
  verify: ({ token }) => Promise.resolve({ id: token }),
  actor: (row) => ({ Device: row.id }),
})

export interface PantryOptions {
  /** How its products are declared. */
  readonly products?: Partial<ResourceOptions>
  readonly service?: ResourceService
  readonly portions?: ResourceService
  /** Further routes of its devices. */
  readonly routes?: readonly RouteTree[]
  readonly wire?: WireNames
}

export function pantryApp(options: PantryOptions = {}): App {
  const { products, service = PantryProducts, portions = PantryPortions, routes = [], wire } = options
  return createApp({
    title: 'Pantry',
    version: '1.0.0',
    models: pantryModels,
    responses: plain,
    ...(wire === undefined ? {} : { wire }),
    routes: [
      group({ prefix: '/v1', auth: device }, [
        resource(service, { path: '/products', search: ['name', 'brand'], ...products }),
        resource(portions, { path: '/portions' }),
        ...routes,
      ]),
    ],
  })
}

/** A client of the app as a new device, and sessions of the same device. */
export async function pantryDevice(app: App, id: string, among?: TestClient): Promise<PantryDevice> {
  const client = await testClient(app, {
    as: actingAs(pantryModels.Device, id),
    ...(among === undefined ? {} : { database: among.database }),
  })
  await client.database.session(unscoped('test'), async (session) => {
    await session.use(Dao(pantryModels.Device)).create({ id })
  })
  return {
    client,
    work: (work) => client.database.session(actingAs(pantryModels.Device, id), work),
    names: async (query) => {
      const answer = await client.get(`/v1/products${query}`)
      if (answer.status !== 200) throw new Error(answer.text)
      return (answer.json as { readonly name: string }[]).map(({ name }) => name)
    },
  }
}

export interface PantryDevice {
  readonly client: TestClient
  work<R>(work: (session: Session) => Promise<R>): Promise<R>
  /** The names of the products that a query lists. */
  names(query: string): Promise<readonly string[]>
}
