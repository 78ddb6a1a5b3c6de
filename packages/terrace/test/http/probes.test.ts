import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../src/app/index.ts'
import type { TestResponse } from '../../src/testing/index.ts'
import { pantryApp, PantryProducts } from '../pantry/pantry-app.ts'
import { idOf, pantryWorld } from '../pantry/pantry-worlds.ts'
import type { Secrets, World } from '../pantry/pantry-worlds.ts'

// What is private differs between the two in every way; what is visible is equal.
const secrets: readonly [Secrets, Secrets] = [
  {
    margin: 7,
    pin: '1234',
    cost: 3,
    deviceSecret: 'hunter2',
    hasSupplier: true,
    others: [
      { name: 'Apple', kcal100g: 52 },
      { name: 'Truffle', kcal100g: 999 },
    ],
    deleted: [{ name: 'Eggs', kcal100g: 155 }],
  },
  { margin: 8, pin: null, cost: 4, deviceSecret: 'none', hasSupplier: false, others: [], deleted: [] },
]

let worlds: World[]

beforeAll(async () => {
  worlds = await opened()
})
afterAll(() => close(worlds))

const hidden = ['margin', 'pin', 'deviceId', 'supplierId', 'deletedAt', 'deletionId', 'cost', 'secret']
const hiddenRelations = ['supplier', 'device', 'portions.supplier', 'products', 'portions.product.supplier']
const readable = ['id', 'name', 'brand', 'kcal100g', 'boughtOn', 'categoryId', 'productId', 'grams', 'createdAt']
const operators = [
  '',
  '[not]',
  '[in]',
  '[notIn]',
  '[gt]',
  '[gte]',
  '[lt]',
  '[lte]',
  '[null]',
  '[contains]',
  '[startsWith]',
]
const ids = (['products', 'portions', 'others', 'deleted', 'suppliers'] as const).flatMap((kind) =>
  [0, 1, 2].map((at) => idOf(kind, at)),
)
const values = ['7', '8', '3', '1234', 'mine', 'other', 'hunter2', 'Apple', 'Truffle', 'Eggs', '52', '155', '999', '1']
values.push('true', 'false', '2026-02-05', '2026-02-05T00:00:00Z', ...ids)

/** Mostly what may be asked, so that what may not is tried among answers that say something. */
const nameOf = (names: readonly string[], others: readonly string[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.constantFrom(...others) })
const joined = (part: fc.Arbitrary<string>) =>
  fc.uniqueArray(part, { minLength: 1, maxLength: 3 }).map((all) => all.join(','))

const column = nameOf(readable, hidden)
const filter = fc
  .tuple(column, fc.constantFrom(...operators), fc.constantFrom(...values))
  .map(([name, operator, value]) => `${name}${operator}=${encodeURIComponent(value)}`)
const fitting = fc.constantFrom(
  'kcal100g[gte]=52',
  'name[contains]=a',
  'name=Apple',
  ...ids.map((id) => `id[in]=${id}`),
  ...ids.map((id) => `id[gt]=${id}`),
  'createdAt[lte]=2026-02-05T00:00:00Z',
  'categoryId[null]=true',
)
/** The same conditions inside groups and relations of every level, of which some may be asked and some may not. */
const relation = nameOf(
  ['category', 'portions[some]', 'portions[none]', 'portions[every]', 'product', 'product[portions][some]'],
  [
    'supplier',
    'device',
    'products[some]',
    'portions[some][supplier]',
    'category[products][some]',
    'portions[some][product][supplier]',
  ],
)
const group = fc.constantFrom('or[a]', 'or[b]', 'and[a]', 'not', 'or[a][not]', 'and[b][or][c]')
const place = fc.array(fc.oneof({ weight: 2, arbitrary: relation }, { weight: 1, arbitrary: group }), {
  minLength: 1,
  maxLength: 3,
})
const columnInside = nameOf([...readable, 'portions[some]'], hidden)
const inside = fc
  .tuple(place, columnInside, fc.constantFrom(...operators), fc.constantFrom(...values), fc.boolean())
  .map(([steps, name, operator, value, isDotted]) => {
    const segments = [...steps, `${name}${operator}`]
      .flatMap((step) => step.split(/[[\]]+/))
      .filter((part) => part !== '')
    const [first = '', ...rest] = segments
    const path = isDotted ? `[${rest.join('.')}]` : rest.map((part) => `[${part}]`).join('')
    return `${first}${path}=${encodeURIComponent(value)}`
  })
  // Longer names are not repeated whole, and could be cut off within a hidden one.
  .filter((text) => text.length <= 120)
