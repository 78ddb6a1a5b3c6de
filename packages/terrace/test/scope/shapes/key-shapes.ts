import { shape, type QueryShape } from './query-shape.ts'
import { category, food, portion, post, product } from '../shop-rows.ts'

export const keyShapes: readonly QueryShape[] = [
  shape('another owner’s row by its key', (db) => db.selectFrom('products').selectAll().where('id', '=', product(6)), {
    isEmpty: true,
  }),
  shape('a deleted row by its key', (db) => db.selectFrom('products').selectAll().where('id', '=', product(4)), {
    isEmpty: true,
  }),
  shape(
    'a child of a deleted row by its key',
    (db) => db.selectFrom('portions').selectAll().where('id', '=', portion(4)),
    { isEmpty: true },
  ),
  shape('a deleted shared row by its key', (db) => db.selectFrom('foods').selectAll().where('id', '=', food(3)), {
    isEmpty: true,
  }),
  shape('a deleted row that everyone read', (db) => db.selectFrom('posts').selectAll().where('id', '=', post(4)), {
    isEmpty: true,
  }),
  shape('another owner’s category', (db) => db.selectFrom('categories').selectAll().where('id', '=', category(4)), {
    isEmpty: true,
  }),
]
