import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app/index.ts'
import { computed, create, list, patch, read, shape } from '../../src/dto/index.ts'
import { defineErrors } from '../../src/errors/index.ts'
import { resource } from '../../src/http/index.ts'
import { integer, text } from '../../src/model/index.ts'
import { CrudService } from '../../src/service/index.ts'
import {
  pantryApp,
  PantryCategories,
  pantryDevice,
  pantryModels,
  PantryPortions,
  PantryProducts,
  PantryStocks,
} from '../pantry/pantry-app.ts'
import type { PantryDevice } from '../pantry/pantry-app.ts'

const { Product, Portion } = pantryModels

/** Sends ounces where grams are stored. */
class OunceService extends CrudService(Portion, {
  create: create(Portion, { except: ['grams'], with: { ounces: integer().range(1, 100) }, name: 'OunceCreate' }),
}) {
  protected override toInsert({ ounces, ...portion }: { productId: string; name: string; ounces: number }) {
    return { ...portion, grams: ounces * 28 }
  }
}

const errors = defineErrors({
  SOLD_OUT: { kind: 'conflict', en: 'Sold out', zh: '已售罄', remedy: 'Wait', values: {} },
})

const app = pantryApp({
  products: {
    put: 'merge',
    include: ['portions'],
    read: {
      list: read(Product, { only: ['id', 'name', 'kcal100g'], name: 'ProductLine', as: { kcal100g: 'energy' } }),
      detail: read(Product, {
        except: ['extra', 'tags', 'photo'],
        as: { kcal100g: 'energy' },
        computed: { shout: computed(text(), (row) => row.name.toUpperCase()) },
      }),
    },
  },
  routes: [
    resource(PantryStocks, {
      path: '/stocks',
      put: 'replace',
      errors: [errors.SOLD_OUT],
      operations: { create: { summary: 'Stock up', description: 'Once a week.' } },
    }),
    resource(PantryCategories, { path: '/categories' }),
  ],
})

let mine: PantryDevice
let id: string

beforeAll(async () => {
  mine = await pantryDevice(app, 'mine')
  await mine.work(async (session) => {
    id = (await session.use(PantryProducts).create({ name: 'Apple', kcal100g: 52 })).id
    await session.use(PantryPortions).create({ productId: id, name: 'piece', grams: 150 })
  })
})
afterAll(() => mine.client.close())

const put = (url: string, body: unknown) => mine.client.request('PUT', url, { body })
const routesOf = ({ routes }: App, path: string) =>
  routes.filter((route) => route.path.startsWith(path)).map(({ method, operationId }) => `${method} ${operationId}`)

describe('read shapes of a resource', () => {
  test('lists and single rows have their own, with names and properties of their own', async () => {
    const listed = await mine.client.get('/v1/products')
    expect(listed.json).toEqual([{ id, name: 'Apple', energy: 52 }])
    const one = await mine.client.get(`/v1/products/${id}`)
    expect(one.json).toMatchObject({ id, energy: 52, shout: 'APPLE' })
    expect(one.json).not.toHaveProperty('extra')
    expect((await mine.client.patch(`/v1/products/${id}`, { isOpen: true })).json).toMatchObject({ shout: 'APPLE' })
  })

  test('everything in a query has the names of the answer, and what the answers leave out is unknown', async () => {
    expect(await mine.names('?energy[lt]=100&sort=-energy')).toEqual(['Apple'])
    // Lists do not show it, but the row itself does.
    expect(await mine.names('?isOpen=true')).toEqual(['Apple'])
    for (const query of ['kcal100g=52', 'sort=kcal100g', 'fields=kcal100g', 'fields=shout', 'extra[null]=true'])
      expect((await mine.client.get(`/v1/products?${query}`)).status).toBe(400)
    const named = await mine.client.get(`/v1/products/${id}?fields=shout,energy`)
    expect(named.json).toEqual({ energy: 52, shout: 'APPLE' })
  })

  test('rows included in others leave in the same shape', async () => {
    const { json } = await mine.client.get('/v1/portions?include=product')
    expect(json).toMatchObject([{ name: 'piece', product: { energy: 52, shout: 'APPLE' } }])
    expect((json as { product: object }[])[0]?.product).not.toHaveProperty('kcal100g')
  })
})

