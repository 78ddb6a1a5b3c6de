import type { AnyDb, AnyEb } from '../shop.ts'
import { ann, annUser, category, comment, food, key, portion, post, product, serving } from '../shop-rows.ts'

interface Runnable {
  execute(): Promise<unknown>
}

/** One statement that writes, by hand, in Ann's session. */
export interface WriteShape {
  readonly title: string
  readonly statement: (db: AnyDb) => Runnable
  /** What comes of it: how many rows are changed, or the code of the refusal. */
  readonly outcome: number | string
  readonly needs?: 'insertReturning' | 'updateReturning' | 'deleteReturning' | 'withBeforeWrite'
}

const write = (title: string, outcome: WriteShape['outcome'], statement: WriteShape['statement']): WriteShape => ({
  title,
  outcome,
  statement,
})

const newProduct = { id: product(20), name: 'New', kcal100g: 5 }
const newPortion = { id: portion(20), size: 'small', grams: 5 } as const

export const writeShapes: readonly WriteShape[] = [
  // UPDATE
  write('a change by key', 1, (db) => db.updateTable('products').set({ note: 'new' }).where('id', '=', product(1))),
  write('a change of another owner’s row by key', 0, (db) =>
    db.updateTable('products').set({ note: 'new' }).where('id', '=', product(6)),
  ),
  write('a change of a deleted row by key', 0, (db) =>
    db.updateTable('products').set({ note: 'new' }).where('id', '=', product(4)),
  ),
  write('a change of many rows', 4, (db) => db.updateTable('products').set({ note: 'new' }).where('kcal100g', '>', 0)),
  write('a change beside OR', 4, (db) =>
    db
      .updateTable('products')
      .set({ note: 'new' })
      .where((eb) => eb.or([eb('kcal100g', '>', 0), eb('note', 'is not', null)])),
  ),
  write('a change of what equals a text without case', 1, (db) =>
    db.updateTable('products').set({ name: 'ÄPFEL' }).where('name', '=', 'APPLE'),
  ),
  write('a change under an alias', 1, (db) =>
    db.updateTable('products as p').set({ note: 'new' }).where('p.id', '=', product(1)),
  ),
  write('a calculated change', 4, (db) =>
    db
      .updateTable('products')
      .set((eb) => ({ kcal100g: eb('kcal100g', '+', 1), price: eb.ref('price') }))
      .where('kcal100g', '<', 900),
  ),
  write('a change by a sub-query', 2, (db) =>
    db
      .updateTable('products')
      .set({ note: 'new' })
      .where('id', 'in', (eb: AnyEb) => eb.selectFrom('portions').select('portions.productId')),
  ),
  write('a change from a sub-query', 1, (db) =>
    db
      .updateTable('products')
      .set((eb) => ({ kcal100g: eb.selectFrom('foods').select((inner) => inner.fn.max('foods.kcal100g').as('most')) }))
      .where('id', '=', product(1)),
  ),
  {
    ...write('a change behind WITH', 2, (db) =>
      db
        .with('portioned', (cte) => cte.selectFrom('portions').select('productId'))
        .updateTable('products')
        .set({ note: 'new' })
        .where('id', 'in', (eb: AnyEb) => eb.selectFrom('portioned').select('portioned.productId')),
    ),
    needs: 'withBeforeWrite',
  },
  write('a change of children', 3, (db) => db.updateTable('portions').set({ grams: 1 }).where('grams', '>', 0)),
  write('a change of another owner’s child by key', 0, (db) =>
    db.updateTable('portions').set({ grams: 1 }).where('id', '=', portion(5)),
  ),
  write('a change of a child of a deleted row', 0, (db) =>
    db.updateTable('portions').set({ grams: 1 }).where('id', '=', portion(4)),
  ),
  write('a change of grandchildren', 2, (db) =>
    db
      .updateTable('servings')
      .set({ eatenAt: new Date(0) })
      .where('eatenAt', '>', new Date(1)),
  ),
  write('a change of what everyone reads and another owns', 0, (db) =>
    db.updateTable('posts').set({ title: 'mine' }).where('id', '=', post(2)),
  ),
  write('a change of what everyone reads and oneself owns', 1, (db) =>
    db
      .updateTable('posts')
      .set({ title: 'mine', tags: ['x'] })
      .where('title', '>', ''),
  ),
  write('a change of the actor itself', 1, (db) =>
    db.updateTable('devices').set({ label: 'new' }).where('label', '>', ''),
  ),
  write('a change of what everyone may write', 1, (db) =>
    db.updateTable('notes').set({ body: 'new' }).where('body', '=', 'hello'),
  ),

  // DELETE
  write('a deletion of children', 3, (db) => db.deleteFrom('portions').where('grams', '>', 0)),
  write('a deletion of another owner’s child', 0, (db) => db.deleteFrom('portions').where('id', '=', portion(6))),
  write('a deletion of a child of a deleted row', 0, (db) => db.deleteFrom('portions').where('id', '=', portion(4))),
  write('a deletion by a correlated sub-query', 2, (db) =>
    db
      .deleteFrom('portions')
      .where((eb) =>
        eb.exists(
          eb.selectFrom('products').where('name', '=', 'APPLE').whereRef('products.id', '=', 'portions.productId'),
        ),
      ),
  ),
  write('a deletion on one’s own post', 1, (db) => db.deleteFrom('comments').where('body', '>', '')),
  write('a deletion on another’s visible post', 0, (db) => db.deleteFrom('comments').where('id', '=', comment(2))),

  // INSERT
  write('a new row', 1, (db) => db.insertInto('products').values({ ...newProduct, name: 'ŒUF', note: 'x' })),
  write('new rows that do not give the same columns', 2, (db) =>
    db
      .insertInto('products')
      .values([newProduct, { ...newProduct, id: product(21), isOpen: true, price: '3.10', foodId: food(1) }]),
  ),
  write('a new row with the actor’s own key', 1, (db) =>
    db.insertInto('products').values({ ...newProduct, deviceId: ann }),
  ),
  write('a new row of the other sort of owner', 1, (db) =>
    db
      .insertInto('posts')
      .values({ id: post(20), userId: annUser, title: 'x', tags: ['a'], publishedAt: '2026-01-01T00:00:00.5Z' }),
  ),
  write('a new row with a visible reference', 1, (db) =>
    db.insertInto('products').values({ ...newProduct, foodId: food(1), categoryId: category(1) }),
  ),
  write('a new row that refers to another owner’s row', 'REFERENCE_MISSING', (db) =>
    db.insertInto('products').values({ ...newProduct, categoryId: category(4) }),
  ),
  write('a new row that refers to a deleted row', 'REFERENCE_MISSING', (db) =>
    db.insertInto('products').values({ ...newProduct, foodId: food(3) }),
  ),
  write('a new row that refers to nothing', 'REFERENCE_MISSING', (db) =>
    db.insertInto('products').values({ ...newProduct, foodId: food(99) }),
  ),
  write('new rows of which one refers to another owner’s row', 'REFERENCE_MISSING', (db) =>
    db.insertInto('products').values([
      { ...newProduct, categoryId: category(1) },
      { ...newProduct, id: product(21), categoryId: category(4) },
    ]),
  ),
  write('a new child', 1, (db) => db.insertInto('portions').values({ ...newPortion, productId: product(2) })),
  write('a new child of another owner’s row', 'REFERENCE_MISSING', (db) =>
    db.insertInto('portions').values({ ...newPortion, productId: product(6) }),
  ),
  write('a new child of a deleted row', 'REFERENCE_MISSING', (db) =>
    db.insertInto('portions').values({ ...newPortion, productId: product(4) }),
  ),
  write('a new grandchild', 1, (db) =>
    db.insertInto('servings').values({ id: serving(20), portionId: portion(2), eatenAt: new Date(5) }),
  ),
  write('a new grandchild of another owner’s row', 'REFERENCE_MISSING', (db) =>
    db.insertInto('servings').values({ id: serving(20), portionId: portion(5), eatenAt: new Date(5) }),
  ),
  write('a comment on one’s own post', 1, (db) =>
    db.insertInto('comments').values({ id: comment(20), postId: post(1), body: 'x' }),
  ),
  write('a comment that would belong to the owner of another’s visible post', 'REFERENCE_MISSING', (db) =>
    db.insertInto('comments').values({ id: comment(20), postId: post(2), body: 'x' }),
  ),
  write('a child moved to a row of one’s own', 1, (db) =>
    db
      .updateTable('portions')
      .set({ productId: product(2) })
      .where('id', '=', portion(1)),
  ),
  write('a child moved to another owner’s row', 'REFERENCE_MISSING', (db) =>
    db
      .updateTable('portions')
      .set({ productId: product(6) })
      .where('id', '=', portion(1)),
  ),
  write('a child moved to a row found by a query', 1, (db) =>
    db
      .updateTable('portions')
      .set((eb) => ({
        productId: eb.selectFrom('products').where('products.name', '=', 'banana').select('products.id'),
      }))
      .where('portions.id', '=', portion(1)),
  ),
  write('another’s row found by a query is none', 'VALIDATION', (db) =>
    db
      .updateTable('portions')
      .set((eb) => ({
        productId: eb.selectFrom('products').where('products.id', '=', product(6)).select('products.id'),
      }))
      .where('portions.id', '=', portion(1)),
  ),
  write('rows of a query', 3, (db) =>
    db
      .insertInto('notes')
      .columns(['id', 'body'])
      .expression(db.selectFrom('portions').select((eb) => ['id', eb.val('copied').as('body')])),
  ),
  write('rows of a query with the keys of visible rows', 4, (db) =>
    db
      .insertInto('portions')
      .columns(['id', 'productId', 'size', 'grams'])
      .expression(
        db.selectFrom('products').select((eb) => ['id as own', 'id', eb.val('large').as('size'), 'kcal100g']),
      ),
  ),
  write('rows of a union', 5, (db) =>
    db
      .insertInto('notes')
      .columns(['id', 'body'])
      .expression(
        db
          .selectFrom('categories')
          .select(['id', 'title'])
          .union(db.selectFrom('posts').select(['posts.id', 'posts.title'])),
      ),
  ),
  write('a value of a query', 1, (db) =>
    db.insertInto('notes').values((eb) => ({
      id: key(10, 20),
      body: eb.selectFrom('categories').select((inner) => inner.fn.min('categories.title').as('title')),
    })),
  ),

  // RETURNING
  {
    ...write('what was inserted', 1, (db) =>
      db
        .insertInto('products')
        .values({ ...newProduct, price: '1.50' })
        .returningAll(),
    ),
    needs: 'insertReturning',
  },
  {
    ...write('what was changed', 4, (db) =>
      db
        .updateTable('products')
        .set({ isOpen: true })
        .where('kcal100g', '>', 0)
        .returning((eb) => ['products.id', 'kcal100g as energy', 'isOpen', eb('kcal100g', '>', 20).as('isRich')]),
    ),
    needs: 'updateReturning',
  },
  {
    ...write('what was deleted', 3, (db) => db.deleteFrom('portions').where('grams', '>', 0).returning(['id', 'size'])),
    needs: 'deleteReturning',
  },
]
