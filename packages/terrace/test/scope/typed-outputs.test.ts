import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeEngines } from '../support/describe-engines.ts'
import { compiled } from './compiling.ts'
import { asAnn, fill, openShop, queries, type AnyDb, type Shop } from './shop.ts'
import { shopRows } from './shop-rows.ts'

describeEngines(
  'X1: a bare value that a query gives is of the type that is asked of it',
  (engine) => {
    let shop: Shop
    beforeAll(async () => {
      shop = await openShop(engine)
      await fill(shop, shopRows)
    })
    afterAll(() => shop?.db.close())

    const run = (query: (db: AnyDb) => { execute(): Promise<unknown> }): Promise<unknown> =>
      shop.db.session(asAnn, (session) => query(queries(session)).execute())

    test.each([
      ['a whole number', 'kcal100g', 20],
      ['a float', 'ratio', 1.25],
      ['a boolean', 'isOpen', true],
    ])('%s behind "in"', async (_title, column, value) => {
      const found = await run((db) =>
        db
          .selectFrom('products')
          .select('name')
          .where((eb) =>
            eb(
              eb.refTuple('id', column),
              'in',
              db
                .selectFrom('products as other')
                .select((inner) => ['other.id', inner.val(value).as('wanted')]) as never,
            ),
          ),
      )
      expect(found).toEqual([{ name: 'Banana' }])
    })

    test('a number in a part of a union', async () => {
      const found = await run((db) =>
        db
          .selectFrom('products')
          .select('kcal100g as n')
          .where('name', '=', 'Banana')
          .unionAll(
            db
              .selectFrom('tags')
              .select((eb) => eb.val(7).as('n'))
              .intersect(db.selectFrom('tags').select((eb) => eb.val(7).as('n'))) as never,
          )
          .orderBy('n'),
      )
      expect(found).toContainEqual({ n: 7 })
    })
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)

test('X1: a count over a window counts no row without a partner, whatever the engine takes for NOT NULL', () => {
  const { sql } = compiled((db) =>
    db
      .selectFrom('tags')
      .leftJoin('portions', 'portions.id', 'tags.id')
      .select((eb) => eb.fn.count('portions.grams').over().as('n')),
  )
  expect(sql).toContain('count(case when "portions"."grams" is not null then "portions"."grams" end) over()')
})
