import { afterAll, beforeAll, expect, test } from 'vitest'
import { expressionBuilder } from 'kysely'
import { unscoped, type Database, type Scope } from '../../src/database/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { calculationShapes } from './grammar/calculation-shapes.ts'
import type { CalculationShape, Over } from './grammar/calculations.ts'
import { asAnn, fill, openShop, queries, type AnyEb, type Shop } from './shop.ts'
import { ann, ben, food, key, portion, product, type Row, type Rows } from './shop-rows.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- names are checked at run time
const eb = expressionBuilder<any, any>() as AnyEb

/** Too large for each engine that refuses what does not fit. */
const cubeOfGrams: Over = {
  table: 'portions',
  column: 'grams',
  link: ['productId', 'id'],
  cube: (ref) => eb(eb(ref, '*', eb.ref(ref)), '*', eb.ref(ref)) as never,
}

/** SQLite goes on with a float; but the least number has no positive one there. */
const magnitudeOfWeight: Over = {
  table: 'foods',
  column: 'weight',
  link: ['id', 'foodId'],
  cube: (ref) => eb.fn('abs', [ref]) as never,
}

describeEngines(
  'X1: a calculation that fails only on a hidden row neither fails nor tells of it',
  (engine) => {
    let full: Shop
    let copy: Shop

    beforeAll(async () => {
      full = await openShop(engine)
      copy = await openShop(engine)
      await fill(full, rowsWith(true))
      await fill(copy, rowsWith(false))
    })
    afterAll(async () => {
      await full?.db.close()
      await copy?.db.close()
    })

    const all = unscoped('every row of this copy')
    const textsOf = async (db: Database, scope: Scope, { query }: CalculationShape): Promise<readonly string[]> => {
      const rows: readonly Row[] = await db.session(scope, (session) => query(queries(session), over).execute())
      return rows
        .map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)))
        .toSorted()
    }
    const over = engine.name === 'sqliteMemory' ? magnitudeOfWeight : cubeOfGrams

    test.each(calculationShapes)('$title', async (shape) => {
      if (shape.needs !== undefined && full.db.capabilities[shape.needs] === false) return
      expect(await textsOf(full.db, asAnn, shape)).toEqual(await textsOf(copy.unguarded, all, shape))
    })

    test('nearly each would fail unguarded: some an engine never runs', async () => {
      const quiet: string[] = []
      for (const shape of calculationShapes) {
        if (shape.needs !== undefined && full.db.capabilities[shape.needs] === false) continue
        await textsOf(full.unguarded, all, shape).then(
          () => quiet.push(shape.title),
          () => {},
        )
      }
      expect(quiet.slice(calculationShapes.length / 8)).toEqual([])
    })
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)

const stamp = new Date(Date.UTC(2026, 0, 2))
const stamped = { createdAt: stamp, updatedAt: stamp, deletedAt: null, deletionId: null }

const gone = { deletedAt: stamp, deletionId: key(15, 1) }

/** Ann’s portions are small; Ben’s, if they are there, hold the numbers that no calculation survives. */
function rowsWith(hidden: boolean): Rows {
  const owners = hidden ? [ann, ben] : [ann]
  const products = owners.flatMap((deviceId, at) =>
    // So few of Ben’s that an engine reads all portions and looks their products up.
    Array.from({ length: deviceId === ann ? 300 : 20 }, (_, row) => ({
      id: product(at * 1000 + row),
      deviceId,
      foodId: food(1),
      categoryId: null,
      name: `P${row}`,
      kcal100g: row,
      price: null,
      ratio: null,
      isOpen: true,
      note: null,
      ...stamped,
    })),
  )
  return {
    devices: owners.map((id) => ({ id, label: 'x', ...stamped })),
    foods: [
      { id: food(1), name: 'Apple', kcal100g: 8, weight: 6n, deletedAt: null, deletionId: null },
      { id: food(2), name: 'Pear', kcal100g: 8, weight: 7n, deletedAt: null, deletionId: null },
      ...(hidden ? [{ ...gone, id: food(3), name: 'Gone', kcal100g: 8, weight: -9_223_372_036_854_775_808n }] : []),
    ],
    tags: [{ id: key(9, 1), name: 'raw' }],
    notes: [{ id: key(10, 1), body: 'note' }],
    products,
    portions: products.map(({ id, deviceId }, row) => ({
      id: portion(row),
      productId: id,
      size: 'small',
      grams: deviceId === ann ? 1 + (row % 3) : 2_147_483_647,
    })),
  }
}