const insideFitting = fc.constantFrom(
  'or[a][name]=Apple&or[b][kcal100g][gt]=100',
  'not[name]=Truffle',
  'portions[some][grams][gte]=101',
  'portions[none][name]=a piece',
  'portions[every.grams.lt]=102',
  'portions[some]=false',
  'category[name]=Grain',
  'category[parentId][null]=true',
  'product[name][contains]=a',
  'product[category][name]=Grain',
  'product[portions][some][product][name]=Bread',
  'or[a][portions][some][grams]=100&or[b][not][category][name]=Grain',
  ...ids.map((id) => `portions[some][id]=${id}`),
  ...ids.map((id) => `product[id][in]=${id}`),
)
const search = fc.constantFrom('q=apple', 'q=own', 'q=Truffle', 'q=eggs e', 'q=hunter2', 'q=1234', 'q=a e', 'q=+')
const sort = joined(fc.tuple(fc.constantFrom('', '-'), column).map(([sign, name]) => sign + name)).map(
  (terms) => `sort=${terms}`,
)
const fields = joined(column).map((names) => `fields=${names}`)
const include = joined(
  nameOf(['portions', 'portions.product', 'product', 'category', 'product.category'], hiddenRelations),
)
const page = fc.constantFrom('limit=1', 'limit=2&offset=1', 'page=2&pageSize=1', 'offset=3', 'total=false')
const part = fc.oneof(
  { weight: 3, arbitrary: fitting },
  { weight: 2, arbitrary: filter },
  { weight: 3, arbitrary: inside },
  { weight: 2, arbitrary: insideFitting },
  { weight: 1, arbitrary: search },
  { weight: 2, arbitrary: sort },
  { weight: 1, arbitrary: fields },
  { weight: 2, arbitrary: include.map((paths) => `include=${paths}`) },
  { weight: 2, arbitrary: page },
)
const path = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('/v1/products', '/v1/portions') },
  { weight: 1, arbitrary: fc.constantFrom(...ids).map((id) => `/v1/products/${id}`) },
)
const query = fc
  .tuple(path, fc.uniqueArray(part, { maxLength: 3, selector: (text) => text.split(/[=[]/)[0] }))
  .map(([url, parts]) => `${url}?${parts.join('&')}`)

function opened(app?: App): Promise<World[]> {
  return Promise.all(secrets.map((own) => pantryWorld(own, app)))
}

async function close(all: readonly World[]): Promise<void> {
  for (const { client, database } of all) {
    await client.close()
    await database.close()
  }
}

/** All that a client can tell two answers apart by. */
function seen({ status, headers, text }: TestResponse): unknown {
  const { 'x-request-id': _, date: __, ...rest } = headers
  return { status, text, headers: rest }
}

const numRuns = Number(process.env['TERRACE_PROBE_CASES'] ?? 500)
const timeout = 20_000 + numRuns * 20

/** The statuses that queries are answered with, all of them alike in both worlds. */
async function indistinguishable([first, second]: readonly World[], runs: number): Promise<readonly number[]> {
  const statuses: number[] = []
  await fc.assert(
    fc.asyncProperty(query, async (url) => {
      const [one, other] = [await first?.client.get(url), await second?.client.get(url)] as TestResponse[]
      expect(seen(one as TestResponse)).toEqual(seen(other as TestResponse))
      statuses.push((one as TestResponse).status)
    }),
    { numRuns: runs },
  )
  return statuses
}

test('no query tells two worlds apart that differ in what is private', { timeout }, async () => {
  const statuses = await indistinguishable(worlds, numRuns)
  // Queries that are all refused would prove nothing.
  expect(statuses.filter((status) => status === 200).length / statuses.length).toBeGreaterThan(0.3)
  expect(statuses.filter((status) => status === 400).length / statuses.length).toBeGreaterThan(0.1)
})

/** Counts what nobody may know. */
class LeakingProducts extends PantryProducts {
  override async list(asked: Parameters<PantryProducts['list']>[0] = {}) {
    const listed = await super.list(asked)
    return { ...listed, total: await this.dao.count({ margin: 7 }) }
  }
}

test('a leak through a count alone would be found', { timeout }, async () => {
  const leaky = await opened(pantryApp({ service: LeakingProducts }))
  await expect(indistinguishable(leaky, 200)).rejects.toThrow('Property failed')
  await close(leaky)
})

test('a hidden name is answered as one that does not exist', { timeout }, async () => {
  const names = [...hidden, 'supplier'].toSorted((one, other) => other.length - one.length)
  const unknown = new RegExp(`\\b(${names.join('|')})\\b`, 'g')
  const withoutThem = (text: string) => text.replaceAll(unknown, (name) => 'q'.repeat(name.length))
  await fc.assert(
    fc.asyncProperty(
      query.filter((url) => withoutThem(url) !== url),
      async (url) => {
        const { client } = worlds[0] as World
        const [asked, twin] = [await client.get(url), await client.get(withoutThem(url))]
        expect(withoutThem(JSON.stringify(seen(asked)))).toBe(JSON.stringify(seen(twin)))
        expect([200, 400, 404, 422]).toContain(asked.status)
      },
    ),
    { numRuns: Math.ceil(numRuns / 2) },
  )
})

const missing = '0198c0de-0009-7000-8000-000000000009'
const bodies = fc.record(
  {
    name: fc.constantFrom('Apple', 'Truffle', ''),
    margin: fc.constantFrom(7, 8),
    deviceId: fc.constantFrom('mine', 'other'),
    supplierId: fc.constantFrom(idOf('suppliers', 0), missing),
    deletedAt: fc.constant(null),
    productId: fc.constantFrom(idOf('others', 0), idOf('deleted', 0), missing),
    grams: fc.constantFrom(1, -1),
    cost: fc.constantFrom(3, 4),
  },
  { requiredKeys: [] },
)
const write = fc.tuple(
  fc.constantFrom('POST', 'PATCH', 'DELETE'),
  fc.constantFrom('/v1/portions', ...ids.slice(6, 12).map((id) => `/v1/products/${id}`)),
  bodies,
)

test('no write that is refused tells them apart either', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(write, async ([method, url, body]) => {
      const sent = method === 'DELETE' ? {} : { body }
      const [one, other] = [
        await (worlds[0] as World).client.request(method, url, sent),
        await (worlds[1] as World).client.request(method, url, sent),
      ]
      expect(one.status).toBeGreaterThanOrEqual(400)
      expect(seen(one)).toEqual(seen(other))
    }),
    { numRuns: Math.ceil(numRuns / 4) },
  )
})
