import { shape, type QueryShape } from './query-shape.ts'

export const aggregateShapes: readonly QueryShape[] = [
  shape('count', (db) => db.selectFrom('products').select((eb) => eb.fn.countAll().as('n'))),
  shape('count of a column', (db) => db.selectFrom('products').select((eb) => eb.fn.count('note').as('n'))),
  shape('count of different values', (db) =>
    db.selectFrom('portions').select((eb) => eb.fn.count('productId').distinct().as('n')),
  ),
  shape('sums', (db) =>
    db
      .selectFrom('products')
      .select((eb) => [
        eb.fn.sum('kcal100g').as('kcal'),
        eb.fn.sum('price').as('price'),
        eb.fn.sum('ratio').as('ratio'),
      ]),
  ),
  shape('a mean', (db) => db.selectFrom('products').select((eb) => eb.fn.avg('kcal100g').as('mean'))),
  shape('least and most', (db) =>
    db
      .selectFrom('products')
      .select((eb) => [
        eb.fn.min('createdAt').as('first'),
        eb.fn.max('createdAt').as('last'),
        eb.fn.max('price').as('dearest'),
        eb.fn.min('name').as('name'),
      ]),
  ),
  shape('an aggregate over some rows', (db) =>
    db
      .selectFrom('products')
      .select((eb) => [
        eb.fn.countAll().filterWhere('isOpen', '=', true).as('open'),
        eb.fn.sum('kcal100g').filterWhere('price', '>', '2').as('kcal'),
      ]),
  ),
  shape('groups of an owned model', (db) =>
    db
      .selectFrom('products')
      .select((eb) => ['isOpen', eb.fn.countAll().as('n')])
      .groupBy('isOpen'),
  ),
  shape('groups by the key', (db) =>
    db
      .selectFrom('products')
      .leftJoin('portions', 'portions.productId', 'products.id')
      .select((eb) => ['products.id', 'products.name', eb.fn.sum('portions.grams').as('grams')])
      .groupBy('products.id'),
  ),
  shape(
    'groups with a condition',
    (db) =>
      db
        .selectFrom('portions')
        .select((eb) => ['productId', eb.fn.countAll().as('n')])
        .groupBy('productId')
        .having((eb) => eb.fn.countAll(), '>', 1),
    { isOpen: true },
  ),
  shape('groups by an output', (db) =>
    db
      .selectFrom('products')
      .select((eb) => [eb.fn.coalesce('note', eb.val('none')).as('remark'), eb.fn.countAll().as('n')])
      .groupBy('remark'),
  ),
  shape('different rows', (db) => db.selectFrom('portions').select('size').distinct().where('grams', '>', 260), {
    isEmpty: true,
  }),
  shape('different rows of different sorts', (db) => db.selectFrom('products').select(['isOpen', 'note']).distinct()),
  shape(
    'the first row of each group',
    (db) =>
      db
        .selectFrom('portions')
        .distinctOn('productId')
        .select(['productId', 'grams'])
        .orderBy('productId')
        .orderBy('grams', 'desc'),
    { needs: 'distinctOn' },
  ),
  shape('a window', (db) =>
    db.selectFrom('portions').select((eb) => [
      'id',
      eb.fn
        .agg('row_number')
        .over((over) => over.partitionBy('productId').orderBy('grams', 'desc'))
        .as('place'),
      eb.fn.sum('grams').over().as('total'),
    ]),
  ),
]
