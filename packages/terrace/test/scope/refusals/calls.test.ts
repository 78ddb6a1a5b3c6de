import { describe, expect, test } from 'vitest'
import { sqliteDialect } from '../../../src/dialects/sqlite/index.ts'
import { compiled, refusalOf, targets, type Target } from '../compiling.ts'
import type { AnyEb } from '../shop.ts'
import { forged, refuses, type Build } from '../../support/scope-refusals.ts'

const select: Build = (db) => db.selectFrom('products').select('id').where('kcal100g', '=', 1)

refuses('calls that the engines do not share', [
  ['a function', (db) => db.selectFrom('products').select((eb) => eb.fn('md5', ['note']).as('n')), 'SCOPE_REFUSED'],
  [
    'a function that reads files',
    (db) => db.selectFrom('products').select((eb) => eb.fn('pg_read_file', [eb.val('/etc/passwd')]).as('n')),
    'SCOPE_REFUSED',
  ],
  [
    'a function in other letters',
    (db) => db.selectFrom('products').select((eb) => eb.fn('LOWER', ['note']).as('n')),
    'SCOPE_REFUSED',
  ],
  [
    'a function with SQL in its name',
    (db) =>
      db.selectFrom('products').select((eb) => eb.fn('lower(note), (select id from devices) --', ['note']).as('n')),
    'SCOPE_REFUSED',
  ],
  [
    'an aggregate as a scalar',
    (db) => db.selectFrom('products').select((eb) => eb.fn('max', ['kcal100g']).as('n')),
    'SCOPE_REFUSED',
  ],
  [
    'a scalar as an aggregate',
    (db) => db.selectFrom('products').select((eb) => eb.fn.agg('lower', ['note']).as('n')),
    'SCOPE_REFUSED',
  ],
  [
    'count of all columns of a table',
    (db) => db.selectFrom('products').select((eb) => eb.fn.countAll('products').as('n')),
    'SCOPE_REFUSED',
  ],
  ['a cast', (db) => db.selectFrom('products').select((eb) => eb.cast('kcal100g', 'date').as('n')), 'SCOPE_REFUSED'],
  [
    'a cast that rounds',
    (db) => db.selectFrom('products').select((eb) => eb.cast('price', 'integer').as('n')),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a collation',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .orderBy('note', (order) => order.collate('nocase')),
    'SCOPE_REFUSED',
  ],
  ['LIKE', (db) => db.selectFrom('products').select('id').where('note', 'like', '%x%'), 'SCOPE_REFUSED'],
  ['joining texts', (db) => db.selectFrom('products').select((eb) => eb('note', '||', 'x').as('n')), 'SCOPE_REFUSED'],
  ['a regular expression', (db) => db.selectFrom('products').select('id').where('note', '~', 'x'), 'SCOPE_REFUSED'],
  ['containment of json', (db) => db.selectFrom('posts').select('id').where('tags', '@>', 'x'), 'SCOPE_REFUSED'],
  ['FETCH WITH TIES', (db) => db.selectFrom('products').select('id').fetch(1, 'with ties'), 'SCOPE_REFUSED'],
])

const operator = ['where', 'where', 'operator']
const joined: Build = (db) =>
  db.selectFrom('products').innerJoin('portions', 'portions.productId', 'products.id').select('grams')
const union: Build = (db) => db.selectFrom('products').select('id').union(db.selectFrom('foods').select('id'))
const locked: Build = (db) => db.selectFrom('products').select('id').forUpdate()
const limited: Build = (db) => db.selectFrom('products').select('id').limit(1)
const cast: Build = (db) => db.selectFrom('products').select((eb) => eb.cast('kcal100g', 'text').as('t'))
const castType = ['selections', 0, 'selection', 'node', 'dataType']

refuses('text that would reach the SQL as it is', [
  ['an operator', forged(select, operator, { operator: '= 1 or 1 =' }), 'SCOPE_REFUSED'],
  ['a property of every object as an operator', forged(select, operator, { operator: 'constructor' }), 'SCOPE_REFUSED'],
  ['a join', forged(joined, ['joins', 0], { joinType: 'toString' }), 'SCOPE_REFUSED'],
  [
    'a set operation',
    forged(union, ['setOperations', 0], { operator: 'union select id from devices union' }),
    'SCOPE_REFUSED',
  ],
  ['a lock', forged(locked, ['endModifiers', 0], { modifier: 'constructor' }), 'SCOPE_REFUSED'],
  ['a limit', forged(limited, ['limit', 'limit'], { value: '1; drop table products', immediate: true }), 'SCOPE_VALUE'],
  ['a type of a cast', forged(cast, castType, { dataType: 'text) from devices --' }), 'SCOPE_REFUSED'],
  [
    'a number that is a text',
    forged(select, ['where', 'where', 'rightOperand'], { value: "'; --", immediate: true }),
    'SCOPE_VALUE',
  ],
])

test('a text that claims to be immediate is a parameter all the same', () => {
  const noted: Build = (db) => db.selectFrom('products').select('id').where('note', '=', 'x')
  const immediate = forged(noted, ['where', 'where', 'rightOperand'], { value: "'; --", immediate: true })
  const { sql: text, bindings } = compiled(immediate)
  expect(text).not.toContain("';")
  expect(bindings).toContainEqual({ kind: 'value', value: "'; --" })
})

describe('functions', () => {
  const text = (build: (eb: AnyEb) => unknown, target: Target = targets.sqlite): string =>
    compiled((db) => db.selectFrom('products').select((eb) => (build(eb) as { as(name: string): never }).as('n')), {
      target,
    }).sql

  test('take numbers beside a text, which are nothing of its kind', () => {
    expect(text((eb) => eb.fn('substr', ['note', eb.val(1), 'kcal100g']))).toContain('substr("products"."note", ')
    expect(text((eb) => eb.fn.agg('lag', ['note', eb.val(1), eb.val('none')]).over())).toContain(
      'lag("products"."note"',
    )
  })

  test('that find a text have the name that the engine gives them, and no other', () => {
    const found = (name: string) => (eb: AnyEb) => eb.fn(name, ['note', eb.val('x')])
    const { name } = sqliteDialect.position
    expect(text(found(name))).toContain(`${name}("products"."note", ?)`)
    expect(refusalOf((db) => db.selectFrom('products').select((eb) => found('strpos')(eb).as('n')))).toMatchObject({
      code: 'SCOPE_REFUSED',
    })
  })
})

describe('what an app allows', () => {
  test('is passed on by its exact name', () => {
    const allow = {
      functions: { md5: 'text', my_agg: 'integer' },
      casts: ['numeric(10, 2)'],
      collations: ['nocase'],
      operators: ['like', '||'],
    } as const
    const build: Build = (db) =>
      db
        .selectFrom('products')
        .select((eb) => [
          eb.fn('md5', ['note']).as('hash'),
          eb.fn.agg('my_agg', ['kcal100g']).as('n'),
          eb.cast('kcal100g', 'numeric(10, 2)').as('c'),
        ])
        .where('note', 'like', 'x%')
        .orderBy('note', (order) => order.collate('nocase').asc())
    const { sql: text } = compiled(build, { allow })
    for (const part of [
      'md5("products"."note")',
      'my_agg(',
      'as numeric(10, 2))',
      '"note" like ?',
      'collate "nocase" asc',
    ])
      expect(text).toContain(part)
  })

  test('is still limited to the rows of the scope', () => {
    const build: Build = (db) => db.selectFrom('products').select('id').where('note', 'like', '%')
    expect(compiled(build, { allow: { operators: ['like'] } }).sql).toContain('"products"."device_id" = ?')
  })
})
