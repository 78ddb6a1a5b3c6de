import { boolean, identity, integer, native, text } from '../../../src/model/index.ts'
import { casesOf, column, typeOf, options, keyName, names, actions, name, toTown } from './kept-case.ts'

export const sqliteCases = casesOf('sqlite', [
  {
    title: 'a table that is not strict, with types of other spellings',
    columns: {
      a: text().stored({ sqlite: { type: 'nvarchar(160)' } }),
      b: integer().stored({ sqlite: { type: 'unsigned  big int' } }),
    },
    stored: { options: { strict: 'no' }, checks: [] },
    kept: (table) => [table.options['strict'] ?? 'no', typeOf('a')(table), typeOf('b')(table)],
    expected: ['no', 'NVARCHAR(160)', 'UNSIGNED BIG INT'],
  },
  {
    title: 'a table without rowids',
    stored: { options: { rowid: 'no' } },
    kept: options,
    expected: { strict: 'yes', rowid: 'no' },
  },
  {
    title: 'a collation, a default and a column of no type',
    columns: {
      a: text().stored({ sqlite: { collation: 'nocase', default: "(LOWER('X'))" } }),
      b: native('any')
        .nullable()
        .stored({ sqlite: { type: '' } }),
    },
    stored: { options: { strict: 'no' } },
    kept: (table) => [column('a')(table), typeOf('b')(table)],
    expected: [{ type: 'TEXT', default: "(lower ( 'X' ))", identity: null, collation: 'NOCASE', generated: null }, ''],
  },
  {
    title: 'a key without AUTOINCREMENT and without a name',
    columns: { id: identity().stored({ sqlite: { identity: null } }), name },
    stored: { primaryKey: null },
    kept: (table) => [column('id')(table)?.identity, keyName(table)],
    expected: [null, null],
  },
  { title: 'a name of the key', stored: { primaryKey: 'the key' }, kept: keyName, expected: 'the key' },
  {
    title: 'uniques without a name, with a condition, and over an expression',
    columns: { a: integer(), b: integer() },
    stored: {
      uniques: [
        { name: null, columns: ['a', 'b'] },
        { name: 'some', columns: ['b'], where: 'a > 3' },
        { name: 'folded', columns: ['(lower(name))'] },
      ],
    },
    kept: ({ uniques }) => uniques.map(({ name: own, columns, where }) => [own, columns, where]),
    expected: [
      ['folded', ['(lower ( name ))'], null],
      ['some', ['b'], 'a > 3'],
      [null, ['a', 'b'], null],
    ],
  },
  {
    title: 'indexes with a condition, an order, a collation and an expression',
    columns: { a: integer() },
    stored: {
      indexes: [
        {
          name: 'one',
          columns: ['a', { name: 'name', direction: 'desc', suffix: 'collate nocase' }],
          where: 'a IS NOT NULL',
        },
        { name: 'two', columns: ['(lower(name))'] },
      ],
    },
    kept: names('indexes'),
    expected: ['one', 'two'],
  },
  {
    title: 'foreign keys with actions, put off, and without a name',
    refers: true,
    stored: {
      foreignKeys: [
        { name: null, ...toTown, onDelete: 'setNull', onUpdate: 'cascade', deferrable: 'initiallyDeferred' },
        { name: 'second', ...toTown, onDelete: 'restrict', onUpdate: 'setDefault' },
      ],
    },
    kept: (table) => [names('foreignKeys')(table), actions(table)],
    expected: [
      ['second', null],
      ['restrict setDefault no', 'setNull cascade initiallyDeferred'],
    ],
  },
  {
    title: 'checks of its own, and none of the derived ones',
    columns: { a: integer().range(0, 9), ok: boolean() },
    stored: {
      checks: [
        { name: null, expression: 'A <> 3' },
        { name: 'second', expression: "name like 'x%'" },
      ],
    },
    kept: names('checks'),
    expected: ['second', null],
  },
  {
    title: 'a key that takes NULL',
    columns: {
      id: text()
        .length(0, 9)
        .primaryKey()
        .stored({ sqlite: { nullable: true } }),
      name,
    },
    stored: { options: { strict: 'no' } },
    kept: (table) => table.columns[0]?.nullable,
    expected: true,
  },
  {
    title: 'what the database computes, stored and not',
    columns: {
      a: integer(),
      twice: native('INTEGER').stored({
        sqlite: { type: 'INTEGER', generated: { expression: 'a * 2', stored: true } },
      }),
      half: native('INTEGER').stored({ sqlite: { type: 'integer', generated: { expression: 'a/2', stored: false } } }),
    },
    kept: (table) => [column('twice')(table)?.generated, column('half')(table)?.generated],
    expected: [
      { expression: 'a * 2', stored: true, invisible: false },
      { expression: 'a / 2', stored: false, invisible: false },
    ],
  },
])
