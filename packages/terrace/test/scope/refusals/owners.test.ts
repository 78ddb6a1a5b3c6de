import { expect, test } from 'vitest'
import { everyone, unscoped, type Scope } from '../../../src/database/index.ts'
import { compiled } from '../compiling.ts'
import { ann, annUser, ben, benUser, food, key, product } from '../shop-rows.ts'
import { refuses } from '../../support/scope-refusals.ts'

const other: Scope = { kind: 'actor', actor: { Device: ann }, roles: [] }

refuses('D4: whose rows', [
  ['an owned model, for nobody', (db) => db.selectFrom('products').selectAll(), 'SCOPE_NO_OWNER', { scope: everyone }],
  ['a child of it, for nobody', (db) => db.selectFrom('servings').selectAll(), 'SCOPE_NO_OWNER', { scope: everyone }],
  ['an actor, for nobody', (db) => db.selectFrom('devices').selectAll(), 'SCOPE_NO_OWNER', { scope: everyone }],
  [
    'a model of another sort of owner',
    (db) => db.updateTable('posts').set({ title: 'x' }).where('id', '=', key(7, 1)),
    'SCOPE_NO_OWNER',
    { scope: other },
  ],
  [
    'children of what everyone reads, to write',
    (db) => db.deleteFrom('comments').where('id', '=', key(8, 1)),
    'SCOPE_NO_OWNER',
    { scope: other },
  ],
  [
    'a shared model that nobody writes',
    (db) => db.insertInto('foods').values({ name: 'x', kcal100g: 1 }),
    'SCOPE_WRITE_FORBIDDEN',
  ],
  [
    'the same, to update',
    (db) => db.updateTable('foods').set({ kcal100g: 1 }).where('id', '=', food(1)),
    'SCOPE_WRITE_FORBIDDEN',
  ],
  ['a shared model without its role', (db) => db.deleteFrom('tags').where('name', '=', 'x'), 'SCOPE_WRITE_FORBIDDEN'],
  [
    'another’s key given on insert',
    (db) => db.insertInto('products').values({ deviceId: ben, name: 'x', kcal100g: 1 }),
    'SCOPE_OWNER_GIVEN',
  ],
  [
    'another’s key in one of many rows',
    (db) =>
      db.insertInto('products').values([
        { deviceId: ann, name: 'x', kcal100g: 1 },
        { deviceId: ben, name: 'y', kcal100g: 1 },
      ]),
    'SCOPE_OWNER_GIVEN',
  ],
  [
    'the owner as an expression',
    (db) =>
      db.insertInto('products').values((eb) => ({ deviceId: eb.fn('lower', [eb.val(ben)]), name: 'x', kcal100g: 1 })),
    'SCOPE_OWNER_GIVEN',
  ],
  [
    'the owner from a query',
    (db) =>
      db
        .insertInto('categories')
        .columns(['id', 'deviceId', 'title'])
        .expression(db.selectFrom('categories').select(['id', 'deviceId', 'title'])),
    'SCOPE_OWNER_GIVEN',
  ],
  ['another actor', (db) => db.insertInto('users').values({ id: benUser, handle: 'x' }), 'SCOPE_OWNER_GIVEN'],
  [
    'a change of the owner',
    (db) => db.updateTable('products').set({ deviceId: ben }).where('id', '=', product(1)),
    'SCOPE_COLUMN_NOT_WRITABLE',
  ],
  [
    'a change of the owner to the same',
    (db) => db.updateTable('products').set({ deviceId: ann }).where('id', '=', product(1)),
    'SCOPE_COLUMN_NOT_WRITABLE',
  ],
  [
    'no owner outside any scope',
    (db) => db.insertInto('products').values({ name: 'x', kcal100g: 1 }),
    'VALIDATION',
    { scope: unscoped('test') },
  ],
])

test('the actor’s own key may be given on insert', () => {
  const { bindings } = compiled((db) => db.insertInto('users').values({ id: annUser, handle: 'x' }))
  expect(bindings[0]).toMatchObject({ kind: 'owner', model: 'User' })
})
