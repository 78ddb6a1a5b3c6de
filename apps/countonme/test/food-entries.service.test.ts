import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from 'terrace/database'
import { parseShape } from 'terrace/dto'
import { FoodDao } from '../src/food/food.dao.ts'
import { FoodEntryDao } from '../src/food-entry/food-entry.dao.ts'
import { FoodEntryService } from '../src/food-entry/food-entry.service.ts'
import { newFoodEntry } from '../src/food-entry/food-entry.shapes.ts'
import type { NewFoodEntry } from '../src/food-entry/food-entry.shapes.ts'
import { PortionService } from '../src/portion/portion.service.ts'
import { ProductService } from '../src/product/product.service.ts'
import { twoDevices } from './support/devices.ts'
import type { TwoDevices } from './support/devices.ts'

const date = '2026-02-05'
let devices: TwoDevices
let productId: string
let portionId: string

beforeEach(async () => {
  devices = await twoDevices({ seeds: true })
  const { product, slice } = await devices.mine(async (session) => {
    const bread = await session.use(ProductService).create({ name: 'Bread', kcal100g: 266 })
    const portion = { productId: bread.id, name: '1 slice', grams: 45 }
    return { product: bread, slice: await session.use(PortionService).create(portion) }
  })
  productId = product.id
  portionId = slice.id
})
afterEach(() => devices.database.close())

const enter = (sent: NewFoodEntry) => (session: Session) => session.use(FoodEntryService).create(sent)

async function refusal(sent: NewFoodEntry): Promise<readonly string[]> {
  const error = await devices.mine(enter(sent)).then(
    () => null,
    (reason: { code: string; issues: { path: string; code: string }[] }) => reason,
  )
  return error === null ? [] : [error.code, ...error.issues.map(({ path, code }) => `${path} ${code}`)]
}

/** What stands against a body. */
function problemsOf(body: unknown): readonly string[] {
  const parsed = parseShape(newFoodEntry, body)
  return parsed.ok ? [] : parsed.issues.map(({ path, code }) => `${path} ${code}`)
}

