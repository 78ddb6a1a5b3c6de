import { describe, expect, test } from 'vitest'
import { graph, model, shared, text } from '../../../src/model/index.ts'
import { forged, refuses, type Build } from '../../support/scope-refusals.ts'
import { compiled } from '../compiling.ts'
import { ann, key, portion, product } from '../shop-rows.ts'

const id = text().length(1, 9).primaryKey()
const Draft = model(
  'drafts',
  {
    id,
    title: text()
      .length(1, 9)
      .default(() => 'made'),
  },
  { access: shared({ write: 'everyone' }) },
)
const drafts = graph({ Draft }).Draft.graph

const editor = { scope: { kind: 'actor', actor: {}, roles: ['editor'] } as const }

refuses('rows that cannot be written', [
  ['none of a model that nothing is made for', (db) => db.insertInto('events').defaultValues(), 'SCOPE_REFUSED'],
  [
    'a row without what others of it have, by rule',
    (db) =>
      db.insertInto('portions').values([
        { id: portion(1), productId: product(1), size: 'small', grams: 1 },
        { id: portion(2), productId: product(1), size: 'small' },
      ]),
    'VALIDATION',
    { byRule: true },
  ],
  [
    'a new key outside a session',
    (db) => db.insertInto('notes').values({ body: 'x' }),
    'SCOPE_REFUSED',
    { stamps: undefined as never },
  ],
  [
    'an update of what is stamped outside a session',
    (db) => db.updateTable('products').set({ note: 'x' }).where('id', '=', product(1)),
    'SCOPE_REFUSED',
    { stamps: undefined as never },
  ],
  [
    'those of a query with too few columns',
    (db) => db.insertInto('notes').columns(['id', 'body']).expression(db.selectFrom('tags').select('id')),
    'SCOPE_REFUSED',
  ],
  [
    'those of a query with numbers for a text',
    (db) =>
      db
        .insertInto('notes')
        .columns(['id', 'body'])
        .expression(db.selectFrom('foods').select(['id', 'kcal100g'])),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'those of a query, where a function makes a value for each',
    (db) => db.insertInto('drafts').columns(['id']).expression(db.selectFrom('drafts').select('id')),
    'SCOPE_REFUSED',
    { graph: drafts },
  ],
  [
    'those of a query that refer to what other rows refer to',
    (db) =>
      db
        .insertInto('portions')
        .columns(['id', 'productId', 'size', 'grams'])
        .expression(db.selectFrom('portions').select(['id', 'productId', 'size', 'grams'])),
    'SCOPE_REFERENCE_EXPRESSION',
  ],
])

const upsert: Build = (db) =>
  db
    .insertInto('notes')
    .values({ id: key(15, 1), body: 'x' })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ body: 'y' }))
const byRule = { byRule: true }

refuses('what an upsert by rule must say', [
  ['what it sets', forged(upsert, ['onConflict'], { updates: undefined }), 'SCOPE_REFUSED', byRule],
  ['columns, not a constraint', forged(upsert, ['onConflict'], { constraint: {} }), 'SCOPE_REFUSED', byRule],
  ['columns, no expression', forged(upsert, ['onConflict'], { indexExpression: {} }), 'SCOPE_REFUSED', byRule],
  [
    'columns that the model has',
    (db) =>
      db
        .insertInto('notes')
        .values({ id: key(15, 1), body: 'x' })
        .onConflict((conflict) => conflict.column('title').doUpdateSet({ body: 'y' })),
    'SCOPE_UNKNOWN_COLUMN',
    byRule,
  ],
  [
    'values of their type',
    (db) =>
      db
        .insertInto('portions')
        .values({ id: portion(1), productId: product(1), size: 'small', grams: 1 })
        .onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({ productId: eb.ref('excluded.grams') }))),
    'SCOPE_NOT_COMPARABLE',
    byRule,
  ],
])

refuses('an undefined value', [
  [
    'that is set',
    forged(
      (db) => db.updateTable('products').set({ note: 'x' }).where('id', '=', product(1)),
      ['updates', 0, 'value'],
      { value: undefined },
    ),
    'SCOPE_UNDEFINED_VALUE',
  ],
])

const named: Build = (db) => db.selectFrom('notes as n').select('n.id')
const alias = ['from', 'froms', 0, 'alias']

