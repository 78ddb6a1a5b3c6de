import { product } from '../shop-rows.ts'
import { refuses } from '../../support/scope-refusals.ts'

refuses('tables that are none of the graph', [
  ['an unknown one', (db) => db.selectFrom('nothing').selectAll(), 'SCOPE_UNKNOWN_TABLE'],
  ['a catalogue', (db) => db.selectFrom('sqlite_master').selectAll(), 'SCOPE_UNKNOWN_TABLE'],
  ['a catalogue behind a schema', (db) => db.selectFrom('information_schema.tables').selectAll(), 'SCOPE_REFUSED'],
  ['a model behind a schema', (db) => db.selectFrom('public.products').selectAll(), 'SCOPE_REFUSED'],
  ['withSchema', (db) => db.withSchema('public').selectFrom('products').selectAll(), 'SCOPE_REFUSED'],
  ['a schema in a column', (db) => db.selectFrom('products').select('public.products.id'), 'SCOPE_REFUSED'],
  ['a name of the graph', (db) => db.selectFrom('Product').selectAll(), 'SCOPE_UNKNOWN_TABLE'],
  ['a name in other letters', (db) => db.selectFrom('PRODUCTS').selectAll(), 'SCOPE_UNKNOWN_TABLE'],
  ['a property of every object', (db) => db.selectFrom('constructor').selectAll(), 'SCOPE_UNKNOWN_TABLE'],
  [
    'a function as a table',
    (db) => db.selectFrom((eb) => eb.fn('lower', [eb.val('x')]).as('t') as never).selectAll(),
    'SCOPE_REFUSED',
  ],
  ['an unknown one to insert into', (db) => db.insertInto('nothing').values({ a: 1 }), 'SCOPE_UNKNOWN_TABLE'],
  [
    'an unknown one to update',
    (db) => db.updateTable('nothing').set({ a: 1 }).where('b', '=', 1),
    'SCOPE_UNKNOWN_TABLE',
  ],
  ['an unknown one to delete from', (db) => db.deleteFrom('nothing').where('b', '=', 1), 'SCOPE_UNKNOWN_TABLE'],
  [
    'a CTE to write to',
    (db) =>
      db
        .with('mine', (cte) => cte.selectFrom('products').select('id'))
        .updateTable('mine')
        .set({ id: 1 })
        .where('id', '=', 1),
    'SCOPE_UNKNOWN_TABLE',
  ],
  [
    'the body of a CTE that is not recursive',
    (db) =>
      db
        .with('x', (cte) => cte.selectFrom('x').selectAll() as never)
        .selectFrom('x')
        .selectAll(),
    'SCOPE_UNKNOWN_TABLE',
  ],
  [
    'a CTE of a sub-query, outside of it',
    (db) =>
      db
        .selectFrom('x')
        .where('id', 'in', () =>
          db
            .with('x', (cte) => cte.selectFrom('products').select('id'))
            .selectFrom('x')
            .select('id'),
        )
        .select('id'),
    'SCOPE_UNKNOWN_TABLE',
  ],
])

refuses('columns that are none of the model', [
  ['a misspelt one', (db) => db.selectFrom('products').select('kcal10g'), 'SCOPE_UNKNOWN_COLUMN'],
  ['its name in the database', (db) => db.selectFrom('products').select('kcal_per_100g'), 'SCOPE_UNKNOWN_COLUMN'],
  ['a companion', (db) => db.selectFrom('products').select('name_folded'), 'SCOPE_UNKNOWN_COLUMN'],
  ['a row number of the engine', (db) => db.selectFrom('products').select('rowid'), 'SCOPE_UNKNOWN_COLUMN'],
  ['a system column', (db) => db.selectFrom('products').select('ctid'), 'SCOPE_UNKNOWN_COLUMN'],
  ['the whole row', (db) => db.selectFrom('products').select('products'), 'SCOPE_UNKNOWN_COLUMN'],
  [
    'the whole row as json',
    (db) => db.selectFrom('products').select((eb) => eb.fn.toJson('products').as('row')),
    'SCOPE_REFUSED',
  ],
  [
    'all rows as json',
    (db) => db.selectFrom('products').select((eb) => eb.fn.jsonAgg('products').as('rows')),
    'SCOPE_REFUSED',
  ],
  ['a property of every object', (db) => db.selectFrom('products').select('constructor'), 'SCOPE_UNKNOWN_COLUMN'],
  ['one of a table that is not there', (db) => db.selectFrom('products').select('portions.id'), 'SCOPE_UNKNOWN_TABLE'],
  [
    'one of a neighbour in FROM, without LATERAL',
    (db) =>
      db
        .selectFrom([
          'products',
          (eb) =>
            eb.selectFrom('portions').whereRef('portions.productId', '=', 'products.id').select('portions.id').as('q'),
        ])
        .select('q.id'),
    'SCOPE_UNKNOWN_TABLE',
  ],
  [
    'one that two tables have',
    (db) => db.selectFrom('products').innerJoin('portions', 'portions.productId', 'products.id').select('id'),
    'SCOPE_AMBIGUOUS',
  ],
  [
    'one that a sub-query does not give',
    (db) => db.selectFrom((eb) => eb.selectFrom('products').select('id').as('p')).select('p.name'),
    'SCOPE_UNKNOWN_COLUMN',
  ],
  [
    'one of an unknown name to set',
    (db) => db.updateTable('products').set({ nothing: 1 }).where('id', '=', product(1)),
    'SCOPE_UNKNOWN_COLUMN',
  ],
  [
    'one of an unknown name to insert',
    (db) => db.insertInto('products').values({ nothing: 1 }),
    'SCOPE_UNKNOWN_COLUMN',
  ],
])