describe('a new food entry', () => {
  it('copies name and energy of the product, and weighs in grams', async () => {
    const entry = await devices.mine(enter({ date, productId, grams: '150' }))
    expect(entry).toMatchObject({ date, productId, foodId: null, portionId: null, quantity: null })
    expect(entry).toMatchObject({ grams: '150.00', name: 'Bread', kcal100g: 266, deviceId: 'mine' })
  })

  it('weighs as many portions as were eaten, exactly', async () => {
    const entry = await devices.mine(enter({ date, productId, portionId, quantity: '1.05' }))
    expect(entry).toMatchObject({ portionId, quantity: '1.05', grams: '47.25' })
  })

  it('may be of a food that everybody knows', async () => {
    const entry = await devices.mine(async (session) => {
      const apple = await session.use(FoodDao).find({ name: 'Apple, raw, with skin' })
      return enter({ date, foodId: apple?.id ?? '', grams: '182' })(session)
    })
    expect(entry).toMatchObject({ productId: null, name: 'Apple, raw, with skin', kcal100g: 52 })
  })

  it('is of exactly one thing, measured in exactly one way; all that is wrong is said at once', () => {
    const [foodId, portion] = [productId, { portionId, quantity: 2 }]
    const sent = { date, productId, grams: 1 }
    expect(problemsOf({})).toEqual(['/date REQUIRED', '/productId REQUIRED', '/grams REQUIRED'])
    expect(problemsOf({ date, foodId, grams: 1, productId: null, portionId: null })).toEqual([])
    expect(problemsOf({ ...sent, foodId })).toEqual(['/foodId EXCLUSIVE'])
    expect(problemsOf({ ...sent, ...portion })).toEqual(['/grams EXCLUSIVE'])
    expect(problemsOf({ date, productId, portionId })).toEqual(['/quantity REQUIRED'])
    expect(problemsOf({ date, productId, quantity: 2 })).toEqual(['/portionId REQUIRED'])
    expect(problemsOf({ date, foodId, ...portion })).toEqual(['/productId REQUIRED', '/foodId EXCLUSIVE'])
    expect(problemsOf({ ...sent, grams: 0 })).toEqual(['/grams RANGE'])
  })

  it.each(['0', '-1', '1.005', '1000.01'])('has no quantity of %s', async (quantity) => {
    const [code, issue] = await refusal({ date, productId, portionId, quantity })
    expect(code).toBe('VALIDATION')
    expect(issue).toMatch(/^\/quantity (RANGE|PRECISION)$/)
  })

  it('has a portion of its own product', async () => {
    const rice = await devices.mine((session) => session.use(ProductService).create({ name: 'Rice', kcal100g: 130 }))
    const other = await refusal({ date, productId: rice.id, portionId, quantity: '1' })
    const missing = await refusal({ date, productId: rice.id, portionId: rice.id, quantity: '1' })
    expect(other).toEqual(['REFERENCE_MISSING', '/portionId REFERENCE'])
    expect(missing).toEqual(other)
  })

  it('has no product, portion or entry of another device (D4)', async () => {
    const { id } = await devices.mine(enter({ date, productId, grams: '1' }))
    await devices.other(async (session) => {
      const entries = session.use(FoodEntryService)
      const missing = { code: 'REFERENCE_MISSING' }
      await expect(entries.create({ date, productId, grams: '1' })).rejects.toMatchObject(missing)
      await expect(entries.create({ date, productId, portionId, quantity: '1' })).rejects.toMatchObject(missing)
      const own = await session.use(ProductService).create({ name: 'Bread', kcal100g: 1 })
      await expect(entries.create({ date, productId: own.id, portionId, quantity: '1' })).rejects.toMatchObject(missing)
      await expect(entries.get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(entries.update(id, { grams: '2' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(await session.use(FoodEntryDao).get(id)).toBeNull()
      expect(await entries.summary({ from: date, to: date })).toEqual([])
    })
  })
})

describe('history', () => {
  it('stays true when the product and its portion are changed and deleted', async () => {
    await devices.mine(async (session) => {
      const entries = session.use(FoodEntryService)
      const entry = await entries.create({ date, productId, portionId, quantity: '2' })
      await session.use(ProductService).update(productId, { name: 'Rye bread', kcal100g: 200 })
      await session.use(PortionService).update(portionId, { grams: 30 })
      expect(await entries.get(entry.id)).toEqual(entry)
      await session.use(PortionService).delete(portionId)
      await session.use(ProductService).delete(productId)
      expect(await entries.get(entry.id)).toEqual(entry)
      expect(await entries.summary({ from: date, to: date })).toEqual([{ date, kcal: 239.4 }])
      // 2 · 45 g were eaten, so three are 135 g, whatever a slice weighs today.
      expect(await entries.update(entry.id, { quantity: '3' })).toMatchObject({ grams: '135.00', kcal100g: 266 })
    })
  })
})

describe('a changed food entry', () => {
  it('moves to another day and keeps its amount', async () => {
    const changed = await devices.mine(async (session) => {
      const { id } = await enter({ date, productId, portionId, quantity: '2' })(session)
      return session.use(FoodEntryService).update(id, { date: '2026-02-06' })
    })
    expect(changed).toMatchObject({ date: '2026-02-06', portionId, quantity: '2.00', grams: '90.00' })
  })

  it('is measured in grams once grams are given', async () => {
    const changed = await devices.mine(async (session) => {
      const { id } = await enter({ date, productId, portionId, quantity: '2' })(session)
      return session.use(FoodEntryService).update(id, { grams: '80.5' })
    })
    expect(changed).toMatchObject({ date, portionId: null, quantity: null, grams: '80.50' })
  })

  it('counts no portions where it was weighed, and not both at once', async () => {
    await devices.mine(async (session) => {
      const entries = session.use(FoodEntryService)
      const { id } = await entries.create({ date, productId, grams: '80' })
      const refused = { code: 'VALIDATION', issues: [{ path: '/quantity', code: 'EXCLUSIVE' }] }
      await expect(entries.update(id, { quantity: '2' })).rejects.toMatchObject(refused)
      await expect(entries.update(id, { quantity: '2', grams: '1' })).rejects.toMatchObject(refused)
      expect(await entries.update(id, {})).toMatchObject({ grams: '80.00', date })
    })
  })
})

describe('the summary', () => {
  it('sums each day unrounded and rounds once, in the order of the days, empty ones left out', async () => {
    const { summary, rounded } = await devices.mine(async (session) => {
      const entries = session.use(FoodEntryService)
      const light = await session.use(ProductService).create({ name: 'Broth', kcal100g: 4 })
      // Three times 0.04 kcal are 0.12 kcal; each alone is 0.
      for (const day of ['2026-02-07', date, date, date])
        await entries.create({ date: day, productId: light.id, grams: '1' })
      await entries.create({ date: '2026-02-07', productId, grams: '100' })
      const gone = await entries.create({ date, productId, grams: '100' })
      await entries.delete(gone.id)
      return {
        summary: await entries.summary({ from: date, to: '2026-02-07' }),
        rounded: await entries.summary({ from: '2026-02-06', to: '2026-02-06' }),
      }
    })
    expect(summary).toEqual([
      { date, kcal: 0.1 },
      { date: '2026-02-07', kcal: 266 },
    ])
    expect(rounded).toEqual([])
  })

  it('takes one statement, however many entries there are (D5)', async () => {
    const sent: string[] = []
    const counted = await twoDevices({ observer: { statement: ({ sql }) => sent.push(sql) } })
    try {
      sent.length = 0
      await counted.mine((session) => session.use(FoodEntryService).summary({ from: date, to: date }))
      expect(sent).toHaveLength(1)
      expect(sent[0]).toMatch(/group by/)
    } finally {
      await counted.database.close()
    }
  })

  it('includes both its ends and at most 366 days', async () => {
    await devices.mine(async (session) => {
      const entries = session.use(FoodEntryService)
      for (const day of ['2024-01-01', '2024-12-31']) await entries.create({ date: day, productId, grams: '100' })
      const leapYear = await entries.summary({ from: '2024-01-01', to: '2024-12-31' })
      expect(leapYear.map((day) => day.date)).toEqual(['2024-01-01', '2024-12-31'])
      const refused = { code: 'VALIDATION', issues: [{ path: '/to', code: 'RANGE' }] }
      await expect(entries.summary({ from: '2024-01-01', to: '2025-01-01' })).rejects.toMatchObject(refused)
      await expect(entries.summary({ from: date, to: '2026-02-04' })).rejects.toMatchObject(refused)
    })
  })
})
