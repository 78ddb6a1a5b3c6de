import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from 'terrace/database'
import { PortionDao } from '../src/portion/portion.dao.ts'
import { PortionService } from '../src/portion/portion.service.ts'
import { ProductService } from '../src/product/product.service.ts'
import { twoDevices } from './support/devices.ts'
import type { TwoDevices } from './support/devices.ts'

let devices: TwoDevices
let productId: string

beforeEach(async () => {
  devices = await twoDevices()
  const bread = await devices.mine((session) => session.use(ProductService).create({ name: 'Bread', kcal100g: 266 }))
  productId = bread.id
})
afterEach(() => devices.database.close())

const slice = (isDefault: boolean) => ({ productId, name: '1 slice', grams: 45, isDefault })

/** The names of all default portions, which must always be one. */
async function defaults(session: Session): Promise<readonly string[]> {
  const { rows } = await session.use(PortionDao).list({ where: { isDefault: true } })
  return rows.map(({ name }) => name)
}

describe('the default portion', () => {
  it('is handed over to a portion that is created as the default', async () => {
    await devices.mine(async (session) => {
      const portions = session.use(PortionService)
      expect(await portions.create(slice(false))).toMatchObject({ isDefault: false })
      expect(await defaults(session)).toEqual(['100g'])
      await portions.create({ ...slice(true), name: '1 loaf' })
      expect(await defaults(session)).toEqual(['1 loaf'])
    })
  })

  it('is handed over to a portion that is made the default, and only its own product’s', async () => {
    await devices.mine(async (session) => {
      const portions = session.use(PortionService)
      const rice = await session.use(ProductService).create({ name: 'Rice', kcal100g: 130 })
      await portions.create({ productId: rice.id, name: '1 bowl', grams: 200, isDefault: true })
      const { id } = await portions.create(slice(false))
      expect(await portions.update(id, { isDefault: true, grams: 50 })).toMatchObject({ isDefault: true, grams: 50 })
      expect(await defaults(session)).toEqual(['1 bowl', '1 slice'])
      expect(await portions.update(id, { isDefault: true, name: 'Slice' })).toMatchObject({ name: 'Slice' })
      expect(await defaults(session)).toEqual(['1 bowl', 'Slice'])
    })
  })

  it('is neither given up nor deleted while it is the default; others are', async () => {
    await devices.mine(async (session) => {
      const portions = session.use(PortionService)
      const other = await portions.create(slice(false))
      const [first] = (await session.use(PortionDao).list({ where: { isDefault: true } })).rows
      const needed = { code: 'DEFAULT_PORTION_NEEDED', kind: 'conflict' }
      await expect(portions.update(first?.id ?? '', { isDefault: false })).rejects.toMatchObject(needed)
      await expect(portions.delete(first?.id ?? '')).rejects.toMatchObject(needed)
      expect(await portions.update(other.id, { isDefault: false, grams: 40 })).toMatchObject({ grams: 40 })
      await portions.delete(other.id)
      await expect(portions.delete(other.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(await defaults(session)).toEqual(['100g'])
      expect(await portions.restore(other.id)).toMatchObject({ name: '1 slice', isDefault: false })
    })
  })

  it('is one per product for the database too, whoever writes', async () => {
    const second = devices.mine((session) => session.use(PortionDao).create(slice(true)))
    await expect(second).rejects.toMatchObject({ code: 'UNIQUE' })
  })

  it('of another device is neither taken nor seen (D4)', async () => {
    await devices.other(async (session) => {
      const portions = session.use(PortionService)
      await expect(portions.create(slice(true))).rejects.toMatchObject({ code: 'REFERENCE_MISSING' })
    })
    await devices.other(async (session) => expect(await defaults(session)).toEqual([]))
    await devices.mine(async (session) => expect(await defaults(session)).toEqual(['100g']))
  })
})
