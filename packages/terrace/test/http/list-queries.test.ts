import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pantryApp, pantryDevice, PantryPortions, PantryProducts } from '../pantry/pantry-app.ts'
import type { PantryDevice } from '../pantry/pantry-app.ts'

let mine: PantryDevice
let other: PantryDevice
const ids: Record<string, string> = {}

const rows = [
  { name: 'Apple', kcal100g: 52, price: '1.50', brand: 'Höfe', page: 3, boughtOn: '2026-02-05' },
  { name: 'Bread', kcal100g: 266, kind: 'solid', isOpen: true, tags: ['rye'], extra: { a: 1 } },
  { name: 'Cola', kcal100g: 42, kind: 'liquid', brand: 'HÖFE', price: '0.99' },
  { name: '100% _Dates\\', kcal100g: 282, photo: new Uint8Array([1]) },
] as const

beforeAll(async () => {
  mine = await pantryDevice(pantryApp(), 'mine')
  other = await pantryDevice(pantryApp(), 'other', mine.client)
  await mine.work(async (session) => {
    for (const row of rows) ids[row.name] = (await session.use(PantryProducts).create({ ...row })).id
    const portions = session.use(PantryPortions)
    await portions.create({ productId: ids['Apple'] as string, name: 'piece', grams: 150 })
    await portions.create({ productId: ids['Apple'] as string, name: 'slice', grams: 15 })
    await portions.create({ productId: ids['Bread'] as string, name: 'slice', grams: 40 })
  })
  await other.work(async (session) => {
    ids['Secret'] = (await session.use(PantryProducts).create({ name: 'Apple', kcal100g: 52, pin: '1234' })).id
    await session.use(PantryPortions).create({ productId: ids['Secret'], name: 'hidden away', grams: 1 })
  })
})
afterAll(async () => {
  await other.client.close()
  await mine.client.close()
})

const issues = async (url: string) => {
  const { status, json } = await mine.client.get(`/v1/products${url}`)
  const { errors = [] } = json as { errors?: readonly { path: string; code: string }[] }
  return [status, ...errors.map(({ path, code }) => `${path} ${code}`)]
}

const conditions: readonly (readonly [string, readonly string[]])[] = [
  ['name=Apple', ['Apple']],
  ['name=apple', []],
  ['name=', []],
  ['name[in]=Apple&name[in]=Cola', ['Apple', 'Cola']],
  ['name%5Bin%5D=Apple', ['Apple']],
  ['name[not]=Apple', ['100% _Dates\\', 'Bread', 'Cola']],
  ['name[contains]=a', ['100% _Dates\\', 'Bread', 'Cola']],
  ['name[contains]=%25', ['100% _Dates\\']],
  ['name[contains]=_', ['100% _Dates\\']],
  ['name[contains]=%5C', ['100% _Dates\\']],
  ['name[contains]=', ['100% _Dates\\', 'Apple', 'Bread', 'Cola']],
  ['name[startsWith]=A', ['Apple']],
  ['name[startsWith]=p', []],
  ['name[gt]=Bread', ['Cola']],
  ['name=Apple&name[contains]=pp', ['Apple']],
  ['name=Apple&name[contains]=x', []],
  ['brand=h%C3%B6fe', ['Apple', 'Cola']],
  ['brand[in]=H%C3%96FE', ['Apple', 'Cola']],
  ['brand[null]=true', ['100% _Dates\\', 'Bread']],
  ['brand[null]=false&kcal100g[lt]=50', ['Cola']],
  ['kcal100g=52', ['Apple']],
  ['kcal100g[gte]=52&kcal100g[lt]=282', ['Apple', 'Bread']],
  ['kcal100g[gt]=52&kcal100g[lte]=282', ['100% _Dates\\', 'Bread']],
  ['kcal100g[not]=52', ['100% _Dates\\', 'Bread', 'Cola']],
  ['kcal100g[notIn]=52&kcal100g[notIn]=42', ['100% _Dates\\', 'Bread']],
  ['kcal100g[gte]=2000', []],
  ['price[gt]=1', ['Apple']],
  ['isOpen=true', ['Bread']],
  ['isOpen[not]=true', ['100% _Dates\\', 'Apple', 'Cola']],
  ['kind=liquid', ['Cola']],
  ['kind[in]=liquid&kind[in]=solid&page=1', ['100% _Dates\\', 'Apple', 'Bread', 'Cola']],
  ['boughtOn[lte]=2026-02-05', ['Apple']],
  ['tags[null]=false', ['Bread']],
  ['extra[null]=true', ['100% _Dates\\', 'Apple', 'Cola']],
  ['photo[null]=false', ['100% _Dates\\']],
  ['pageNumber=3', ['Apple']],
  ['createdAt[gt]=2020-01-01T00:00:00%2B01:00&createdAt[lt]=2020-01-01T00:00:00Z', []],
]

