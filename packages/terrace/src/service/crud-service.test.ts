import { afterAll, beforeAll, expect, test } from 'vitest'
import { Dao } from '../dao/index.ts'
import { actingAs, unscoped } from '../database/index.ts'
import type { Database, Session } from '../database/index.ts'
import { shape } from '../dto/index.ts'
import type { Create, Patch } from '../dto/index.ts'
import { NotFoundError } from '../errors/index.ts'
import {
  actor,
  boolean,
  graph,
  integer,
  model,
  owner,
  ownedThrough,
  reference,
  softDelete,
  text,
  timestamps,
  uuid,
} from '../model/index.ts'
import type { Insert, Update } from '../model/index.ts'
import { testDatabase } from '../testing/index.ts'
import { CrudService } from './crud-service.ts'

const Device = model('devices', { id: text().length(1, 20).primaryKey() }, { access: actor() })
const Product = model('products', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  name: text().length(1, 100),
  kcal100g: integer().range(0, 1000),
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
    isDefault: boolean().default(false),
    ...softDelete(),
  },
  { access: ownedThrough('productId') },
)
const models = graph({ Device, Product, Portion })
type P = typeof models.Product

class PortionService extends CrudService(models.Portion) {}

/** The example of the tour: a product comes with its default portion. */
class ProductService extends CrudService(models.Product) {
  override async create(data: Create<P>) {
    const product = await super.create(data)
    const grams = data.name === 'weightless' ? 0 : 100
    await this.session.use(PortionService).create({ productId: product.id, name: '100g', grams, isDefault: true })
    return product
  }
}

class ShoutingService extends CrudService(models.Product) {
  protected override toInsert(data: Create<P>): Insert<P> {
    return { ...super.toInsert(data), name: data.name.toUpperCase() }
  }

  protected override toUpdate(data: Patch<P>): Update<P> {
    return data.name === undefined ? super.toUpdate(data) : { ...data, name: data.name.toUpperCase() }
  }
}

/** What is sent is not what is stored, and what is stored has to be asked for. */
class CopyService extends CrudService(models.Product, { create: shape({ of: uuid(), factor: integer() }) }) {
  protected override async toInsert({ of, factor }: { readonly of: string; readonly factor: number }) {
    const { name, kcal100g } = await this.get(of)
    return { name, kcal100g: kcal100g * factor }
  }
}

const missing = '0198c0de-0000-7000-8000-000000000000'
let database: Database
let count = 0

beforeAll(async () => {
  database = await testDatabase({ models })
})
afterAll(() => database.close())

/** Sessions of a new device. */
async function newDevice() {
  const id = `device-${++count}`
  await database.session(unscoped('test'), (session) => session.use(Dao(models.Device)).create({ id }))
  return <R>(work: (session: Session) => Promise<R>) => database.session(actingAs(models.Device, id), work)
}

test('D10: creates for the device of the session and finds it again', async () => {
  const as = await newDevice()
  const created = await as((session) => session.use(ProductService).create({ name: 'Chicken Breast', kcal100g: 165 }))
  expect(await as((session) => session.use(ProductService).get(created.id))).toEqual(created)
  expect(created.createdAt).toBeInstanceOf(Date)
})

test("D10: a list leaves out what is deleted and another device's products", async () => {
  const [mine, other] = [await newDevice(), await newDevice()]
  const [apple, bread] = await mine(async (session) => {
    const products = session.use(ProductService)
    return [
      await products.create({ name: 'Apple', kcal100g: 52 }),
      await products.create({ name: 'Bread', kcal100g: 266 }),
    ]
  })
  await mine((session) => session.use(ProductService).delete(apple.id))
  const listed = await mine((session) => session.use(ProductService).list({ sort: ['name'], total: true }))
  expect(listed).toEqual({ rows: [bread], total: 1, next: null })
  expect((await other((session) => session.use(ProductService).list())).rows).toEqual([])
})