refuses('names that are none', [
  ['an empty one', forged(named, alias, { name: '' }), 'SCOPE_REFUSED'],
  ['one that ends in the middle', forged(named, alias, { name: 'n\0' }), 'SCOPE_REFUSED'],
  ['one that only looks like a text', forged(named, alias, { name: ['n'] }), 'SCOPE_REFUSED'],
  [
    'a table that only looks like a text',
    forged((db) => db.selectFrom('notes').selectAll(), ['from', 'froms', 0, 'table', 'identifier'], {
      name: ['notes'],
    }),
    'SCOPE_REFUSED',
  ],
  ['one of a byte too many', (db) => db.selectFrom(`notes as ${'n'.repeat(64)}`).selectAll(), 'SCOPE_REFUSED'],
  ['few letters of many bytes', (db) => db.selectFrom(`notes as ${'€'.repeat(22)}`).selectAll(), 'SCOPE_REFUSED'],
  ['a computed one', forged(named, alias, { kind: 'ValueNode', value: 'n' }), 'SCOPE_REFUSED'],
  ['the name of what every object has', forged(named, alias, { name: '__proto__' }), 'SCOPE_RESERVED_NAME'],
])

test('a name may have 63 bytes', () => {
  const name = 'n'.repeat(63)
  const { sql } = compiled((db) => db.selectFrom(`notes as ${name}`).select(`${name}.id`))
  expect(sql).toBe(`select "${name}"."id" from "notes" as "${name}"`)
})

refuses('columns of a CTE', [
  [
    'fewer than it selects',
    (db) =>
      db
        .with('w(a)', (given) => given.selectFrom('notes').select(['id', 'body']) as never)
        .selectFrom('w')
        .select('w.a'),
    'SCOPE_REFUSED',
  ],
])

describe('rows that are written', () => {
  test('may be made of nothing given', () => {
    const { sql, bindings } = compiled((db) => db.insertInto('tags').defaultValues(), editor)
    expect(sql).toBe('insert into "tags" ("id") values (?)')
    expect(bindings).toEqual([{ kind: 'value', value: key(14, 1) }])
  })

  test('take what one of them lacks from the session, or are of nobody else', () => {
    const { bindings } = compiled((db) =>
      db
        .insertInto('categories')
        .values([{ id: key(3, 1), deviceId: ann, title: 'a', parentId: null }, { title: 'b' }]),
    )
    const values = bindings.map((binding) => (binding.kind === 'value' ? binding.value : binding.kind))
    expect(values).toEqual([key(3, 1), 'owner', 'a', null, key(14, 1), 'owner', 'b', null])
  })

  test('are checked for what they come to refer to where they meet another', () => {
    const { referenceChecks } = compiled(
      (db) =>
        db
          .insertInto('portions')
          .values({ id: portion(1), productId: product(1), size: 'small', grams: 1 })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ productId: product(2) })),
      byRule,
    )
    const keys = referenceChecks.map(({ target, access, keys: [first] }) => [target, access, first])
    expect(keys).toEqual([
      ['Product', 'write', [{ kind: 'value', value: product(1) }]],
      ['Product', 'write', [{ kind: 'value', value: product(2) }]],
    ])
  })

  test('take whole numbers for any number', () => {
    const { sql } = compiled((db) =>
      db
        .updateTable('products')
        .set((eb) => ({ ratio: eb.ref('kcal100g') }))
        .where('id', '=', product(1)),
    )
    expect(sql).toContain('set "ratio" = "products"."kcal_per_100g"')
  })

  test('are all of a table where it is said', () => {
    const { sql } = compiled((db) => db.updateTable('notes').set({ body: 'x' }), { allowUnbounded: true })
    expect(sql).toBe('update "notes" set "body" = ?')
    expect(compiled((db) => db.deleteFrom('notes'), { allowUnbounded: true }).sql).toBe('delete from "notes"')
  })

  test('may refer to rows that are selected', () => {
    const { sql } = compiled((db) =>
      db
        .insertInto('portions')
        .columns(['id', 'productId', 'size', 'grams'])
        .expression((eb) =>
          eb.selectFrom('products').select((of) => ['id', 'id as productId', of.val('small').as('size'), 'kcal100g']),
        ),
    )
    expect(sql).toContain('insert into "portions" ("id", "product_id", "size", "grams") select ')
  })
})
