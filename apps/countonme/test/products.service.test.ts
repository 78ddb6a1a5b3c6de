import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PortionDao } from '../src/portion/portion.dao.ts'
import { PortionService } from '../src/portion/portion.service.ts'
import { ProductDao } from '../src/product/product.dao.ts'
import { ProductService } from '../src/product/product.service.ts'
import { models } from '../src/models.ts'
import { twoDevices } from './support/devices.ts'
import type { TwoDevices } from './support/devices.ts'

let devices: TwoDevices

beforeEach(async () => {
  devices = await twoDevices()
})
afterEach(() => devices.database.close())

const bread = { name: 'Bread', kcal100g: 266 }

describe('products, as a service (D10)', () => {
  it('are created for the device that acts, with generated and stamped fields', async () => {
    const created = await devices.mine((session) => session.use(ProductService).create(bread))
    expect(created).toMatchObject({ ...bread, deviceId: 'mine', deletedAt: null })
    expect(created.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(created.updatedAt).toEqual(created.createdAt)
  })

  it('are listed without deleted ones (D3)', async () => {
    const { rows, kept } = await devices.mine(async (session) => {
      const products = session.use(ProductService)
      const created = await products.create(bread)
      const gone = await products.create({ ...bread, name: 'Gone' })
      await products.delete(gone.id)
      return { ...(await products.list()), kept: created }
    })
    expect(rows).toEqual([kept])
  })

  it('of another device are null to a DAO and not found to a service, and neither changed nor deleted (D4)', async () => {
    const { id } = await devices.mine((session) => session.use(ProductService).create(bread))
    const notFound = { code: 'NOT_FOUND', message: 'Product not found' }
    await devices.other(async (session) => {
      const products = session.use(ProductService)
      expect(await session.use(ProductDao).get(id)).toBeNull()
      await expect(products.get(id)).rejects.toMatchObject(notFound)
      await expect(products.update(id, { name: 'Mine now' })).rejects.toMatchObject(notFound)
      await expect(products.delete(id)).rejects.toMatchObject(notFound)
      await expect(products.restore(id)).rejects.toMatchObject(notFound)
      await expect(products.list()).resolves.toMatchObject({ rows: [] })
    })
    await expect(devices.mine((session) => session.use(ProductService).get(id))).resolves.toMatchObject(bread)
  })

  it('are written in one transaction with everything else of the session (B7)', async () => {
    const failing = devices.mine(async (session) => {
      await session.use(ProductService).create(bread)
      throw new Error('later')
    })
    await expect(failing).rejects.toThrow('later')
    const { rows } = await devices.mine((session) => session.use(ProductService).list())
    expect(rows).toEqual([])
  })
})

describe('the default portion of a new product (D6)', () => {
  it('is 100 g', async () => {
    const { product, portions } = await devices.mine(async (session) => {
      const created = await session.use(ProductService).create(bread)
      return { product: created, portions: await session.use(PortionService).list() }
    })
    expect(portions.rows).toMatchObject([{ productId: product.id, name: '100g', grams: 100, isDefault: true }])
  })

  it('is stored with its product or not at all', async () => {
    const statement = ({ sql }: { readonly sql: string }): void => {
      if (sql.startsWith('insert into "portions"')) throw new Error('The disk is full')
    }
    const failing = await twoDevices({ observer: { statement } })
    try {
      const creating = failing.mine((session) => session.use(ProductService).create(bread))
      await expect(creating).rejects.toThrow('The disk is full')
      const left = await failing.mine(async (session) => [
        await session.use(ProductDao).count({}, { deleted: 'with' }),
        await session.use(PortionDao).count({}, { deleted: 'with' }),
      ])
      expect(left).toEqual([0, 0])
    } finally {
      await failing.database.close()
    }
  })

  it('goes to the trash with its product and comes back with it', async () => {
    await devices.mine(async (session) => {
      const products = session.use(ProductService)
      const { id } = await products.create(bread)
      await products.delete(id)
      expect(await session.use(PortionDao).list({ deleted: 'only' })).toMatchObject({ rows: [{ name: '100g' }] })
      expect((await session.use(PortionDao).list()).rows).toEqual([])
      await products.restore(id)
      expect((await session.use(PortionDao).list()).rows).toMatchObject([{ name: '100g', isDefault: true }])
    })
  })

  it('is read with its product in one more statement, however many products there are (D5)', async () => {
    const sent: string[] = []
    const counted = await twoDevices({ observer: { statement: ({ sql }) => sent.push(sql) } })
    try {
      await counted.mine(async (session) => {
        for (const name of ['a', 'b', 'c']) await session.use(ProductService).create({ ...bread, name })
      })
      sent.length = 0
      const include = { portions: models.Portion }
      const { rows } = await counted.mine((session) => session.use(ProductDao).list({ include, sort: ['name'] }))
      expect(sent).toHaveLength(2)
      expect(rows.map(({ name, portions }) => [name, portions.map((portion) => portion.name)])).toEqual([
        ['a', ['100g']],
        ['b', ['100g']],
        ['c', ['100g']],
      ])
    } finally {
      await counted.database.close()
    }
  })
})
