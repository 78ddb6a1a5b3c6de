import type { AnyDb } from '../shop.ts'
import { refuses } from '../../support/scope-refusals.ts'

refuses('values', [
  ['undefined', (db) => db.selectFrom('products').select('id').where('note', '=', undefined), 'SCOPE_UNDEFINED_VALUE'],
  [
    'undefined in a list',
    (db) => db.selectFrom('products').select('id').where('note', 'in', ['x', undefined]),
    'SCOPE_UNDEFINED_VALUE',
  ],
  [
    'undefined in a range',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where((eb) => eb.between('kcal100g', 1, undefined)),
    'SCOPE_UNDEFINED_VALUE',
  ],
  [
    'undefined as an output',
    (db) => db.selectFrom('products').select((eb) => eb.val(undefined).as('x')),
    'SCOPE_UNDEFINED_VALUE',
  ],
  [
    'equality with null',
    (db) => db.selectFrom('products').select('id').where('note', '=', null),
    'SCOPE_NULL_COMPARISON',
  ],
  [
    'inequality with null',
    (db) => db.selectFrom('products').select('id').where('note', '!=', null),
    'SCOPE_NULL_COMPARISON',
  ],
  [
    'null in a list',
    (db) => db.selectFrom('products').select('id').where('note', 'not in', ['x', null]),
    'SCOPE_NULL_COMPARISON',
  ],
  [
    'null in a tuple',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where((eb) => eb(eb.refTuple('name', 'note'), '=', eb.tuple('x', null))),
    'SCOPE_NULL_COMPARISON',
  ],
  ['a text for a number', (db) => db.selectFrom('products').select('id').where('kcal100g', '=', '0'), 'SCOPE_VALUE'],
  ['a number for a text', (db) => db.selectFrom('products').select('id').where('note', '=', 0), 'SCOPE_VALUE'],
  [
    'a number for a text without case',
    (db) => db.selectFrom('products').select('id').where('name', '=', 0),
    'SCOPE_VALUE',
  ],
  [
    'half a number for a whole one',
    (db) => db.selectFrom('products').select('id').where('kcal100g', '>', 1.5),
    'SCOPE_VALUE',
  ],
  [
    'a text for a count',
    (db) =>
      db
        .selectFrom('products')
        .select('isOpen')
        .groupBy('isOpen')
        .having((eb) => eb.fn.countAll(), '>', '1'),
    'SCOPE_VALUE',
  ],
  ['a date for nothing', (db) => db.selectFrom('products').select((eb) => eb.val(new Date()).as('now')), 'SCOPE_VALUE'],
  [
    'an object for a text',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where('note', '=', { toString: () => 'x' }),
    'SCOPE_VALUE',
  ],
  ['a limit below zero', (db) => db.selectFrom('products').select('id').limit(-1), 'SCOPE_VALUE'],
  ['half an offset', (db) => db.selectFrom('products').select('id').limit(1).offset(0.5), 'SCOPE_VALUE'],
  ['json compared', (db) => db.selectFrom('posts').select('id').where('tags', '=', 'a'), 'SCOPE_NOT_COMPARABLE'],
  [
    'json in a list',
    (db) =>
      db
        .selectFrom('posts')
        .select('id')
        .where('tags', 'in', [['a']]),
    'SCOPE_NOT_COMPARABLE',
  ],
  ['json sorted', (db) => db.selectFrom('posts').select('id').orderBy('tags'), 'SCOPE_NOT_COMPARABLE'],
  ['json grouped', (db) => db.selectFrom('posts').select('tags').groupBy('tags'), 'SCOPE_NOT_COMPARABLE'],
  ['json among different rows', (db) => db.selectFrom('posts').select('tags').distinct(), 'SCOPE_NOT_COMPARABLE'],
  [
    'json in a union',
    (db) => db.selectFrom('posts').select('tags').union(db.selectFrom('posts').select('tags')),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'two columns held differently',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where((eb) => eb('price', '>', eb.ref('kcal100g'))),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a date and a text',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where((eb) => eb('createdAt', '=', eb.ref('note'))),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a key and a text',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where((eb) => eb('id', '=', eb.ref('note'))),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a text without case and one with',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where((eb) => eb('name', '=', eb.ref('note'))),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a text without case of a sub-query',
    (db) =>
      db
        .selectFrom((eb) => eb.selectFrom('products').select('name').as('p'))
        .select('name')
        .where('name', '=', 'x'),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a text without case in a sub-query',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where('name', 'in', (eb: never) => (eb as AnyDb).selectFrom('foods').select('foods.name') as never),
    'SCOPE_REFUSED',
  ],
  [
    'results of CASE held differently',
    (db) =>
      db
        .selectFrom('products')
        .select((eb) => eb.case().when('isOpen', '=', true).then(eb.ref('price')).else(eb.ref('note')).end().as('x')),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a calculation with a date',
    (db) => db.selectFrom('products').select((eb) => eb('createdAt', '+', 1).as('x')),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a product of decimals',
    (db) => db.selectFrom('products').select((eb) => eb('price', '*', eb.ref('price')).as('x')),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a mean of decimals',
    (db) => db.selectFrom('products').select((eb) => eb.fn.avg('price').as('x')),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'the least of booleans',
    (db) => db.selectFrom('products').select((eb) => eb.fn.min('isOpen').as('x')),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'order by a position',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .orderBy((eb) => eb.lit(1)),
    'SCOPE_REFUSED',
  ],
  [
    'group by a position',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .groupBy((eb) => eb.lit(1) as never),
    'SCOPE_REFUSED',
  ],
  [
    'an IN with tuples of another length',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where((eb) =>
          eb(eb.refTuple('name', 'note'), 'in', [(eb as never as { tuple(x: string): never }).tuple('x')]),
        ),
    'SCOPE_REFUSED',
  ],
  [
    'a sub-query of two columns as a value',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where('id', '=', (eb: never) => (eb as AnyDb).selectFrom('foods').select(['foods.id', 'foods.name']) as never),
    'SCOPE_REFUSED',
  ],
])
