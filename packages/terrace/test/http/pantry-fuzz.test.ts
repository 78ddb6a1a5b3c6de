import { expect, test } from 'vitest'
import { computed, read } from '../../src/dto/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { unscoped } from '../../src/database/index.ts'
import { openApiDocument, resource } from '../../src/http/index.ts'
import { text } from '../../src/model/index.ts'
import { fuzz, testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { pantryApp, PantryCategories, pantryModels } from '../pantry/pantry-app.ts'
import type { PantryOptions } from '../pantry/pantry-app.ts'

const requests = Number(process.env['TERRACE_FUZZ_REQUESTS'] ?? 1_000)
const seed = Number(process.env['TERRACE_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

const { Product } = pantryModels
const routes = [resource(PantryCategories, { path: '/categories' })]
const detail = read(Product, {
  as: { kcal100g: 'energy', brand: 'madeBy' },
  computed: { shout: computed(text(), (row) => row.name.toUpperCase()) },
})
const line = read(Product, { name: 'ProductLine', only: ['id', 'name', 'kcal100g'], as: { kcal100g: 'energy' } })

/** The same lists with everything by rule, and with everything chosen by hand. */
const declarations: readonly (readonly [string, PantryOptions])[] = [
  ['by rule', { routes, products: { put: 'replace' } }],
  ['by hand', { routes, wire: 'snake', products: { put: 'merge', read: { list: line, detail } } }],
]

async function callers(client: TestClient) {
  await client.database.session(unscoped('test'), async (session) => {
    for (const id of ['one', 'other']) await session.use(Dao(pantryModels.Device)).create({ id })
    await session.use(Dao(pantryModels.Category)).create({ name: 'Grain' })
  })
  return ['one', 'other'].map((id) => ({ authorization: `Bearer ${id}` }))
}

test.each(declarations)(
  `lists of each type, %s, answer ${requests} requests as their document says (seed ${seed})`,
  { timeout: 60_000 + requests * 30 },
  async (_, options) => {
    const app = pantryApp(options)
    const document = openApiDocument(app)
    const { table } = await fuzz({
      document,
      client: () => testClient(app),
      callers,
      shared: ['Category'],
      requests,
      seed,
    })
    console.info(`${table}`)
    expect(table.neverSucceeded).toEqual([])
    expect(table.successShare).toBeGreaterThanOrEqual(0.3)
  },
)