describe('include of a resource', () => {
  test('takes the paths that are named and no other', async () => {
    expect((await mine.client.get('/v1/products?include=portions')).json).toMatchObject([
      { portions: [{ grams: 150 }] },
    ])
    expect((await mine.client.get('/v1/products?include=portions.product')).status).toBe(400)
  })

  test('can be none: then the name itself is unknown', async () => {
    const without = await pantryDevice(pantryApp({ products: { include: false } }), 'without', mine.client)
    expect((await without.client.get('/v1/products?include=portions')).json).toMatchObject({
      errors: [{ path: '/include', code: 'UNKNOWN' }],
    })
    await without.client.close()
  })

  test('reaches no relation whose key the answers leave out, unless it is named on purpose', async () => {
    const relations = (include?: readonly string[]) => {
      const narrow = { read: read(Product, { except: ['categoryId'] }), ...(include === undefined ? {} : { include }) }
      const { routes } = pantryApp({ products: narrow })
      return routes[0]?.query?.selection?.relations.map(({ name }) => name)
    }
    expect(relations()).toEqual(['portions'])
    expect(relations(['category', 'portions'])).toEqual(['category', 'portions'])
  })
})

describe('PUT', () => {
  test('that merges changes what is sent', async () => {
    const url = `/v1/products/${id}`
    expect(await put(url, { brand: 'Own' })).toMatchObject({ status: 200, json: { brand: 'Own', name: 'Apple' } })
    expect(await put(url, {})).toMatchObject({ status: 200, json: { brand: 'Own' } })
    expect((await put('/v1/products/0198c0de-0000-7000-8000-000000000000', {})).status).toBe(404)
    expect(routesOf(app, '/v1/products')).toContain('PUT replaceProduct')
  })

  test('that replaces gives what is not sent its default, else null, and keeps what is set once', async () => {
    const sent = { place: 'cellar', shelfNo: 1, count: 5, note: 'full', soldAt: 'here' }
    const made = await mine.client.post('/v1/stocks', sent)
    expect([made.status, made.headers['location']]).toEqual([201, '/v1/stocks/cellar/1'])
    const replaced = await put('/v1/stocks/cellar/1', { label: 'x' })
    expect(replaced).toMatchObject({ status: 200, json: { ...sent, count: 1, note: null, label: 'x' } })
    expect(await put('/v1/stocks/cellar/1', { soldAt: 'there' })).toMatchObject({
      status: 422,
      json: { errors: [{ path: '/soldAt', code: 'UNKNOWN' }] },
    })
    expect((await put('/v1/stocks/cellar/2', {})).status).toBe(404)
    expect((await put('/v1/stocks/cellar/two', {})).status).toBe(404)
  })
})

describe('a key of several columns', () => {
  test('has a segment for each, also where it has to be escaped', async () => {
    const made = await mine.client.post('/v1/stocks', { place: 'a/b ü', shelfNo: -3 })
    const url = made.headers['location'] as string
    expect(url).toBe('/v1/stocks/a%2Fb%20%C3%BC/-3')
    expect((await mine.client.get(url)).json).toEqual(made.json)
    expect((await mine.client.delete(url)).status).toBe(204)
    expect((await mine.client.delete(url)).status).toBe(404)
    expect((await mine.client.post(`${url}/restore`)).json).toEqual(made.json)
    const again = await mine.client.post(`${url}/restore`)
    expect([again.status, again.json]).toEqual([200, made.json])
  })

  test('a conflict names the properties concerned', async () => {
    await mine.client.post('/v1/stocks', { place: 'hall', shelfNo: 1, label: 'taken' })
    expect(await mine.client.post('/v1/stocks', { place: 'hall', shelfNo: 2, label: 'taken' })).toMatchObject({
      status: 409,
      json: { code: 'UNIQUE', errors: [{ in: 'body', path: '/label', code: 'UNIQUE', message: 'is taken' }] },
    })
  })
})

