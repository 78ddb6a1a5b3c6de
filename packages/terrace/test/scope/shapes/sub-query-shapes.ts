import { shape, type QueryShape } from './query-shape.ts'
import type { AnyEb } from '../shop.ts'

export const subQueryShapes: readonly QueryShape[] = [
  shape('exists', (db) =>
    db
      .selectFrom('products')
      .where((eb) => eb.exists(eb.selectFrom('portions').whereRef('portions.productId', '=', 'products.id')))
      .select('id'),
  ),
  shape('not exists', (db) =>
    db
      .selectFrom('foods')
      .where((eb) =>
        eb.not(eb.exists(eb.selectFrom('products').select('products.id').whereRef('products.foodId', '=', 'foods.id'))),
      )
      .select('id'),
  ),
  shape(
    'in a sub-query',
    (db) =>
      db
        .selectFrom('foods')
        .where('id', 'in', (eb: AnyEb) => eb.selectFrom('products').select('foodId').where('foodId', 'is not', null))
        .select('name'),
    { isOpen: true },
  ),
  shape('not in a sub-query', (db) =>
    db
      .selectFrom('products')
      .where('id', 'not in', (eb: AnyEb) => eb.selectFrom('portions').select('productId'))
      .select('name'),
  ),
  shape('tuples in a sub-query', (db) =>
    db
      .selectFrom('portions')
      .where((eb) =>
        eb(eb.refTuple('productId', 'grams'), 'in', eb.selectFrom('portions as q').select(['q.productId', 'q.grams'])),
      )
      .select('id'),
  ),
  shape('a value from a sub-query', (db) =>
    db.selectFrom('foods').select((eb) => [
      'foods.name',
      eb
        .selectFrom('products')
        .whereRef('products.foodId', '=', 'foods.id')
        .select((inner) => inner.fn.countAll().as('n'))
        .as('products'),
    ]),
  ),
  shape('a comparison with a sub-query', (db) =>
    db
      .selectFrom('products')
      .where('kcal100g', '=', (eb: AnyEb) =>
        eb.selectFrom('products as q').select((inner) => inner.fn.max('q.kcal100g').as('most')),
      )
      .select('id'),
  ),
  shape('a table from a sub-query', (db) =>
    db
      .selectFrom((eb) =>
        eb.selectFrom('products').select(['id', 'kcal100g as energy', 'price']).where('kcal100g', '>', 10).as('rich'),
      )
      .select(['rich.energy', 'rich.price'])
      .where('rich.price', 'is not', null),
  ),
  shape('all columns of a sub-query', (db) =>
    db.selectFrom((eb) => eb.selectFrom('products').selectAll().as('everything')).selectAll(),
  ),
  shape('a join with a sub-query', (db) =>
    db
      .selectFrom('foods')
      .leftJoin(
        (eb) =>
          eb
            .selectFrom('products')
            .select((inner) => ['foodId', inner.fn.max('price').as('dearest')])
            .groupBy('foodId')
            .as('p'),
        (join) => join.onRef('p.foodId', '=', 'foods.id'),
      )
      .select(['foods.name', 'p.dearest']),
  ),
  shape('a sub-query in a sub-query', (db) =>
    db
      .selectFrom('products')
      .where('id', 'in', (eb: AnyEb) =>
        eb
          .selectFrom('portions')
          .select('productId')
          .where('id', 'in', (inner: AnyEb) => inner.selectFrom('servings').select('portionId')),
      )
      .select('name'),
  ),
  shape('a sub-query that names the outer query’s columns', (db) =>
    db
      .selectFrom('products as p')
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('products as q')
            .select('q.id')
            .where((inner) => inner('q.kcal100g', '=', inner('p.kcal100g', '+', 10))),
        ),
      )
      .select('p.id'),
  ),
]
