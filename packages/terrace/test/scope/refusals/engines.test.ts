import { targets, type Compiling } from '../compiling.ts'
import { product } from '../shop-rows.ts'
import { refuses } from '../../support/scope-refusals.ts'

const unsupported: Compiling = { target: targets.nothing }

refuses('what the engine does not have', [
  [
    'FULL JOIN',
    (db) => db.selectFrom('products').fullJoin('foods', 'foods.id', 'products.foodId').select('products.id'),
    'SCOPE_UNSUPPORTED',
    unsupported,
  ],
  [
    'LATERAL',
    (db) =>
      db
        .selectFrom('products')
        .innerJoinLateral(
          (eb) => eb.selectFrom('foods').select('id as f').as('x'),
          (join) => join.onTrue(),
        )
        .select('f'),
    'SCOPE_UNSUPPORTED',
    unsupported,
  ],
  [
    'DISTINCT ON',
    (db) => db.selectFrom('products').distinctOn('isOpen').select('id'),
    'SCOPE_UNSUPPORTED',
    unsupported,
  ],
  [
    'INSERT RETURNING',
    (db) => db.insertInto('products').values({ name: 'x', kcal100g: 1 }).returning('id'),
    'SCOPE_UNSUPPORTED',
    unsupported,
  ],
  [
    'UPDATE RETURNING',
    (db) => db.updateTable('products').set({ note: 'x' }).where('id', '=', product(1)).returning('id'),
    'SCOPE_UNSUPPORTED',
    unsupported,
  ],
  [
    'DELETE RETURNING',
    (db) => db.deleteFrom('portions').where('grams', '>', 1).returning('id'),
    'SCOPE_UNSUPPORTED',
    unsupported,
  ],
  [
    'WITH in front of a write',
    (db) =>
      db
        .with('x', (cte) => cte.selectFrom('products').select('id'))
        .deleteFrom('portions')
        .where('grams', '>', 1),
    'SCOPE_UNSUPPORTED',
    unsupported,
  ],
  [
    'the DAO’s ON CONFLICT',
    (db) =>
      db
        .insertInto('products')
        .values({ name: 'x', kcal100g: 1 })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ note: 'x' })),
    'SCOPE_UNSUPPORTED',
    { ...unsupported, byRule: true },
  ],
])
