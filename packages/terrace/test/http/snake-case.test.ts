import { afterAll, beforeAll, expect, test } from 'vitest'
import { read } from '../../src/dto/index.ts'
import { resource } from '../../src/http/index.ts'
import {
  pantryApp,
  pantryDevice,
  pantryModels,
  PantryPortions,
  PantryProducts,
  PantryStocks,
} from '../pantry/pantry-app.ts'
import type { PantryDevice } from '../pantry/pantry-app.ts'

const app = pantryApp({
  wire: 'snake',
  products: { list: { sort: ['-boughtOn'] }, read: read(pantryModels.Product, { as: { brand: 'madeBy' } }) },
  routes: [resource(PantryStocks, { path: '/stocks' })],
})
let mine: PantryDevice

beforeAll(async () => {
  mine = await pantryDevice(app, 'mine')
  await mine.work(async (session) => {
    const products = session.use(PantryProducts)
    for (const [name, boughtOn] of [
      ['Apple', '2026-02-05'],
      ['Bread', '2026-02-06'],
      ['Cola', null],
    ] as const) {
      const { id } = await products.create({ name, kcal100g: 1, boughtOn, brand: 'Own' })
      await session.use(PantryPortions).create({ productId: id, name: `a ${name}`, grams: 10 })
    }
  })
})
afterAll(() => mine.client.close())

const status = async (query: string) => (await mine.client.get(`/v1/products?${query}`)).status

test('filters, sort and fields have the names of the wire; operators stay as they are', async () => {
  expect(await mine.names('?bought_on[gte]=2026-02-05&sort=bought_on')).toEqual(['Apple', 'Bread'])
  expect(await mine.names('?bought_on[null]=true')).toEqual(['Cola'])
  expect(await mine.names('?name[startsWith]=A')).toEqual(['Apple'])
  expect(await mine.names('?')).toEqual(['Bread', 'Apple', 'Cola'])
  const { json } = await mine.client.get('/v1/products?fields=is_open,bought_on&bought_on=2026-02-05')
  expect(json).toEqual([{ is_open: false, bought_on: '2026-02-05' }])
})

test('a name that was chosen by hand stays as it is', async () => {
  expect(await mine.names('?madeBy=own&name=Apple&fields=madeBy,name')).toEqual(['Apple'])
  expect(await mine.names('?pageNumber[null]=true&name=Apple')).toEqual(['Apple'])
})

test.each([
  'boughtOn=2026-02-05',
  'sort=boughtOn',
  'fields=isOpen',
  'pageSize=2',
  'made_by=own',
  'name[starts_with]=A',
])('other names are unknown: %s', async (query) => {
  expect(await status(query)).toBe(400)
})

test('pages are asked for and linked by page_size', async () => {
  const { headers, json } = await mine.client.get('/v1/products?page=2&page_size=1&sort=name')
  expect(json).toMatchObject([{ name: 'Bread' }])
  expect(headers['link']).toContain('</v1/products?sort=name&page=3&page_size=1>; rel="next"')
  expect((await mine.client.get('/v1/products?page=1&limit=1')).json).toMatchObject({
    errors: [{ path: '/limit', message: 'may not be given with page or page_size' }],
  })
})

test('included rows travel in the same names', async () => {
  const { json } = await mine.client.get('/v1/products?include=portions.product&name=Apple')
  expect(json).toMatchObject([{ portions: [{ product_id: expect.any(String), product: { is_open: false } }] }])
})

test('what a DAO refuses is named as it was sent', async () => {
  await mine.client.post('/v1/stocks', { place: 'hall', shelf_no: 1, label: 'x' })
  expect(await mine.client.post('/v1/stocks', { place: 'hall', shelf_no: 1 })).toMatchObject({
    status: 409,
    json: {
      detail: 'A Stock with the same place, shelf_no exists',
      errors: [{ path: '/place' }, { path: '/shelf_no' }],
    },
  })
  const missing = { product_id: '0198c0de-0000-7000-8000-000000000000', name: 'x', grams: 1 }
  expect(await mine.client.post('/v1/portions', missing)).toMatchObject({
    status: 422,
    json: { code: 'REFERENCE_MISSING', errors: [{ in: 'body', path: '/product_id', code: 'REFERENCE' }] },
  })
})

test('parameters for the documentation have the names of the wire', () => {
  const names = app.routes.find(({ operation }) => operation === 'list')?.query?.parameters.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['page_size', 'bought_on[lte]', 'madeBy[in]', 'pageNumber[gt]']))
  expect(names?.filter((name) => /[a-z][A-Z]/.test(name) && !/\[|madeBy|pageNumber/.test(name))).toEqual([])
})