describe('filters', () => {
  test.each(conditions)('%s', async (query, names) => {
    expect((await mine.names(`?${query}&sort=name`)).toSorted()).toEqual(names.toSorted())
  })

  test('by key, also where another device has such a row', async () => {
    const [apple, secret] = [ids['Apple'], ids['Secret']]
    expect(await mine.names(`?id=${apple}`)).toEqual(['Apple'])
    expect(await mine.names(`?id[in]=${apple}&id[in]=${secret}`)).toEqual(['Apple'])
    expect(await mine.names(`?id=${secret}`)).toEqual([])
    expect((await mine.client.get(`/v1/products?id=${secret}`)).headers['x-total-count']).toBe('0')
  })

  test.each([
    ['?kcal100g=x', [422, '/kcal100g TYPE']],
    ['?kcal100g[gte]=1.5', [422, '/kcal100g[gte] TYPE']],
    ['?kcal100g=1&kcal100g=2', [422, '/kcal100g REPEATED']],
    ['?id[in]=x&id[in]=y', [422, '/id[in] TYPE', '/id[in] TYPE']],
    ['?kind=gas', [422, '/kind ONE_OF']],
    ['?brand[null]=yes', [422, '/brand[null] TYPE']],
    ['?boughtOn=2026-02-31', [422, '/boughtOn TYPE']],
    ['?name=%00', [422, '/name TEXT']],
    ['?kcal100g=x&sort=name,name&limit=0', [422, '/limit RANGE', '/sort REPEATED', '/kcal100g TYPE']],
  ])('a known name with a bad value is 422: %s', async (query, found) => {
    expect(await issues(query)).toEqual(found)
  })

  test('lists of values and conditions have budgets', async () => {
    const many = (count: number) => `?${Array.from({ length: count }, () => 'kcal100g[in]=1').join('&')}`
    expect(await issues(many(500))).toEqual([200])
    expect(await issues(many(501))).toEqual([422, '/kcal100g[in] TOO_MANY'])
  })

  test.each([
    '?nmae=1',
    '?name[like]=a',
    '?name[]=a',
    '?name[contains=a',
    '?brand[contains]=a',
    '?tags=rye',
    '?tags[in]=rye',
    '?extra[gt]=1',
    '?photo[in]=AQ==',
    '?kcal100g[null]=true',
    '?page[gt]=1',
    '?margin=7',
    '?pin[null]=true',
    '?deviceId=mine',
    '?deletedAt[null]=false',
    '?supplierId[null]=true',
    '?constructor=1',
    '?__proto__[gt]=1',
  ])('a name that is not known is 400: %s', async (query) => {
    const [status, ...found] = await issues(query)
    expect([status, found]).toEqual([400, [expect.stringMatching(/ UNKNOWN$/)]])
  })

  test('an unknown name is answered with those that are known, an operator with those of its column', async () => {
    const message = async (query: string) =>
      ((await mine.client.get(`/v1/products?${query}`)).json as { errors: { message: string }[] }).errors[0]?.message
    expect(await message('nmae=1')).toBe(
      'is not known here; known: limit, offset, page, pageSize, cursor, sort, total, fields, include, q, id, name, brand, kcal100g, price, ' +
        'isOpen, kind, boughtOn, tags[has], tags[hasAny], tags[hasAll], tags[null], extra[null], photo[null], pageNumber, categoryId, createdAt, updatedAt, category, portions, and, or, not',
    )
    expect(await message('brand[like]=1')).toBe('is not known here; known: brand, brand[in], brand[null]')
    expect(await message('margin[like]=1')).toBe(await message('nmae[like]=1'))
  })

  test('links to the neighbours keep the conditions', async () => {
    const { headers } = await mine.client.get('/v1/products?name[contains]=a&limit=1&fields=name')
    expect(headers['link']).toContain('</v1/products?name%5Bcontains%5D=a&fields=name&limit=1&offset=1>; rel="next"')
    expect(headers['x-total-count']).toBe('3')
  })
})

