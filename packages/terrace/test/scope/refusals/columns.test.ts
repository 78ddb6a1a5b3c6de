import { unscoped } from '../../../src/database/index.ts'
import { graph, model, text, uuid } from '../../../src/model/index.ts'
import { kindsGraph } from '../meanings.ts'
import { product } from '../shop-rows.ts'
import { refuses, type Refusal } from '../../support/scope-refusals.ts'

const Seal = model('seals', { id: uuid().primaryKey(), code: text().length(1, 5).immutable() })

const row = { name: 'x', kcal100g: 1 }
const outside = { scope: unscoped('a test') }

refuses('columns that no statement by hand writes', [
  ...['createdAt', 'updatedAt', 'deletedAt'].map((column): Refusal => [
    `a new row’s ${column}`,
    (db) => db.insertInto('products').values({ ...row, [column]: new Date(0) }),
    'SCOPE_COLUMN_NOT_WRITABLE',
  ]),
  [
    'a number that the database gives',
    (db) => db.insertInto('events').values({ id: 7, label: 'x' }),
    'SCOPE_COLUMN_NOT_WRITABLE',
  ],
  [
    'the key of a row that nobody owns',
    (db) =>
      db
        .updateTable('notes')
        .set({ id: product(2) })
        .where('body', '=', 'x'),
    'SCOPE_COLUMN_NOT_WRITABLE',
  ],
  [
    'the owner outside any scope',
    (db) => db.updateTable('products').set({ deviceId: 'x' }).where('name', '=', 'x'),
    'SCOPE_COLUMN_NOT_WRITABLE',
    outside,
  ],
  [
    'a type of the database’s own',
    (db) => db.updateTable('kinds').set({ vector: 'x' }).where('whole', '=', 1),
    'SCOPE_COLUMN_NOT_WRITABLE',
    { graph: kindsGraph },
  ],
  [
    'what is set once',
    (db) => db.updateTable('seals').set({ code: 'x' }).where('id', '=', product(1)),
    'SCOPE_COLUMN_NOT_WRITABLE',
    { graph: graph({ Seal }).Seal.graph },
  ],
])
