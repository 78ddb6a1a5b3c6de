import { sql } from 'kysely'
import { product } from '../shop-rows.ts'
import { forged, refuses, type Build, type Refusal } from '../../support/scope-refusals.ts'

const select: Build = (db) => db.selectFrom('products').select('products.id')
const insert: Build = (db) => db.insertInto('portions').values({ productId: product(1), size: 'small', grams: 1 })
const update: Build = (db) => db.updateTable('portions').set({ grams: 1 }).where('grams', '>', 1)
const remove: Build = (db) => db.deleteFrom('portions').where('grams', '>', 1)

/** A part that the builder would not write, or not into this statement. */
const part = (kind: string, more: object = {}): object => ({ kind, ...more })
const raw = part('RawNode', { sqlFragments: ['x'], parameters: [] })
const value = part('ValueNode', { value: 1 })
const name = (text: string): object =>
  part('TableNode', { table: { identifier: { kind: 'IdentifierNode', name: text } } })

/** Each alone, so that none hides behind another. */
function partsOf(statement: string, build: Build, parts: Readonly<Record<string, object>>): readonly Refusal[] {
  return Object.entries(parts).map(([what, changes]): Refusal => [
    `${statement} with ${what}`,
    forged(build, [], changes),
    'SCOPE_REFUSED',
  ])
}

const ofWrites = {
  EXPLAIN: { explain: part('ExplainNode') },
  'ORDER BY': { orderBy: part('OrderByNode', { items: [] }) },
  LIMIT: { limit: part('LimitNode', { limit: value }) },
  TOP: { top: part('TopNode', { expression: 1 }) },
  OUTPUT: { output: part('OutputNode') },
  'a modifier at the end': { endModifiers: [part('SelectModifierNode', { rawModifier: raw })] },
  'a join': { joins: [part('JoinNode', { joinType: 'InnerJoin', table: name('products') })] },
}

refuses('parts of a statement that none may have', [
  ...partsOf('a select', select, {
    EXPLAIN: { explain: part('ExplainNode') },
    TOP: { top: part('TopNode', { expression: 1 }) },
    'a lock in front': { frontModifiers: [part('SelectModifierNode', { modifier: 'ForUpdate' })] },
    'a modifier without a name': { endModifiers: [part('SelectModifierNode')] },
    'DISTINCT at its end': { endModifiers: [part('SelectModifierNode', { modifier: 'Distinct' })] },
    'a lock of a value': { endModifiers: [part('SelectModifierNode', { modifier: 'ForUpdate', of: [value] })] },
    'a limit that is called': {
      limit: part('LimitNode', { limit: part('FunctionNode', { func: 'abs', arguments: [] }) }),
    },
    'a union with a value': { setOperations: [part('SetOperationNode', { operator: 'union', expression: value })] },
  }),
  ...partsOf('an insert', insert, {
    REPLACE: { replace: true },
    'ON DUPLICATE KEY': { onDuplicateKey: part('OnDuplicateKeyNode', { updates: [] }) },
    'OR IGNORE': { orAction: part('OrActionNode', { action: 'ignore' }) },
    EXPLAIN: ofWrites.EXPLAIN,
    TOP: ofWrites.TOP,
    OUTPUT: ofWrites.OUTPUT,
    'a modifier at the end': ofWrites['a modifier at the end'],
    'no table': { into: undefined },
    'no rows': { values: undefined },
    'a value as its rows': { values: value },
    'a row that is too short': {
      values: part('ValuesNode', { values: [part('PrimitiveValueListNode', { values: [product(1)] })] }),
    },
    'a row that is too long': {
      values: part('ValuesNode', { values: [part('ValueListNode', { values: [value, value, value, value] })] }),
    },
  }),
  ...partsOf('an update', update, {
    ...ofWrites,
    FROM: { from: part('FromNode', { froms: [name('products')] }) },
    'no table': { table: undefined },
    'a query as its table': {
      table: part('AliasNode', { node: part('SelectQueryNode'), alias: part('IdentifierNode', { name: 'x' }) }),
    },
    'nothing to set': { updates: undefined },
  }),
  ...partsOf('a delete', remove, {
    ...ofWrites,
    USING: { using: part('UsingNode', { tables: [name('products')] }) },
    'no table': { from: part('FromNode', { froms: [] }) },
    'two tables': { from: part('FromNode', { froms: [name('portions'), name('products')] }) },
  }),
])

refuses('raw SQL as a part of a statement', [
  [
    'a modifier in front',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .modifyFront(sql`distinct`),
    'SCOPE_RAW',
  ],
  [
    'a modifier at the end',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .modifyEnd(sql`for update`),
    'SCOPE_RAW',
  ],
  [
    'a limit',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .limit(sql<number>`1`),
    'SCOPE_RAW',
  ],
  [
    'the one piece that is a condition, as a limit',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .limit(sql<number>`true`),
    'SCOPE_RAW',
  ],
  [
    'an offset',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .limit(1)
        .offset(sql<number>`1`),
    'SCOPE_RAW',
  ],
  [
    'a part of a union',
    forged(select, [], { setOperations: [part('SetOperationNode', { operator: 'union', expression: raw })] }),
    'SCOPE_RAW',
  ],
  ['the rows of an insert', forged(insert, [], { values: raw }), 'SCOPE_RAW'],
  [
    'a nested list',
    forged(
      (db) => db.selectFrom('products').select((eb) => eb.fn('coalesce', ['note']).as('x')),
      ['selections', 0, 'selection', 'node', 'arguments', 0],
      raw,
    ),
    'SCOPE_RAW',
  ],
  [
    'what is set',
    (db) =>
      db
        .updateTable('portions')
        .set({ grams: sql`1` })
        .where('grams', '>', 1),
    'SCOPE_RAW',
  ],
  ['the column that is set', forged(update, ['updates', 0], { column: raw }), 'SCOPE_RAW'],
])

refuses('what cannot be told apart', [
  [
    'columns of one side alone of a union',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .unionAll(db.selectFrom('foods').select(['id', 'name']) as never),
    'SCOPE_REFUSED',
  ],
  ['DISTINCT ON json', (db) => db.selectFrom('posts').distinctOn('tags').select('id'), 'SCOPE_NOT_COMPARABLE'],
  [
    'GROUP BY a choice of json',
    (db) =>
      db
        .selectFrom('posts')
        .select((eb) => eb.fn.coalesce('tags', 'tags').as('x'))
        .groupBy('x'),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'GROUP BY an output that is named as a column',
    (db) =>
      db
        .selectFrom('products')
        .select((eb) => eb('ratio', '*', 2).as('kcal100g'))
        .groupBy('kcal100g'),
    'SCOPE_AMBIGUOUS',
  ],
  [
    'GROUP BY an output that is named as a column in the database, in other letters',
    (db) =>
      db
        .selectFrom('products')
        .select((eb) => eb('ratio', '*', 2).as('Kcal_Per_100g'))
        .groupBy('Kcal_Per_100g'),
    'SCOPE_AMBIGUOUS',
  ],
  [
    'INTERSECT of json',
    (db) => db.selectFrom('posts').select('tags').intersect(db.selectFrom('posts').select('tags')),
    'SCOPE_NOT_COMPARABLE',
  ],
])