describe('include', () => {
  const first = async (query: string) =>
    ((await mine.client.get(`/v1/products?sort=kcal100g&name=Apple&${query}`)).json as Record<string, unknown>[])[0]

  test('gives related rows, as the app shows them everywhere', async () => {
    const apple = await first('include=portions')
    expect(apple?.['portions']).toMatchObject([
      { name: 'piece', grams: 150 },
      { name: 'slice', grams: 15 },
    ])
    expect(Object.keys((apple as { portions: [object] }).portions[0])).toEqual(['id', 'productId', 'name', 'grams'])
    expect(await first('')).not.toHaveProperty('portions')
    const one = await mine.client.get(`/v1/products/${ids['Apple']}?include=portions`)
    expect(one.json).toEqual(apple)
    expect((await mine.client.get(`/v1/products/${ids['Cola']}?include=portions`)).json).toMatchObject({ portions: [] })
  })

  test('goes three relations deep, with one statement for each however many rows there are', async () => {
    const apple = await first('include=portions.product.portions')
    expect(apple?.['portions']).toMatchObject([
      { name: 'piece', product: { name: 'Apple', portions: [{ name: 'piece' }, { name: 'slice' }] } },
      { name: 'slice', product: { name: 'Apple', portions: [{ name: 'piece' }, { name: 'slice' }] } },
    ])
    expect(await first('include=portions.product,portions')).toEqual(await first('include=portions,portions.product'))
  })

  test.each([
    ['?include=portions.product.portions.product', [422, '/include DEPTH']],
    ['?include=x.x.x.x', [422, '/include DEPTH']],
    ['?include=portions&include=portions', [422, '/include REPEATED']],
    ['?include=', [400, '/include UNKNOWN']],
    ['?include=portions,', [400, '/include UNKNOWN']],
    ['?include=portions.', [400, '/include UNKNOWN']],
    ['?include=device', [400, '/include UNKNOWN']],
    ['?include=supplier', [400, '/include UNKNOWN']],
    ['?include=portions.supplier', [400, '/include UNKNOWN']],
    ['?include=constructor', [400, '/include UNKNOWN']],
    ['?include=nothing', [400, '/include UNKNOWN']],
  ])('refuses %s', async (query, found) => {
    expect(await issues(query)).toEqual(found)
    expect(await issues(`/${ids['Apple']}${query}`)).toEqual(found)
  })

  test('rows in the trash are in no include, and come back out of it', async () => {
    const { id: productId, portionId } = await mine.work(async (session) => {
      const { id } = await session.use(PantryProducts).create({ name: 'Nuts', kcal100g: 600 })
      const portion = await session.use(PantryPortions).create({ productId: id, name: 'bag', grams: 30 })
      return { id, portionId: portion.id }
    })
    const portions = async () =>
      ((await mine.client.get(`/v1/products/${productId}?include=portions`)).json as { portions: unknown[] }).portions
    expect(await portions()).toHaveLength(1)
    await mine.client.delete(`/v1/portions/${portionId}`)
    expect(await portions()).toEqual([])
    await mine.client.post(`/v1/portions/${portionId}/restore`)
    expect(await portions()).toHaveLength(1)
    await mine.client.delete(`/v1/products/${productId}`)
    expect((await mine.client.get(`/v1/portions?include=product&name=bag`)).json).toEqual([])
  })

  test("another device's rows are in no include", async () => {
    const listed = await mine.client.get('/v1/products?include=portions.product')
    expect(listed.text).not.toContain('hidden away')
    expect(listed.text).not.toContain(ids['Secret'])
    expect((await mine.client.get(`/v1/products/${ids['Secret']}?include=portions`)).status).toBe(404)
  })
})

describe('fields', () => {
  const keys = async (path: string) => {
    const { status, json } = await mine.client.get(`/v1/products${path}`)
    return status === 200 ? Object.keys((Array.isArray(json) ? json[0] : json) as object) : status
  }

  test('leave the other properties out, and never what is included', async () => {
    expect(await keys('?fields=name,id')).toEqual(['id', 'name'])
    expect(await keys(`/${ids['Apple']}?fields=page`)).toEqual(['page'])
    expect(await keys(`/${ids['Apple']}?fields=name&include=portions`)).toEqual(['name', 'portions'])
    expect(await keys('?fields=name&include=portions')).toEqual(['name', 'portions'])
    // Asked again, it comes from what was kept.
    expect(await keys('?fields=name&include=portions')).toEqual(['name', 'portions'])
    expect(await keys('?include=portions')).toContain('price')
  })

  test.each(['margin', 'pin', 'deviceId', 'nothing', 'portions', '', 'id,', '__proto__', 'ID'])(
    'refuse %j as unknown',
    async (names) => {
      expect(await issues(`?fields=${names}`)).toEqual([400, '/fields UNKNOWN'])
      expect(await issues(`/${ids['Apple']}?fields=${names}`)).toEqual([400, '/fields UNKNOWN'])
    },
  )

  test('named twice are there once, as is what is included twice', async () => {
    expect(await keys('?fields=id,id')).toEqual(['id'])
    expect(await keys('?fields=id&include=portions,portions')).toEqual(['id', 'portions'])
  })
})

test('a row alone takes fields and include and nothing else', async () => {
  for (const name of ['sort', 'limit', 'name', 'total'])
    expect(await issues(`/${ids['Apple']}?${name}=1`)).toEqual([400, `/${name} UNKNOWN`])
})
