import { unscoped } from '../../../src/database/index.ts'
import { ben, key, product } from '../shop-rows.ts'
import { refuses } from '../../support/scope-refusals.ts'

refuses('writes by hand', [
  [
    'a change of the key',
    (db) =>
      db
        .updateTable('products')
        .set({ id: product(2) })
        .where('id', '=', product(1)),
    'SCOPE_COLUMN_NOT_WRITABLE',
  ],
  [
    'a change of createdAt',
    (db) => db.updateTable('products').set({ createdAt: new Date() }).where('id', '=', product(1)),
    'SCOPE_COLUMN_NOT_WRITABLE',
  ],
  [
    'a change of updatedAt',
    (db) => db.updateTable('products').set({ updatedAt: new Date() }).where('id', '=', product(1)),
    'SCOPE_COLUMN_NOT_WRITABLE',
  ],
  [
    'a deletion by SET',
    (db) => db.updateTable('products').set({ deletedAt: new Date() }).where('id', '=', product(1)),
    'SCOPE_COLUMN_NOT_WRITABLE',
  ],
  [
    'a restoration by SET',
    (db) => db.updateTable('products').set({ deletedAt: null }).where('id', '=', product(4)),
    'SCOPE_COLUMN_NOT_WRITABLE',
    { deleted: 'only' },
  ],
  [
    'an inserted deletion',
    (db) => db.insertInto('products').values({ name: 'x', kcal100g: 1, deletionId: key(15, 2) }),
    'SCOPE_COLUMN_NOT_WRITABLE',
  ],
  [
    'a column set through its table’s name',
    (db) => db.updateTable('products').set('products.deviceId', ben).where('id', '=', product(1)),
    'SCOPE_COLUMN_NOT_WRITABLE',
  ],
  ['DELETE of what can be restored', (db) => db.deleteFrom('products').where('id', '=', product(1)), 'SCOPE_REFUSED'],
  [
    'the same outside any scope',
    (db) => db.deleteFrom('products').where('id', '=', product(1)),
    'SCOPE_REFUSED',
    { scope: unscoped('test') },
  ],
  ['UPDATE of everything', (db) => db.updateTable('products').set({ note: 'x' }), 'SCOPE_UNBOUNDED'],
  ['DELETE of everything', (db) => db.deleteFrom('portions'), 'SCOPE_UNBOUNDED'],
  ['a condition of nothing', (db) => db.deleteFrom('portions').where((eb) => eb.and([])), 'SCOPE_UNBOUNDED'],
  [
    'a condition that undefined was left out of',
    (db) => db.deleteFrom('portions').where((eb) => eb.and({ id: undefined })),
    'SCOPE_UNBOUNDED',
  ],
  [
    'a condition on no column',
    (db) => db.deleteFrom('portions').where((eb) => eb(eb.lit(1), '=', 1)),
    'SCOPE_UNBOUNDED',
  ],
  [
    'nothing to set',
    (db) => db.updateTable('products').set({ note: undefined }).where('id', '=', product(1)),
    'SCOPE_REFUSED',
  ],
  [
    'one column set twice',
    (db) => db.updateTable('products').set({ note: 'x' }).set({ note: 'y' }).where('id', '=', product(1)),
    'SCOPE_REFUSED',
  ],
  [
    'UPDATE … FROM',
    (db) => db.updateTable('products').from('foods').set({ note: 'x' }).whereRef('foods.id', '=', 'products.foodId'),
    'SCOPE_REFUSED',
  ],
  [
    'UPDATE with a join',
    (db) =>
      db
        .updateTable('products')
        .innerJoin('foods', 'foods.id', 'products.foodId')
        .set({ note: 'x' })
        .where('kcal100g', '=', 1),
    'SCOPE_REFUSED',
  ],
  [
    'UPDATE with a limit',
    (db) => db.updateTable('products').set({ note: 'x' }).where('kcal100g', '>', 1).limit(1),
    'SCOPE_REFUSED',
  ],
  [
    'UPDATE of two tables',
    (db) => db.updateTable(['products', 'portions']).set({ note: 'x' }).where('grams', '>', 1),
    'SCOPE_REFUSED',
  ],
  [
    'DELETE … USING',
    (db) => db.deleteFrom('portions').using('products').whereRef('products.id', '=', 'portions.productId'),
    'SCOPE_REFUSED',
  ],
  [
    'DELETE from two tables',
    (db) => {
      const { from, ...node } = db.deleteFrom('portions').where('grams', '>', 1).toOperationNode()
      const froms = [...from.froms, ...db.deleteFrom('comments').toOperationNode().from.froms]
      return { toOperationNode: () => ({ ...node, from: { ...from, froms } }) }
    },
    'SCOPE_REFUSED',
  ],
  ['DELETE by an alias', (db) => db.deleteFrom('portions as p').where('p.grams', '>', 1), 'SCOPE_REFUSED'],
  ['DELETE with a limit', (db) => db.deleteFrom('portions').where('grams', '>', 1).limit(1), 'SCOPE_REFUSED'],
  ['REPLACE', (db) => db.replaceInto('products').values({ name: 'x', kcal100g: 1 }), 'SCOPE_REFUSED'],
  ['INSERT IGNORE', (db) => db.insertInto('products').ignore().values({ name: 'x', kcal100g: 1 }), 'SCOPE_REFUSED'],
  [
    'ON CONFLICT DO NOTHING',
    (db) =>
      db
        .insertInto('products')
        .values({ name: 'x', kcal100g: 1 })
        .onConflict((conflict) => conflict.doNothing()),
    'SCOPE_REFUSED',
  ],
  [
    'ON CONFLICT DO UPDATE',
    (db) =>
      db
        .insertInto('products')
        .values({ name: 'x', kcal100g: 1 })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ note: 'x' })),
    'SCOPE_REFUSED',
  ],
  [
    'a write in a CTE',
    (db) =>
      db
        .with('gone', (cte) => cte.deleteFrom('portions').where('grams', '>', 1).returning('id'))
        .selectFrom('gone')
        .selectAll(),
    'SCOPE_REFUSED',
  ],
  ['a value that breaks a rule', (db) => db.insertInto('products').values({ name: '', kcal100g: 1 }), 'VALIDATION'],
  [
    'a value out of range',
    (db) => db.updateTable('products').set({ kcal100g: 1001 }).where('id', '=', product(1)),
    'VALIDATION',
  ],
  [
    'null where none may be',
    (db) => db.updateTable('products').set({ name: null }).where('id', '=', product(1)),
    'VALIDATION',
  ],
  [
    'a value that other rows of the statement have',
    (db) => db.insertInto('products').values([{ name: 'x', kcal100g: 1 }, { name: 'y' }]),
    'VALIDATION',
  ],
  [
    'a text of another kind of column',
    (db) =>
      db
        .updateTable('products')
        .set((eb) => ({ note: eb.ref('kcal100g') }))
        .where('id', '=', product(1)),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a computed text for a column that ignores case',
    (db) =>
      db
        .updateTable('products')
        .set((eb) => ({ name: eb.fn('upper', ['note']) }))
        .where('id', '=', product(1)),
    'SCOPE_REFUSED',
  ],
  [
    'rows of a query into such a column',
    (db) =>
      db
        .insertInto('products')
        .columns(['name', 'kcal100g'])
        .expression(db.selectFrom('foods').select(['name', 'kcal100g'])),
    'SCOPE_REFUSED',
  ],
  [
    'rows of a query without their keys',
    (db) =>
      db
        .insertInto('portions')
        .columns(['productId', 'size', 'grams'])
        .expression(
          db.selectFrom('products').select((eb) => ['id', eb.val('small').as('size'), eb.val(1).as('grams')]),
        ),
    'SCOPE_REFUSED',
  ],
  ['an INSERT without values', (db) => db.insertInto('products'), 'SCOPE_REFUSED'],
  [
    'a sub-query in RETURNING',
    (db) =>
      db
        .insertInto('products')
        .values({ name: 'x', kcal100g: 1 })
        .returning((eb) =>
          eb.selectFrom('portions').whereRef('portions.productId', '=', 'products.id').select('grams').as('g'),
        ),
    'SCOPE_REFUSED',
  ],
])
