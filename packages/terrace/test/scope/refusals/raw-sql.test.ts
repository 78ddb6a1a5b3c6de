import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { unscoped } from '../../../src/database/index.ts'
import { compiled } from '../compiling.ts'
import { product } from '../shop-rows.ts'
import { refuses } from '../../support/scope-refusals.ts'

refuses('raw SQL inside a scope', [
  ['as a statement', () => sql`select * from products`, 'SCOPE_RAW'],
  ['as an output', (db) => db.selectFrom('products').select(sql`1`.as('one')), 'SCOPE_RAW'],
  ['as a table', (db) => db.selectFrom(sql`products`.as('p')).selectAll(), 'SCOPE_RAW'],
  [
    'as a join',
    (db) =>
      db
        .selectFrom('foods')
        .innerJoin(sql`products`.as('p'), (join) => join.onTrue())
        .select('foods.id'),
    'SCOPE_RAW',
  ],
  [
    'as a condition',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where(sql<boolean>`1 = 1 or true`),
    'SCOPE_RAW',
  ],
  [
    'as an operator',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where('id', sql`= id or 1 =`, 1),
    'SCOPE_RAW',
  ],
  [
    'as a value',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where('id', '=', sql`id`),
    'SCOPE_RAW',
  ],
  [
    'in a list',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where('id', 'in', [sql`id`]),
    'SCOPE_RAW',
  ],
  [
    'as a group',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .groupBy(sql`1`),
    'SCOPE_RAW',
  ],
  [
    'as an order',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .orderBy(sql`1`),
    'SCOPE_RAW',
  ],
  [
    'as a direction',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .orderBy('id', sql`asc limit 1`),
    'SCOPE_RAW',
  ],
  [
    'as a limit',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .limit(sql<number>`1`),
    'SCOPE_RAW',
  ],
  ['as a cast type', (db) => db.selectFrom('products').select((eb) => eb.cast('id', sql`text`).as('t')), 'SCOPE_RAW'],
  [
    'as a modifier in front',
    (db) =>
      db
        .selectFrom('products')
        .modifyFront(sql`distinct`)
        .select('id'),
    'SCOPE_RAW',
  ],
  [
    'as a modifier at the end',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .modifyEnd(sql`for update`),
    'SCOPE_RAW',
  ],
  [
    'as the body of a CTE',
    (db) =>
      db
        .with('x', () => sql`select 1` as never)
        .selectFrom('x')
        .selectAll(),
    'SCOPE_REFUSED',
  ],
  [
    'in a union',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .union(sql`select id from devices` as never),
    'SCOPE_RAW',
  ],
  ['as a value to insert', (db) => db.insertInto('products').values({ name: sql`'x'`, kcal100g: 1 }), 'SCOPE_RAW'],
  [
    'as a value to set',
    (db) =>
      db
        .updateTable('products')
        .set({ note: sql`'x'` })
        .where('id', '=', product(1)),
    'SCOPE_RAW',
  ],
  ['as an alias', (db) => db.selectFrom('products').select((eb) => eb.ref('id').as(sql`x` as never)), 'SCOPE_REFUSED'],
  [
    'as a function’s argument',
    (db) => db.selectFrom('products').select((eb) => eb.fn('lower', [sql`name`]).as('n')),
    'SCOPE_RAW',
  ],
  [
    'inside a window',
    (db) =>
      db.selectFrom('products').select((eb) =>
        eb.fn
          .agg('rank')
          .over((over) => over.orderBy(sql`1`))
          .as('n'),
      ),
    'SCOPE_RAW',
  ],
])

test('raw SQL outside any scope is passed on, values as parameters, queries in it without deleted rows', () => {
  const {
    sql: text,
    bindings,
    tables,
    writes,
  } = compiled(
    (db) =>
      sql`select ${sql.ref('p.kcal_per_100g')} + ${5} from ${sql.table('products')} p where p.id in ${db.selectFrom('products').select('id')}`,
    { scope: unscoped('report') },
  )
  expect(text).toBe(
    'select "p"."kcal_per_100g" + ? from "products" p where p.id in (select "products"."id" from "products" where "products"."deleted_at" is null)',
  )
  expect(bindings).toEqual([{ kind: 'value', value: 5 }])
  expect({ tables, writes }).toEqual({ tables: ['products'], writes: true })
})

test.each([
  'commit',
  'ROLLBACK',
  ' begin',
  'savepoint a',
  'create table other (id int)',
  'drop table products',
  'alter table products add column x int',
  'truncate table products',
  'set foreign_key_checks = 0',
  'set search_path to nowhere',
  'pragma foreign_keys = off',
  'attach database ? as other',
  '-- select\ncommit',
  '/* select */ commit',
  '/*! commit */',
  '(((commit',
  '# select\ncommit',
  '',
])('outside any scope raw SQL may not end the transaction or change structure or connection: %j', (text) => {
  expect(() => compiled(() => sql.raw(text), { scope: unscoped('report') })).toThrow(
    expect.objectContaining({ code: 'SCOPE_REFUSED' }),
  )
})

test.each([
  'select 1',
  '-- why\n select 1',
  '/* why */(select 1)',
  'WITH a AS (select 1) select * from a',
  'Delete from tags',
])('outside any scope raw SQL may read and write: %j', (text) => {
  expect(compiled(() => sql.raw(text), { scope: unscoped('report') }).sql).toBe(text)
})
