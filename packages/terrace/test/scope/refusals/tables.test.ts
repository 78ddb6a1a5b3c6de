import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { unscoped } from '../../../src/database/index.ts'
import { forged, refuses } from '../../support/scope-refusals.ts'
import { compiled } from '../compiling.ts'

const outside = { scope: unscoped('a test') }

refuses('what is no table', [
  [
    'the one piece of raw SQL that is a condition',
    (db) => db.selectFrom(sql`true`.as('t') as never).selectAll(),
    'SCOPE_RAW',
  ],
  [
    'a function, without a scope',
    (db) => db.selectFrom((eb) => eb.fn('lower', [eb.val('x')]).as('t') as never).selectAll(),
    'SCOPE_REFUSED',
    outside,
  ],
  [
    'a query without a name',
    forged((db) => db.selectFrom('products').select('products.id'), ['from', 'froms', '0'], {
      kind: 'SelectQueryNode',
    }),
    'SCOPE_REFUSED',
  ],
  ['a cross apply', (db) => db.selectFrom('products as p').crossApply('portions as q').select('q.id'), 'SCOPE_REFUSED'],
  [
    'an outer apply',
    (db) => db.selectFrom('products as p').outerApply('portions as q').select('q.id'),
    'SCOPE_REFUSED',
  ],
  [
    'USING of a join',
    forged(
      (db) => db.selectFrom('products as p').innerJoin('portions as q', 'q.productId', 'p.id').select('q.id'),
      ['joins', '0'],
      { joinType: 'Using' },
    ),
    'SCOPE_REFUSED',
  ],
])

describe('without a scope', () => {
  test('raw SQL is a table whose columns are not known', () => {
    const { sql: text } = compiled(
      (db) =>
        db
          .selectFrom(sql`generate_series(1, 2)`.as('g') as never)
          .innerJoin('foods', 'foods.kcal100g', 'g.n')
          .select('g.n'),
      outside,
    )
    expect(text).toBe(
      'select "g"."n" from generate_series(1, 2) as "g" inner join "foods" on "foods"."kcal100g" = "g"."n" ' +
        'where "foods"."deleted_at" is null',
    )
  })
})
