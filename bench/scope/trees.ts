import type { Insertable, Kysely, RootOperationNode } from 'kysely'
import type { ScopeTables } from './models.ts'

type Db = Kysely<ScopeTables>

/** A statement as an app writes it, by properties. */
export interface Tree {
  readonly title: string
  /** Compiled so often in one turn. */
  readonly times: number
  build(db: Db): { toOperationNode(): RootOperationNode }
}

const id = '0198c0de-0000-7000-8000-000000000001'

const newProduct = (at: number) => ({ name: `product ${at}`, kcal100g: at % 1000, isPublic: false, note: null })
const hundred = Array.from({ length: 100 }, (_, at) => newProduct(at))

const insert = (db: Db, rows: readonly object[]) =>
  db.insertInto('products').values(rows as Insertable<ScopeTables['products']>[])

const columns = ['products.id', 'products.name', 'products.kcal100g', 'products.createdAt'] as const

/** What an app runs most, and what makes large trees. */
export const trees: readonly Tree[] = [
  {
    title: 'get by key',
    times: 100,
    build: (db) => db.selectFrom('products').select(columns).where('id', '=', id),
  },
  {
    title: 'list with where, order, limit',
    times: 100,
    build: (db) =>
      db
        .selectFrom('products')
        .select(columns)
        .where('kcal100g', '>=', 100)
        .where('isPublic', '=', true)
        .where((eb) => eb.or([eb('note', 'is', null), eb('name', 'in', ['oat', 'rye', 'rice'])]))
        .orderBy('name')
        .orderBy('id', 'desc')
        .limit(20)
        .offset(40),
  },
  {
    title: 'join of three tables',
    times: 100,
    build: (db) =>
      db
        .selectFrom('products')
        .innerJoin('portions', 'portions.productId', 'products.id')
        .leftJoin('portion_notes', 'portion_notes.portionId', 'portions.id')
        .select(['products.id', 'products.name', 'portions.grams', 'portion_notes.body'])
        .where('products.kcal100g', '>', 50)
        .where('portions.grams', '<', 500)
        .orderBy('products.name')
        .limit(50),
  },
  {
    title: 'CTE, group, window',
    times: 100,
    build: (db) =>
      db
        .with('light', (inner) =>
          inner
            .selectFrom('products')
            .innerJoin('portions', 'portions.productId', 'products.id')
            .select((eb) => [
              'products.name',
              eb.fn.sum<number>('portions.grams').as('grams'),
              eb.fn.countAll().as('n'),
            ])
            .where('products.kcal100g', '<', 100)
            .groupBy('products.name')
            .having((eb) => eb.fn.countAll(), '>', 1),
        )
        .selectFrom('light')
        .select((eb) => [
          'light.name',
          'light.grams',
          eb.fn
            .agg<number>('row_number')
            .over((over) => over.orderBy('light.grams', 'desc'))
            .as('place'),
        ])
        .orderBy('place')
        .limit(10),
  },
  {
    title: 'union of two queries',
    times: 100,
    build: (db) =>
      db
        .selectFrom('products')
        .select(['id', 'name'])
        .where('kcal100g', '<', 100)
        .union(db.selectFrom('tags').select(['id', 'name']).where('name', '!=', 'none'))
        .orderBy('name')
        .limit(20),
  },
  { title: 'insert of one row', times: 100, build: (db) => insert(db, [newProduct(1)]) },
  { title: 'insert of 100 rows', times: 5, build: (db) => insert(db, hundred) },
  {
    title: 'update from a sub-query',
    times: 100,
    build: (db) =>
      db
        .updateTable('products')
        .set((eb) => ({
          note: 'eaten',
          kcal100g: eb
            .selectFrom('portions')
            .select((inner) => inner.fn.max('portions.grams').as('most'))
            .whereRef('portions.productId', '=', 'products.id'),
        }))
        .where('id', 'in', (eb) => eb.selectFrom('portions').select('productId').where('grams', '>', 100)),
  },
  {
    title: 'delete',
    times: 100,
    build: (db) => db.deleteFrom('tags').where('name', '=', 'old'),
  },
]