describe('the operations of a resource', () => {
  test('what is shared and written by nobody is only read, unless it is said otherwise', () => {
    expect(routesOf(app, '/v1/categories')).toEqual(['GET listCategories', 'GET getCategory'])
    const more = pantryApp({ routes: [resource(PantryCategories, { path: '/categories', only: ['create'] })] })
    expect(routesOf(more, '/v1/categories')).toEqual(['POST createCategory'])
  })

  test('PUT is there where it is asked for', () => {
    expect(routesOf(pantryApp(), '/v1/products').some((line) => line.startsWith('PUT'))).toBe(false)
    const only = pantryApp({ products: { only: ['put'], put: 'merge' } })
    expect(routesOf(only, '/v1/products')).toEqual(['PUT replaceProduct'])
    expect(
      routesOf(pantryApp({ products: { put: 'merge', except: ['put'] } }), '/v1/products').join(' '),
    ).not.toContain('PUT')
  })

  test('say what they do and what they may refuse', () => {
    const stocks = app.routes.filter(({ path }) => path.startsWith('/v1/stocks'))
    const made = stocks.find(({ operation }) => operation === 'create')
    expect(made).toMatchObject({ summary: 'Stock up', description: 'Once a week.' })
    for (const route of stocks) expect(route.errors.map(({ code }) => code)).toEqual(['SOLD_OUT'])
  })

  test('take the shapes of their service', async () => {
    const own = await pantryDevice(pantryApp({ portions: OunceService }), 'own', mine.client)
    const productId = await own.work(
      async (session) => (await session.use(PantryProducts).create({ name: 'Nuts', kcal100g: 600 })).id,
    )
    const made = await own.client.post('/v1/portions', { productId, name: 'bag', ounces: 2 })
    expect(made).toMatchObject({ status: 201, json: { name: 'bag', grams: 56 } })
    expect(await own.client.post('/v1/portions', { productId, name: 'bag', grams: 2 })).toMatchObject({
      status: 422,
      json: {
        errors: [
          { path: '/grams', code: 'UNKNOWN' },
          { path: '/ounces', code: 'REQUIRED' },
        ],
      },
    })
    await own.client.close()
  })
})

test.each([
  [{ include: ['portion'] }, "include 'portion': Product has no relation portion whose key may be read"],
  [{ include: ['device'] }, "include 'device': Product has no relation device whose key may be read"],
  [{ include: ['portions.product.portions.product'] }, 'is deeper than 3 relations'],
  [{ only: ['put'] }, 'it is not said what its PUT does'],
  [{ read: read(Product, { as: { name: 'sort' } }) }, 'its lists would be filtered by "sort"'],
  [{ read: read(Product, { as: { name: 'page_size' } }) }, 'its lists would be filtered by "page_size"'],
  [{ read: read(Product, { as: { name: 'pageNumber' } }) }, 'by two columns under the name "pageNumber"'],
  [{ read: read(Product, { as: { name: 'portions' } }) }, 'the property portions stands where included rows would'],
  [{ read: read(Product, { only: ['id'] }), list: { sort: ['name'] } }, 'its lists cannot be sorted by name'],
] as const)('refuses a declaration that cannot be: %j', (options, problem) => {
  expect(() => pantryApp({ products: options })).toThrow(problem)
})

test('a property named like a relation is taken where that is not included', () => {
  const options = { read: read(Product, { as: { name: 'portions' } }), include: false } as const
  expect(routesOf(pantryApp({ products: options }), '/v1/products')).toContain('GET listProducts')
})

test('rows that only their service can complete are in no include', async () => {
  class Counting extends CrudService(Product) {
    override async get(...call: Parameters<InstanceType<typeof PantryProducts>['get']>) {
      return { ...(await super.get(...call)), visits: 1 }
    }
  }
  const shown = read(Product, { with: { visits: integer() }, name: 'CountedProduct' })
  const device = await pantryDevice(
    pantryApp({ service: Counting, products: { read: { list: read(Product), detail: shown } } }),
    'counting',
  )
  const { id: productId } = await device.work((session) =>
    session.use(PantryProducts).create({ name: 'Rye', kcal100g: 1 }),
  )
  await device.work((session) => session.use(PantryPortions).create({ productId, name: 'Slice', grams: 30 }))
  expect(await device.client.get(`/v1/products/${productId}?include=portions`)).toMatchObject({
    status: 200,
    json: { visits: 1 },
  })
  expect((await device.client.get('/v1/portions?include=product')).status).toBe(400)
  await device.client.close()
})

test('PUT says whether it replaces or changes', () => {
  const summaries = app.routes.filter(({ method }) => method === 'PUT').map(({ summary }) => summary)
  expect(summaries.toSorted()).toEqual(['Change a Product', 'Replace a Stock'])
})

test('PUT cannot replace what a change may not touch', () => {
  class Counted extends CrudService(pantryModels.Stock, { patch: patch(pantryModels.Stock, { only: ['count'] }) }) {}
  expect(() => resource(Counted, { path: '/counted', put: 'replace' })).toThrow(
    "put: 'replace' would set note, label, which its patch leaves out",
  )
  expect(() => resource(Counted, { path: '/counted', put: 'merge' })).not.toThrow()
  expect(() => resource(OunceService, { path: '/ounces', put: 'replace' })).toThrow('would set ounces')
})

test('PUT cannot replace what is created by a schema that is no list of columns', () => {
  class Listed extends CrudService(Portion, { create: list(shape({ name: text() })) } as object) {}
  expect(() => resource(Listed, { path: '/listed', put: 'replace' })).toThrow('is no shape of columns')
})