test('every operation says which model it did not find', async () => {
  const as = await newDevice()
  const attempts = await as(async (session) => {
    const products = session.use(ProductService)
    return [
      await products.get(missing).catch((error: unknown) => error),
      await products.update(missing, { name: 'x' }).catch((error: unknown) => error),
      await products.delete(missing).catch((error: unknown) => error),
      await products.restore(missing).catch((error: unknown) => error),
    ]
  })
  for (const error of attempts) {
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error).toMatchObject({ code: 'NOT_FOUND', message: 'Product not found' })
  }
})

test('D6, B12: a product and its portion are one transaction, undone together', async () => {
  const as = await newDevice()
  const refused = as((session) => session.use(ProductService).create({ name: 'weightless', kcal100g: 1 }))
  await expect(refused).rejects.toMatchObject({ code: 'VALIDATION' })
  expect((await as((session) => session.use(ProductService).list())).rows).toEqual([])
  await as((session) => session.use(ProductService).create({ name: 'Apple', kcal100g: 52 }))
  expect((await as((session) => session.use(PortionService).list())).rows).toMatchObject([
    { name: '100g', grams: 100, isDefault: true },
  ])
})

test('C8: the mapping between what is sent and what is stored is overridden in one place', async () => {
  const as = await newDevice()
  const names = await as(async (session) => {
    const shouting = session.use(ShoutingService)
    const { id, name } = await shouting.create({ name: 'apple', kcal100g: 52 })
    return [name, (await shouting.update(id, { name: 'pear' })).name, (await shouting.update(id, { kcal100g: 1 })).name]
  })
  expect(names).toEqual(['APPLE', 'PEAR', 'PEAR'])
})

test('restore undoes the delete and leaves a living row as it is', async () => {
  const as = await newDevice()
  const product = await as((session) => session.use(ProductService).create({ name: 'Apple', kcal100g: 52 }))
  await as((session) => session.use(ProductService).delete(product.id))
  const restored = await as((session) => session.use(ProductService).restore(product.id))
  expect(restored).toMatchObject({ id: product.id, deletedAt: null })
  expect(await as((session) => session.use(ProductService).restore(product.id))).toEqual(restored)
  expect((await as((session) => session.use(PortionService).list())).rows).toHaveLength(1)
})

test('C8: a service takes what its own shape says and looks up what it stores', async () => {
  const as = await newDevice()
  const { id } = await as((session) => session.use(ProductService).create({ name: 'Apple', kcal100g: 52 }))
  expect(await as((session) => session.use(CopyService).create({ of: id, factor: 2 }))).toMatchObject({
    name: 'Apple',
    kcal100g: 104,
  })
  const refused = as((session) => session.use(CopyService).create({ of: missing, factor: 2 }))
  await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('related rows come with a row and with a list, and only where asked for', async () => {
  const as = await newDevice()
  const include = { portions: { of: models.Portion, include: { product: models.Product } } }
  const [row, { rows }, plain] = await as(async (session) => {
    const products = session.use(ProductService)
    const { id } = await products.create({ name: 'Apple', kcal100g: 52 })
    return [await products.get(id, { include }), await products.list({ include }), await products.get(id)]
  })
  expect(row).toMatchObject({ name: 'Apple', portions: [{ name: '100g', product: { name: 'Apple' } }] })
  expect(rows).toEqual([row])
  expect(plain).not.toHaveProperty('portions')
})

test('B12: a domain error of one service undoes what another one wrote in the same unit', async () => {
  const as = await newDevice()
  const refused = as(async (session) => {
    await session.use(ProductService).create({ name: 'Apple', kcal100g: 52 })
    await session.use(PortionService).get(missing)
  })
  await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Portion not found' })
  const left = await as(async (session) => [
    (await session.use(ProductService).list()).rows,
    (await session.use(PortionService).list()).rows,
  ])
  expect(left).toEqual([[], []])
})
