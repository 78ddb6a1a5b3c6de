import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { unscoped } from '../../../src/database/index.ts'
import { forged, refuses } from '../../support/scope-refusals.ts'
import { compiled, refusalOf } from '../compiling.ts'
import { food, product } from '../shop-rows.ts'
import type { AnyDb, AnyEb } from '../shop.ts'

const outside = { scope: unscoped('a test') }

const notesOf = (db: AnyDb) => db.selectFrom('products').select('note').union(db.selectFrom('products').select('note'))

refuses('names and values where they cannot stand', [
  [
    'all columns as one value',
    forged(
      (db) => db.selectFrom('notes').select('id').where('id', '=', food(1)),
      ['where', 'where', 'leftOperand', 'column'],
      { kind: 'SelectAllNode' },
    ),
    'SCOPE_REFUSED',
  ],
  [
    'a column of the written row in a sub-query of RETURNING, without its table',
    (db) =>
      db
        .insertInto('portions')
        .values({ productId: product(1), size: 'small', grams: 1 })
        .returning((eb) => eb.selectFrom('notes').select('notes.id').where('notes.body', '=', eb.ref('size')).as('x')),
    'SCOPE_REFUSED',
  ],
  [
    'all columns of raw SQL',
    (db) => db.selectFrom(sql`generate_series(1, 2)`.as('g') as never).selectAll(),
    'SCOPE_REFUSED',
    outside,
  ],
  [
    'an expression that a union is sorted by',
    (db) => notesOf(db).orderBy((eb) => eb.fn('lower', ['note']) as never),
    'SCOPE_REFUSED',
  ],
  [
    'NULLs behind a union, on an engine without a word for it',
    (db) => notesOf(db).orderBy('note', (order) => order.asc().nullsLast()),
    'SCOPE_REFUSED',
  ],
  [
    'a direction of raw SQL, outside of any scope too',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .orderBy('note', sql`desc nulls last`),
    'SCOPE_REFUSED',
    outside,
  ],
  [
    'one value as a list',
    forged(
      (db) =>
        db
          .selectFrom('notes')
          .select('id')
          .where('id', 'in', [food(1)]),
      ['where', 'where', 'rightOperand'],
      {
        kind: 'ValueNode',
        value: food(1),
      },
    ),
    'SCOPE_REFUSED',
  ],
  [
    'a neighbour in a joined query, without LATERAL',
    (db) =>
      db
        .selectFrom('products as p')
        .innerJoin(
          (eb) =>
            eb
              .selectFrom('portions')
              .select('grams')
              .whereRef('portions.productId', '=', 'p.id' as never)
              .as('q'),
          (join) => join.onTrue(),
        )
        .select('q.grams'),
    'SCOPE_UNKNOWN_TABLE',
  ],
  [
    'two columns for one',
    (db) =>
      db
        .selectFrom('notes')
        .select('id')
        .where('id', 'in', (eb: AnyEb) => eb.selectFrom('tags').select(['tags.id', 'tags.name']) as never),
    'SCOPE_REFUSED',
  ],
  [
    'a number among texts of a query',
    (db) =>
      db
        .selectFrom('notes')
        .select('id')
        .where('body', 'in', (eb: AnyEb) => eb.selectFrom('foods').select('foods.kcal100g')),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a text with case among those without of a query',
    (db) =>
      db
        .selectFrom('notes')
        .select('id')
        .where('body', 'in', (eb: AnyEb) => eb.selectFrom('foods').select('foods.name')),
    'SCOPE_REFUSED',
  ],
  [
    'a text without case among those of a query',
    (db) =>
      db
        .selectFrom('foods')
        .select('id')
        .where('name', 'in', (eb: AnyEb) => eb.selectFrom('foods').select('foods.name')),
    'SCOPE_REFUSED',
  ],
  [
    'json in a tuple',
    (db) =>
      db
        .selectFrom('posts as p')
        .innerJoin('posts as q', 'q.id', 'p.id')
        .select('p.id')
        .where((eb) => eb(eb.refTuple('p.id', 'p.tags'), '=', eb.refTuple('q.id', 'q.tags') as never)),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'two columns of json',
    (db) => db.selectFrom('posts as p').innerJoin('posts as q', 'q.tags', 'p.tags').select('p.id'),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a number in the place of a text of a tuple',
    (db) =>
      db
        .selectFrom('foods as f')
        .innerJoin('notes as n', 'n.id', 'f.id')
        .select('f.id')
        .where((eb) => eb(eb.refTuple('f.id', 'f.kcal100g'), '=', eb.refTuple('n.id', 'n.body') as never)),
    'SCOPE_NOT_COMPARABLE',
  ],
])

describe('values that may stand there', () => {
  test('are numbers in raw SQL itself, and parameters of any sort', () => {
    const { sql: text, bindings } = compiled(
      (db) => db.selectFrom('notes').select(sql`substr(${'word'}, ${sql.lit(2)})`.as('x')),
      outside,
    )
    expect(text).toBe('select substr(?, 2) as "x" from "notes"')
    expect(bindings).toEqual([{ kind: 'value', value: 'word' }])
  })

  test('need no table', () => {
    const { sql: text } = compiled((db) => db.selectNoFrom((eb) => eb.val('x').as('x')))
    expect(text).toBe('select ? as "x"')
  })

  test('are tuples in a list, and in none', () => {
    const ofTuples = (operator: 'in' | 'not in') =>
      compiled((db) =>
        db
          .selectFrom('tags')
          .select('id')
          .where((eb) => eb(eb.refTuple('id', 'name'), operator, [eb.tuple(food(1), 'a'), eb.tuple(food(2), 'b')])),
      ).sql.split(' where ')[1]
    expect(ofTuples('in')).toBe('(("tags"."id" = ? and "tags"."name" = ?) or ("tags"."id" = ? and "tags"."name" = ?))')
    expect(ofTuples('not in')).toBe(
      'not (("tags"."id" = ? and "tags"."name" = ?) or ("tags"."id" = ? and "tags"."name" = ?))',
    )
  })
})

test('a text may not be a part of raw SQL itself', () => {
  const refusal = refusalOf((db) => db.selectFrom('notes').select(sql`lower(${sql.lit("x'")})`.as('x')), outside)
  expect(refusal).toMatchObject({ code: 'SCOPE_REFUSED', message: expect.stringContaining('may end it') })
})

test('rows are alive, deleted or either', () => {
  const refusal = refusalOf((db) => db.selectFrom('notes').select('id'), { deleted: 'none' as never })
  expect(refusal).toMatchObject({ code: 'SCOPE_REFUSED', remedy: 'Use "without", "with" or "only"' })
})
