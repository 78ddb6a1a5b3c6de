import { expect, it } from 'vitest'
import { column, id, loose, problemsOf, refuses, thing, two, untyped } from '../../../test/support/refusals.ts'
import {
  boolean,
  graph,
  identity,
  integer,
  model,
  native,
  reference,
  text,
  type Column,
  type ModelOptionsSpec,
} from '../index.ts'

const name = text().length(0, 20)

/** `stored` as code without types could write it. */
function kept(on: Column, stored: unknown): Column {
  return (untyped(on)['stored'] as (stored: unknown) => Column)(stored)
}

function table(stored: unknown): ReturnType<typeof thing> {
  return thing({ name }, { stored } as ModelOptionsSpec)
}

refuses('what an engine keeps of a column', [
  [
    'no object',
    column(kept(integer(), 'year(4)')),
    "Thing.it, stored: is no object with a part for each engine → Write stored({ engine: { type: 'year(4)' } })",
  ],
  [
    'no object of an engine',
    column(kept(integer(), { mysql: 'year(4)' })),
    "Thing.it, stored.mysql: is no object → Write stored({ engine: { type: 'year(4)' } })",
  ],
  [
    'an unknown word',
    column(kept(integer(), { mysql: { typ: 'year(4)' }, sqlite: { size: 4 } })),
    'Thing.it, stored.mysql.typ: says nothing → Write type',
    'Thing.it, stored.sqlite.size: says nothing → Write type, collation, nullable, default, identity and generated',
  ],
  [
    'other shapes',
    column(kept(integer(), { mysql: { type: 4, default: '', identity: 'yes', generated: { expression: '1' } } })),
    'Thing.it, stored.mysql.type: is no type as the catalogue prints it → Give it: type as the catalogue prints it',
    'Thing.it, stored.mysql.default: is no SQL expression, and not null → Give it: SQL expression or null',
    "Thing.it, stored.mysql.identity: is none of 'byDefault', 'always', 'serial', null → Give it: 'byDefault', 'always', 'serial', null",
    "Thing.it, stored.mysql.generated: is no form like { expression: 'price * 2', stored: true } → Give it: form like { expression: 'price * 2', stored: true }",
  ],
  [
    'an empty type',
    column(integer().stored({ sqlite: { type: '' } })),
    'Thing.it, stored.sqlite: names an empty type → Leave type out, or write what the catalogue prints',
  ],
  [
    'what the database computes of a column that callers write',
    column(integer().stored({ mysql: { type: 'int', generated: { expression: '1', stored: true } } })),
    "Thing.it, stored.mysql: is computed by the database, and callers write it → Declare it as native('int'), which can be read only",
  ],
  [
    'contradictions',
    column(
      native('int').stored({
        mysql: { default: '1', identity: 'serial', generated: { expression: '1', stored: true } },
      }),
    ),
    'Thing.it, stored.mysql: is computed by the database and has a default → Keep one of the two',
    'Thing.it, stored.mysql: is computed by the database and numbered by it → Keep one of the two',
    'Thing.it, stored.mysql: has a default and is numbered by the database → Keep one of the two',
  ],
  [
    'a truth value that is numbered',
    column(boolean().stored({ postgres: { identity: 'serial' } })),
    'Thing.it, stored.postgres: numbers boolean → Leave identity out: whole numbers are numbered',
  ],
  [
    'a number that callers give and the database refuses',
    column(integer().stored({ postgres: { identity: 'always' } })),
    'Thing.it, stored.postgres: is always numbered by the database, which refuses what callers give → Declare it as identity(), or as native() where it is no key',
  ],
])

