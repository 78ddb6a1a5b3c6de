import { Slot, unscoped } from '../../../src/database/index.ts'
import type { compiled, Compiling } from '../compiling.ts'
import { kindsGraph } from '../meanings.ts'
import type { AnyDb } from '../shop.ts'
import { food, product } from '../shop-rows.ts'

/** A statement that is compiled as something else than one by hand in Ann's session. */
export interface RuleShape {
  readonly title: string
  readonly build: Parameters<typeof compiled>[0]
  readonly options: Compiling
}

const byRule: Compiling = { byRule: true }
const outside: Compiling = { scope: unscoped('a test') }

export const ruleShapes: readonly RuleShape[] = [
  {
    title: 'by rule: a list with slots',
    options: byRule,
    build: (db: AnyDb) =>
      db
        .selectFrom('products')
        .select(['id', 'name', 'name_folded'])
        .where('name', '=', new Slot(0))
        .where('price', '>', new Slot(1))
        .limit(new Slot(2) as never),
  },
  {
    title: 'by rule: a new row of a given owner',
    options: byRule,
    build: (db: AnyDb) =>
      db
        .insertInto('products')
        .values({ id: new Slot(0), deviceId: new Slot(1), name: new Slot(2), kcal100g: new Slot(3) }),
  },
  {
    title: 'by rule: values that the DAO has checked, and nothing more',
    options: byRule,
    build: (db: AnyDb) => db.insertInto('products').values({ name: 'x'.repeat(101), kcal100g: 1001 }),
  },
  {
    title: 'by rule: an undefined value',
    options: byRule,
    build: (db: AnyDb) => db.updateTable('products').set({ name: undefined }).where('id', '=', product(1)),
  },
  {
    title: 'a choice of nulls for a text without case',
    options: { graph: kindsGraph },
    build: (db: AnyDb) =>
      db
        .updateTable('kinds')
        .set((eb) => ({ other: eb.case().when('whole', '=', 1).then(null).else(null).end() }))
        .where('whole', '=', 1),
  },
  {
    title: 'rows of a query, stamped with their owner',
    options: {},
    build: (db: AnyDb) =>
      db
        .insertInto('categories')
        .columns(['id', 'title'])
        .expression((eb) => eb.selectFrom('tags').select(['tags.id', 'tags.name'])),
  },
  {
    title: 'a query in parentheses as a table',
    options: {},
    build: (db: AnyDb) =>
      db.selectFrom((eb) => eb.parens(eb.selectFrom('products').select('products.id')).as('p') as never).selectAll(),
  },
  {
    title: 'by rule: a change on conflict of what everyone reads, which is its owner’s to change',
    options: byRule,
    build: (db: AnyDb) =>
      db
        .insertInto('posts')
        .values({ id: new Slot(0), title: new Slot(1) })
        .onConflict((conflict) => conflict.columns(['id']).doUpdateSet({ title: new Slot(2) })),
  },
  {
    title: 'a union whose other side gives more',
    options: {},
    build: (db: AnyDb) =>
      db
        .selectFrom('products')
        .select('id')
        .union((eb) => eb.selectFrom('foods').select(['foods.id', 'foods.name']) as never),
  },
  {
    title: 'grouped by an output whose name only another query’s column has',
    options: {},
    build: (db: AnyDb) =>
      db
        .selectFrom((eb) => eb.selectFrom('products').select('products.note as n').as('p'))
        .select((eb) => eb.fn.coalesce('p.n', eb.val('none')).as('label') as never)
        .groupBy('label' as never),
  },
  {
    title: 'by rule: a deletion',
    options: byRule,
    build: (db: AnyDb) =>
      db
        .updateTable('products')
        .set({ deletedAt: new Slot(0), deletionId: new Slot(1) })
        .where('id', '=', new Slot(2)),
  },
  ...(['with', 'only'] as const).flatMap((deleted): RuleShape[] =>
    ['devices', 'foods', 'notes', 'products', 'portions', 'servings', 'posts', 'comments'].map((table) => ({
      title: `${deleted} the trash: ${table}`,
      options: { deleted },
      build: (db: AnyDb) => db.selectFrom(table).select(`${table}.id`),
    })),
  ),
  ...['devices', 'foods', 'products', 'portions', 'posts', 'comments'].map((table) => ({
    title: `outside: ${table}`,
    options: outside,
    build: (db: AnyDb) => db.selectFrom(table).select(`${table}.id`),
  })),
  {
    title: 'outside: a new row that refers to others',
    options: outside,
    build: (db: AnyDb) =>
      db.insertInto('products').values({ id: product(1), deviceId: 'x', name: 'a', kcal100g: 1, foodId: food(1) }),
  },
]
