import { key, portion, product } from '../shop-rows.ts'
import { refuses } from '../../support/scope-refusals.ts'

refuses('references whose row is not known to be visible', [
  [
    'a column of one’s own',
    (db) =>
      db
        .updateTable('portions')
        .set((eb) => ({ productId: eb.ref('id') }))
        .where('grams', '>', 1),
    'SCOPE_REFERENCE_EXPRESSION',
  ],
  [
    'another reference',
    (db) =>
      db
        .updateTable('categories')
        .set((eb) => ({ parentId: eb.ref('parentId') }))
        .where('title', '=', 'x'),
    'SCOPE_REFERENCE_EXPRESSION',
  ],
  [
    'a choice',
    (db) =>
      db
        .updateTable('portions')
        .set((eb) => ({ productId: eb.case().when('grams', '>', 1).then(product(6)).else(product(1)).end() }))
        .where('grams', '>', 1),
    'SCOPE_REFERENCE_EXPRESSION',
  ],
  [
    'a key or a value',
    (db) =>
      db
        .updateTable('portions')
        .set((eb) => ({
          productId: eb.fn.coalesce(eb.selectFrom('products').select('id').limit(1), eb.val(product(6))),
        }))
        .where('grams', '>', 1),
    'SCOPE_REFERENCE_EXPRESSION',
  ],
  [
    'a key of another model',
    (db) =>
      db
        .updateTable('portions')
        .set((eb) => ({ productId: eb.selectFrom('foods').select('id').limit(1) }))
        .where('grams', '>', 1),
    'SCOPE_REFERENCE_EXPRESSION',
  ],
  [
    'a reference of another row',
    (db) =>
      db
        .updateTable('portions')
        .set((eb) => ({ productId: eb.selectFrom('portions as q').select('q.productId').limit(1) }))
        .where('grams', '>', 1),
    'SCOPE_REFERENCE_EXPRESSION',
  ],
  [
    'a key of a union',
    (db) =>
      db
        .updateTable('portions')
        .set((eb) => ({
          productId: eb.selectFrom('products').select('id').union(db.selectFrom('foods').select('id')).limit(1),
        }))
        .where('grams', '>', 1),
    'SCOPE_REFERENCE_EXPRESSION',
  ],
  [
    'a key that is read but not owned',
    (db) =>
      db
        .updateTable('comments')
        .set((eb) => ({ postId: eb.selectFrom('posts').select('id').limit(1) }))
        .where('body', '=', 'x'),
    'SCOPE_REFERENCE_EXPRESSION',
  ],
  [
    'a number computed from a key',
    (db) =>
      db
        .updateTable('entries')
        .set((eb) => ({
          eventId: eb
            .selectFrom('events')
            .select((inner) => inner.fn('abs', ['events.id']).as('id'))
            .limit(1),
        }))
        .where('id', '=', key(11, 1)),
    'SCOPE_REFERENCE_EXPRESSION',
  ],
  [
    'a key read among the trash',
    (db) =>
      db
        .updateTable('categories')
        .set((eb) => ({ parentId: eb.ref('id') }))
        .where('title', '=', 'x'),
    'SCOPE_REFERENCE_EXPRESSION',
    { deleted: 'only' },
  ],
  [
    'nothing, for a row owned through it',
    (db) => db.insertInto('portions').values({ id: portion(9), productId: null, size: 'small', grams: 1 }),
    'VALIDATION',
  ],
])