refuses('names that could hide others', [
  ['two tables of one name', (db) => db.selectFrom(['products', 'products']).select('products.id'), 'SCOPE_AMBIGUOUS'],
  [
    'two tables whose names differ by case',
    (db) => db.selectFrom(['products as p', 'products as P']).select('p.id'),
    'SCOPE_AMBIGUOUS',
  ],
  [
    'an outer table whose name differs by case',
    (db) =>
      db
        .selectFrom('products as p')
        .select('p.id')
        .where((eb) => eb.exists(eb.selectFrom('portions as P').whereRef('P.productId', '=', 'p.id'))),
    'SCOPE_AMBIGUOUS',
  ],
  [
    'an alias like those of the compiler',
    (db) => db.selectFrom('portions as terrace_1').select('terrace_1.id'),
    'SCOPE_RESERVED_NAME',
  ],
  ['the same in other letters', (db) => db.selectFrom('portions as TERRACE_1').selectAll(), 'SCOPE_RESERVED_NAME'],
  [
    'a CTE of such a name',
    (db) =>
      db
        .with('terrace_1', (cte) => cte.selectFrom('foods').select('id'))
        .selectFrom('terrace_1')
        .selectAll(),
    'SCOPE_RESERVED_NAME',
  ],
  [
    'a sub-query of such a name',
    (db) => db.selectFrom((eb) => eb.selectFrom('foods').select('id').as('terrace_1')).selectAll(),
    'SCOPE_RESERVED_NAME',
  ],
  ['an output of such a name', (db) => db.selectFrom('foods').select('id as terrace_1'), 'SCOPE_RESERVED_NAME'],
  [
    'an output that is no key of a row',
    (db) => db.selectFrom('foods').select('id as __proto__'),
    'SCOPE_RESERVED_NAME',
  ],
  [
    'two outputs of one name',
    (db) =>
      db
        .selectFrom('products')
        .innerJoin('portions', 'portions.productId', 'products.id')
        .select(['products.id', 'portions.id']),
    'SCOPE_AMBIGUOUS',
  ],
  [
    'all columns of two tables that share a name',
    (db) => db.selectFrom('products').innerJoin('portions', 'portions.productId', 'products.id').selectAll(),
    'SCOPE_AMBIGUOUS',
  ],
  [
    'two columns of a sub-query whose names differ by case',
    (db) => db.selectFrom((eb) => eb.selectFrom('products').select(['foodId as ID', 'id']).as('p')).select('p.id'),
    'SCOPE_AMBIGUOUS',
  ],
  [
    'two columns of a CTE whose names differ by case',
    (db) =>
      db
        .with('p', (cte) => cte.selectFrom('products').select(['foodId as ID', 'id']))
        .selectFrom('p')
        .select('p.id'),
    'SCOPE_AMBIGUOUS',
  ],
  [
    'a name that an engine cuts off',
    (db) => db.selectFrom(`products as ${'p'.repeat(64)}`).selectAll(),
    'SCOPE_REFUSED',
  ],
  [
    'an output without a name',
    (db) => db.selectFrom('products').select((eb) => eb.fn.countAll() as never),
    'SCOPE_REFUSED',
  ],
])
