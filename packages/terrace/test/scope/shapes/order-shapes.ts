import { ordered, shape, type QueryShape } from './query-shape.ts'

export const orderShapes: readonly QueryShape[] = [
  shape('order', (db) => db.selectFrom('products').select(['id', 'name']).orderBy('name'), ordered),
  shape(
    'order by a property with another name',
    (db) => db.selectFrom('products').select('kcal100g').orderBy('kcal100g', 'desc'),
    ordered,
  ),
  shape(
    'order by an alias',
    (db) => db.selectFrom('products').select('kcal100g as energy').orderBy('energy', 'desc'),
    ordered,
  ),
  shape(
    'order by what is not selected',
    (db) => db.selectFrom('products').select('name').orderBy('products.createdAt', 'desc'),
    ordered,
  ),
  shape(
    'order by an expression',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .orderBy((eb) => eb.fn.coalesce('price', eb.val('5.00')), 'desc')
        .orderBy('id'),
    ordered,
  ),
  shape(
    'NULL sorts first',
    (db) => db.selectFrom('products').select(['id', 'price']).orderBy('price').orderBy('id'),
    ordered,
  ),
  shape(
    'NULL sorts last, descending',
    (db) => db.selectFrom('products').select(['id', 'price']).orderBy('price', 'desc').orderBy('id'),
    ordered,
  ),
  shape(
    'NULL last when asked',
    (db) =>
      db
        .selectFrom('products')
        .select(['id', 'price'])
        .orderBy('price', (order) => order.asc().nullsLast())
        .orderBy('id'),
    ordered,
  ),
  shape(
    'NULL first when asked, descending',
    (db) =>
      db
        .selectFrom('products')
        .select(['id', 'price'])
        .orderBy('price', (order) => order.desc().nullsFirst())
        .orderBy('id'),
    ordered,
  ),
  shape(
    'NULL first of a column that an outer join leaves empty',
    (db) =>
      db
        .selectFrom('products')
        .leftJoin('foods', 'foods.id', 'products.foodId')
        .select(['products.id', 'foods.kcal100g'])
        .orderBy('foods.kcal100g')
        .orderBy('products.id'),
    ordered,
  ),
  shape(
    'a page',
    (db) => db.selectFrom('products').select('id').orderBy('name').orderBy('id').limit(2).offset(1),
    ordered,
  ),
  shape(
    'an offset alone',
    (db) => db.selectFrom('products').select('id').orderBy('name').orderBy('id').offset(2),
    ordered,
  ),
  shape('fetch first', (db) => db.selectFrom('products').select('id').orderBy('id').fetch(3), {
    ...ordered,
    isOpen: true,
  }),
  shape('a lock', (db) => db.selectFrom('products').select('id').forUpdate()),
  shape('a shared lock', (db) => db.selectFrom('products').select('id').forShare()),
]
