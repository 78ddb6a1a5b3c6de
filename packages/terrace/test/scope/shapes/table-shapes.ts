import { shape, type QueryShape } from './query-shape.ts'

export const tableShapes: readonly QueryShape[] = [
  shape('all columns of an owned model', (db) => db.selectFrom('products').selectAll()),
  shape('columns by property', (db) => db.selectFrom('products').select(['id', 'kcal100g', 'isOpen'])),
  shape('columns by alias', (db) => db.selectFrom('products as p').select(['p.kcal100g as energy', 'p.name as title'])),
  shape('the actor itself', (db) => db.selectFrom('devices').selectAll()),
  shape('another sort of actor', (db) => db.selectFrom('users').selectAll()),
  shape('a model owned through its parent', (db) => db.selectFrom('portions').selectAll()),
  shape('a model owned through two parents', (db) => db.selectFrom('servings').selectAll()),
  shape('a shared model without its deleted rows', (db) => db.selectFrom('foods').selectAll()),
  shape('a shared model without deletion', (db) => db.selectFrom('tags').selectAll(), { isOpen: true }),
  shape('a model that everyone reads', (db) => db.selectFrom('posts').selectAll()),
  shape('children of what everyone reads', (db) => db.selectFrom('comments').selectAll()),
  shape('a table that refers to itself', (db) => db.selectFrom('categories').selectAll()),
  shape('two tables in FROM', (db) =>
    db.selectFrom(['products as p', 'portions as q']).whereRef('q.productId', '=', 'p.id').select(['p.id', 'q.grams']),
  ),
  shape('the same table twice', (db) =>
    db
      .selectFrom(['products as a', 'products as b'])
      .select(['a.id as one', 'b.id as other'])
      .whereRef('a.kcal100g', '<', 'b.kcal100g'),
  ),
]
