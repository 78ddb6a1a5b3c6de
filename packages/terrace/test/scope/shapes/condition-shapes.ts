import { shape, type QueryShape } from './query-shape.ts'
import { product } from '../shop-rows.ts'

export const conditionShapes: readonly QueryShape[] = [
  shape('equality without case', (db) => db.selectFrom('products').where('name', '=', 'APPLE').select('id')),
  shape('inequality without case', (db) => db.selectFrom('products').where('name', '!=', 'aPPle').select('name')),
  shape('a list without case', (db) => db.selectFrom('products').where('name', 'in', ['APPLE', 'bananA']).select('id')),
  shape('no list without case', (db) => db.selectFrom('products').where('name', 'not in', ['APPLE']).select('id')),
  shape('order by code point', (db) => db.selectFrom('products').where('name', '>', 'Z').select('name')),
  shape('OR beside the scope', (db) =>
    db
      .selectFrom('products')
      .where((eb) => eb.or([eb('kcal100g', '>', 0), eb('note', 'is', null)]))
      .select('id'),
  ),
  shape('NOT beside the scope', (db) =>
    db
      .selectFrom('products')
      .where((eb) => eb.not(eb('kcal100g', '=', 10)))
      .select('id'),
  ),
  shape('NOT over AND', (db) =>
    db
      .selectFrom('products')
      .where((eb) => eb.not(eb.and([eb('kcal100g', '=', 10), eb('isOpen', '=', false)])))
      .select('id'),
  ),
  shape('a boolean', (db) => db.selectFrom('products').where('isOpen', '=', true).select('id')),
  shape('is true', (db) => db.selectFrom('products').where('isOpen', 'is', true).select('id')),
  shape('is not null', (db) => db.selectFrom('products').where('note', 'is not', null).select('id')),
  shape('between', (db) =>
    db
      .selectFrom('products')
      .where((eb) => eb.between('kcal100g', 20, 60))
      .select('id'),
  ),
  shape('between, either way round', (db) =>
    db
      .selectFrom('products')
      .where((eb) => eb.betweenSymmetric('kcal100g', 60, 20))
      .select('id'),
  ),
  shape('a decimal', (db) => db.selectFrom('products').where('price', '>', '1.5').select(['id', 'price'])),
  shape('a date', (db) =>
    db
      .selectFrom('products')
      .where('createdAt', '>=', new Date(Date.UTC(2026, 0, 2, 3, 3)))
      .select(['id', 'createdAt']),
  ),
  shape(
    'microseconds',
    (db) =>
      db
        .selectFrom('posts')
        .where('publishedAt', '<', '2026-01-02T03:04:05.678902Z')
        .select(['id', 'publishedAt', 'tags']),
    { isOpen: true },
  ),
  shape('a bigint', (db) => db.selectFrom('foods').where('weight', '>', 2n).select(['id', 'weight'])),
  shape('the same or both null', (db) =>
    db.selectFrom('products').where('note', 'is not distinct from', null).select('id'),
  ),
  shape('different, null included', (db) =>
    db.selectFrom('products').where('note', 'is distinct from', 'crisp').select('id'),
  ),
  shape(
    'two columns the same or both null',
    (db) =>
      db
        .selectFrom('categories')
        .where((eb) => eb('parentId', 'is not distinct from', eb.ref('id')))
        .select((eb) => eb.fn.countAll().as('n')),
    { isOpen: true },
  ),
  shape('a value on the left', (db) =>
    db
      .selectFrom('products')
      .where((eb) => eb(eb.val(20), '<', eb.ref('kcal100g')))
      .select('id'),
  ),
  shape('an empty list', (db) => db.selectFrom('products').where('id', 'in', []).select('id'), {
    isOpen: true,
    isEmpty: true,
  }),
  shape('not in an empty list', (db) => db.selectFrom('products').where('id', 'not in', []).select('id')),
  shape(
    'an equality of tuples',
    (db) =>
      db
        .selectFrom('products')
        .where((eb) => eb(eb.refTuple('name', 'kcal100g'), '=', eb.tuple('APPLE', 10)))
        .select('id'),
    { isOpen: true },
  ),
  shape('a list of tuples', (db) =>
    db
      .selectFrom('products')
      .where((eb) =>
        eb(eb.refTuple('name', 'kcal100g'), 'in', [
          eb.tuple('APPLE', 10),
          eb.tuple('Apple', 60),
          eb.tuple('Zebra cake', 70),
        ]),
      )
      .select('id'),
  ),
  shape('an order of tuples', (db) =>
    db
      .selectFrom('products')
      .where((eb) => eb(eb.refTuple('kcal100g', 'id'), '>', eb.tuple(20, product(2))))
      .select('id'),
  ),
]
