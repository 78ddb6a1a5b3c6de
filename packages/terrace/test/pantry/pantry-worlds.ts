import { Dao } from '../../src/dao/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Database } from '../../src/database/index.ts'
import { testClient, testDatabase } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { pantryApp, pantryModels } from './pantry-app.ts'

/** What nobody but its owner, or nobody at all, may learn of a world. */
export interface Secrets {
  readonly margin: number
  readonly pin: string | null
  readonly cost: number
  readonly deviceSecret: string
  /** Whether products have a supplier. */
  readonly hasSupplier: boolean
  /** Rows of another device, and rows in the trash. */
  readonly others: readonly { readonly name: string; readonly kcal100g: number }[]
  readonly deleted: readonly { readonly name: string; readonly kcal100g: number }[]
}

/** A caller in a world. */
export interface World {
  readonly client: TestClient
  readonly database: Database
}

/** The ids of a kind of row, the same in each world: `idOf('products', 2)`. */
export function idOf(kind: 'products' | 'portions' | 'others' | 'deleted' | 'suppliers', at: number): string {
  const group = { products: 1, portions: 2, others: 3, deleted: 4, suppliers: 5 }[kind]
  return `0198c0de-000${group}-7000-8000-00000000000${at}`
}

const visible = [
  { name: 'Apple', kcal100g: 52, brand: 'Own', boughtOn: '2026-02-05', price: '1.50' },
  { name: 'Bread', kcal100g: 266, isOpen: true, categoryId: 1 },
  { name: 'Cola', kcal100g: 42, kind: 'liquid', page: 3 },
  { name: 'Dates', kcal100g: 282, brand: 'Own' },
] as const

/** A world in which the same is visible as in each other, at the same time, and only the secrets are its own. */
export async function pantryWorld(secrets: Secrets, app = pantryApp()): Promise<World> {
  const database = await testDatabase({ models: pantryModels, clock: () => Date.UTC(2026, 1, 5) })
  await database.session(unscoped('test'), async (session) => {
    const { deviceSecret: secret, margin, pin, cost } = secrets
    for (const id of ['mine', 'other']) await session.use(Dao(pantryModels.Device)).create({ id, secret })
    await session.use(Dao(pantryModels.Category)).create({ name: 'Grain' })
    const id = idOf('suppliers', 0)
    if (secrets.hasSupplier)
      await session.use(Dao(pantryModels.Supplier)).create({ id, deviceId: 'mine', name: 'Mill' })
    const own = { deviceId: 'mine', margin, pin, supplierId: secrets.hasSupplier ? id : null }
    const products = session.use(Dao(pantryModels.Product))
    const portions = session.use(Dao(pantryModels.Portion))
    const create = async (kind: 'products' | 'others' | 'deleted', rows: readonly object[]) => {
      for (const [at, row] of rows.entries()) {
        const productId = idOf(kind, at)
        await products.create({ ...own, ...row, id: productId } as never)
        const portion = { productId, name: 'a piece', grams: 100 + at, cost }
        await portions.create(kind === 'products' ? { ...portion, id: idOf('portions', at) } : portion)
      }
    }
    await create('products', visible)
    await create(
      'others',
      secrets.others.map((row) => ({ ...row, deviceId: 'other', supplierId: null })),
    )
    await create('deleted', secrets.deleted)
    for (const at of secrets.deleted.keys()) await products.delete(idOf('deleted', at))
  })
  const as = actingAs(pantryModels.Device, 'mine')
  return { database, client: await testClient(app, { as, database, conform: false, log: 'silent' }) }
}
