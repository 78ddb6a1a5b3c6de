import { sql, type OperationNode } from 'kysely'
import { describe, expect, test } from 'vitest'
import { unscoped } from '../../../src/database/index.ts'
import { forged, refuses } from '../../support/scope-refusals.ts'
import { binary, reference } from '../../../src/database/compile/sql-nodes.ts'
import { compiled } from '../compiling.ts'
import type { AnyDb } from '../shop.ts'
import { food } from '../shop-rows.ts'

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

  test('a limit may be raw SQL', () => {
    const { sql: text } = compiled(
      (db) =>
        db
          .selectFrom('notes')
          .select('id')
          .limit(sql<number>`2 + 1`),
      outside,
    )
    expect(text).toBe('select "notes"."id" from "notes" limit 2 + 1')
  })
})

test('rows of a union are told apart only where twins are left out: json may stand in any other', () => {
  const tags = (db: AnyDb) => db.selectFrom('posts').select('tags')
  expect(compiled((db) => tags(db).unionAll(tags(db))).sql).toContain(' union all ')
})

test('tables of the query alone are locked by name', () => {
  const { sql: text } = compiled((db) =>
    db.selectFrom('notes as n').innerJoin('tags', 'tags.name', 'n.body').select('n.id').forUpdate('n'),
  )
  expect(text).toMatch(/ for update of "n"$/)
})

describe('a condition that offers a choice', () => {
  const is = (value: string) => binary(reference('notes', 'body'), '=', { kind: 'ValueNode', value } as OperationNode)
  const choice = { kind: 'OrNode', left: is('b'), right: is('c') }
  const where = (condition: object) =>
    compiled(
      forged((db) => db.selectFrom('notes').select('id').where('id', '=', food(1)), ['where'], { where: condition }),
    ).sql.split(' where ')[1]

  test('stays one beside others', () => {
    expect(where({ kind: 'AndNode', left: is('a'), right: choice })).toBe(
      '"notes"."body" = ? and ("notes"."body" = ? or "notes"."body" = ?)',
    )
  })

  test('is written as it is where it is alone', () => {
    expect(where(choice)).toBe('"notes"."body" = ? or "notes"."body" = ?')
  })
})
