import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { actingAs, unscoped } from 'terrace/database'
import type { Database } from 'terrace/database'
import { testDatabase } from 'terrace/testing'
import { DeviceService } from '../src/device/device.service.ts'
import { models } from '../src/models.ts'
import { ProductService } from '../src/product/product.service.ts'

let db: Database

beforeEach(async () => {
  db = await testDatabase({ models })
  await db.session(unscoped('test devices'), async (session) => {
    for (const device of ['mine', 'other']) await session.use(DeviceService).register(device)
  })
})
afterEach(() => db.close())

function as<R>(device: string, work: (products: ProductService) => Promise<R>): Promise<R> {
  return db.session(actingAs(models.Device, device), (session) => work(session.use(ProductService)))
}

const bread = { name: 'Bread', kcal100g: 266 }

describe('products, as a service (D10)', () => {
  it('are created for the device that acts, with generated and stamped fields', async () => {
    const created = await as('mine', (products) => products.create(bread))
    expect(created).toMatchObject({ ...bread, deviceId: 'mine', deletedAt: null })
    expect(created.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(created.updatedAt).toEqual(created.createdAt)
  })

  it('are listed without deleted ones (D3)', async () => {
    const kept = await as('mine', (products) => products.create(bread))
    const gone = await as('mine', (products) => products.create({ ...bread, name: 'Gone' }))
    await as('mine', (products) => products.delete(gone.id))
    const { rows } = await as('mine', (products) => products.list())
    expect(rows).toEqual([kept])
  })

  it('of another device are not found, and not changed or deleted either (D4)', async () => {
    const { id } = await as('mine', (products) => products.create(bread))
    const notFound = { code: 'NOT_FOUND', message: 'Product not found' }
    await expect(as('other', (products) => products.get(id))).rejects.toMatchObject(notFound)
    await expect(as('other', (products) => products.update(id, { name: 'Mine now' }))).rejects.toMatchObject(notFound)
    await expect(as('other', (products) => products.delete(id))).rejects.toMatchObject(notFound)
    await expect(as('other', (products) => products.list())).resolves.toMatchObject({ rows: [] })
    await expect(as('mine', (products) => products.get(id))).resolves.toMatchObject(bread)
  })

  it('are written in one transaction with everything else of the session (B7)', async () => {
    const failing = as('mine', async (products) => {
      await products.create(bread)
      throw new Error('later')
    })
    await expect(failing).rejects.toThrow('later')
    await expect(as('mine', (products) => products.list())).resolves.toMatchObject({ rows: [] })
  })
})