refuses('what an engine keeps of a table', [
  [
    'no object',
    table([]),
    'Thing, stored: is no object with a part for each engine → Write stored: { engine: { checks: [] } }',
  ],
  [
    'an unknown list, and other shapes',
    table({ sqlite: { check: [], options: { strict: false }, primaryKey: 1, uniques: {} } }),
    'Thing, stored.sqlite.check: says nothing → Write checks',
    "Thing, stored.sqlite.options: is no form like { strict: 'no' } → Give it: form like { strict: 'no' }",
    'Thing, stored.sqlite.primaryKey: is no name, and not null → Give it: name or null',
    'Thing, stored.sqlite.uniques: is no list of uniques → Give it: list of uniques',
  ],
  [
    'a unique rule',
    table({
      sqlite: {
        uniques: [
          'name',
          { columns: ['name'] },
          { name: null, columns: ['nam'], heldby: 'index', include: ['x', '(y)'] },
        ],
      },
    }),
    'Thing, stored.sqlite.uniques[0]: is no object → Give name, columns, where, nullsDistinct, heldBy, include, deferrable and enforced',
    'Thing, stored.sqlite.uniques[1]: has no name → Give it: name or null',
    'Thing, stored.sqlite.uniques[2].heldby: says nothing → Write heldBy',
  ],
  [
    'names of columns',
    table({ sqlite: { indexes: [{ name: 'one', columns: ['nam', '(lower(name))'] }], uniques: [] } }),
    'Thing, stored.sqlite.indexes[0]: Thing has no column "nam" in the database → Write name',
  ],
  [
    'an index',
    table({
      sqlite: {
        indexes: [
          { name: null, columns: [] },
          { name: 'one', columns: [{ name: 'name', direction: 'down' }] },
          { name: 'two', columns: ['name'], method: 'gin' },
          { name: 'two', columns: ['id'] },
        ],
      },
    }),
    'Thing, stored.sqlite.indexes[0].name: is no name → Give it: name',
    "Thing, stored.sqlite.indexes[0].columns: is no list of columns, like ['name', { name: 'price', direction: 'desc' }] → Give it: list of columns, like ['name', { name: 'price', direction: 'desc' }]",
    "Thing, stored.sqlite.indexes[1].columns: is no list of columns, like ['name', { name: 'price', direction: 'desc' }] → Give it: list of columns, like ['name', { name: 'price', direction: 'desc' }]",
    'Thing, stored.sqlite.indexes[3]: has the name two once more → Keep one of them',
  ],
  [
    'a foreign key and a check',
    table({
      sqlite: {
        foreignKeys: [
          { name: null, columns: ['name'], target: 'towns' },
          { name: null, columns: ['name'], target: { table: 'towns', columns: ['a', 'b'] }, onDelete: 'cascade' },
          { name: null, columns: ['name'], target: { table: 'towns', columns: ['a'] }, onUpdate: 'CASCADE' },
        ],
        checks: [{ name: null }, { name: null, expression: ' ' }],
      },
    }),
    "Thing, stored.sqlite.foreignKeys[0].target: is no form like { table: 'towns', columns: ['id'] } → Give it: form like { table: 'towns', columns: ['id'] }",
    'Thing, stored.sqlite.foreignKeys[1]: has 1 columns and 2 in its target → Name them in pairs',
    "Thing, stored.sqlite.foreignKeys[2].onUpdate: is none of 'noAction', 'restrict', 'cascade', 'setNull', 'setDefault' → Give it: 'noAction', 'restrict', 'cascade', 'setNull', 'setDefault'",
    'Thing, stored.sqlite.checks[0]: has no expression → Give it: SQL expression',
    'Thing, stored.sqlite.checks[1].expression: is no SQL expression → Give it: SQL expression',
  ],
])

it('takes everything that an engine can keep, frozen and as a copy', () => {
  const stored = { sqlite: { type: '' } }
  const { Thing } = graph({
    Two: two,
    Thing: model(
      'things',
      {
        id,
        name: text()
          .index()
          .stored({ sqlite: { type: 'VARCHAR(20)' } }),
        number: native('any').stored(stored),
        folded: name.ignoreCase(),
      },
      {
        stored: {
          sqlite: {
            indexes: [
              { name: 'one', columns: ['folded_folded', '(lower(name))'] },
              { name: 'two', columns: ['name'] },
            ],
            primaryKey: null,
          },
        },
      },
    ),
  })
  stored.sqlite.type = 'INT'
  expect(Thing.graph.models['Thing']?.column['number']?.stored).toEqual({ sqlite: { type: '' } })
  expect(Object.isFrozen(Thing.graph.models['Thing']?.stored?.['sqlite']?.indexes)).toBe(true)
})

it('refuses a list that has nothing for what the model declares, which would be made nowhere', () => {
  const shelf = loose('shelves', { id })
  const columns = { id, name: text().length(1, 9).unique().index(), shelfId: reference(shelf) }
  const none = loose('things', columns, {
    stored: { sqlite: { uniques: [], indexes: [], foreignKeys: [], checks: [] } },
  })
  expect(problemsOf({ Shelf: shelf, Thing: none })).toEqual([
    expect.stringContaining('stored.sqlite.uniques: lists all unique rules and has none for name.unique()'),
    expect.stringContaining('stored.sqlite.indexes: lists all indexes and has none for name.index()'),
    expect.stringContaining(
      'stored.sqlite.foreignKeys: lists all foreign keys and has none for the reference of shelfId',
    ),
  ])
})

it('lets text without a bound be a key where an engine is named that keeps it so', () => {
  const key = text().primaryKey()
  expect(problemsOf({ Thing: loose('things', { id: key }) })).toHaveLength(1)
  expect(problemsOf({ Thing: loose('things', { id: key.stored({ postgres: { type: 'text' } }) }) })).toEqual([])
  expect(problemsOf({ Thing: loose('things', { id: identity(), it: text().unique() }) })).toHaveLength(1)
})
