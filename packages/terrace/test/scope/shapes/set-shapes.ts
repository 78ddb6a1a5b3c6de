import { ordered, shape, type QueryShape } from './query-shape.ts'

export const setShapes: readonly QueryShape[] = [
  shape('a union', (db) => db.selectFrom('products').select('name').union(db.selectFrom('foods').select('name'))),
  shape('a union of everything', (db) =>
    db
      .selectFrom('products')
      .select(['name', 'kcal100g'])
      .unionAll(db.selectFrom('foods').select(['name', 'kcal100g'])),
  ),
  shape('a union with a value', (db) =>
    db
      .selectFrom('products')
      .select((eb) => ['price', eb.val('product').as('kind')])
      .where('price', 'is not', null)
      .unionAll(
        db
          .selectFrom('products as q')
          .select((eb) => ['q.price', eb.val('again').as('kind')])
          .where('q.price', '>', '2'),
      ),
  ),
  shape(
    'an intersection',
    (db) => db.selectFrom('products').select('name').intersect(db.selectFrom('foods').select('name')),
    { isOpen: true },
  ),
  shape('rows beside an intersection that is there', (db) =>
    db
      .selectFrom('products')
      .select('name')
      .where((eb) => {
        const eaten = eb.selectFrom('products as q').select('q.foodId').where('q.foodId', 'is not', null)
        return eb.exists(eaten.intersect(eb.selectFrom('foods').select('foods.id as foodId') as never))
      }),
  ),
  shape('an exception', (db) =>
    db
      .selectFrom('foods')
      .select('id')
      .except(db.selectFrom('products').select('foodId as id').where('foodId', 'is not', null)),
  ),
  shape(
    'a union, sorted',
    (db) =>
      db
        .selectFrom('products')
        .select('name')
        .union(db.selectFrom('foods').select('name'))
        .orderBy('name', 'desc')
        .limit(3),
    ordered,
  ),
]
