import { boolean, decimal, identity, integer, native, smallint, text, timestamp } from '../../../src/model/index.ts'
import { casesOf, column, options, names, actions, name, toTown } from './kept-case.ts'

export const mysqlCases = casesOf('mysql', [
  {
    title: 'types of other spellings and with display widths',
    columns: {
      a: integer().stored({ mysql: { type: 'int(11)' } }),
      b: integer().stored({ mysql: { type: 'SMALLINT UNSIGNED' } }),
      c: text().stored({ mysql: { type: 'VARCHAR(160)', collation: 'utf8mb4_general_ci' } }),
      d: smallint().stored({ mysql: { type: 'year(4)' } }),
      e: timestamp().stored({ mysql: { type: 'timestamp', default: 'CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP' } }),
      f: native("set('a','b')").nullable(),
      g: decimal(8, 2).stored({ mysql: { type: 'decimal(8,2) unsigned' } }),
      h: integer().stored({ mysql: { type: 'int(5) unsigned zerofill' } }),
      i: boolean().stored({ mysql: { type: 'tinyint(1)', default: "'1'" } }),
    },
    stored: { checks: [] },
    kept: (table) => table.columns.slice(2).map(({ type }) => type),
    expected: [
      'int',
      'smallint unsigned',
      'varchar(160)',
      'year',
      'timestamp',
      "set('a','b')",
      'decimal(8,2) unsigned',
      'int(5) unsigned zerofill',
      'tinyint(1)',
    ],
  },
  {
    title: 'another engine and collation of the table',
    stored: { options: { engine: 'MyISAM', collation: 'latin1_swedish_ci' } },
    kept: options,
    expected: { engine: 'MyISAM', collation: 'latin1_swedish_ci' },
  },
  {
    title: 'a key of a smaller type that is numbered',
    columns: { id: identity().stored({ mysql: { type: 'smallint unsigned', identity: 'byDefault' } }), name },
    kept: (table) => [column('id')(table)?.type, column('id')(table)?.identity],
    expected: ['smallint unsigned', 'byDefault'],
  },
  {
    title: 'a key that is a number and not numbered',
    columns: {
      id: integer()
        .primaryKey()
        .stored({ mysql: { type: 'int(10) unsigned' } }),
      name,
    },
    kept: column('id'),
    expected: { type: 'int unsigned', default: null, identity: null, collation: null, generated: null },
  },
  {
    title: 'uniques and indexes, also over the beginning of a text and of another method',
    columns: { a: integer(), t: text().stored({ mysql: { type: 'text' } }) },
    stored: {
      uniques: [{ name: 'email', columns: ['a'] }],
      indexes: [
        { name: 'beginning', columns: [{ name: 't', suffix: '(20)' }, 'a'] },
        { name: 'words', columns: ['t'], method: 'fulltext' },
      ],
    },
    kept: (table) => [names('uniques')(table), table.indexes.map(({ name: own, method }) => `${own} ${method}`)],
    expected: [['email'], ['beginning btree', 'words fulltext']],
  },
  {
    title: 'foreign keys with each action',
    refers: true,
    stored: {
      foreignKeys: [
        { name: 'mf_1', ...toTown, onDelete: 'setNull', onUpdate: 'cascade' },
        { name: 'mf_2', ...toTown, onDelete: 'cascade', onUpdate: 'setNull' },
      ],
      indexes: [{ name: 'mf_index', columns: ['town_id'] }],
    },
    kept: actions,
    expected: ['setNull cascade no', 'cascade setNull no'],
  },
  {
    title: 'checks of its own, and none of the derived ones',
    columns: { a: integer().range(0, 9) },
    stored: {
      checks: [
        { name: 'mc_1', expression: 'a in (1, 2)' },
        { name: 'mc_2', expression: 'A BETWEEN 0 AND 5' },
      ],
    },
    kept: names('checks'),
    expected: ['mc_1', 'mc_2'],
  },
  {
    title: 'what the database computes, stored and not',
    columns: {
      a: integer(),
      twice: native('int').stored({ mysql: { type: 'int(11)', generated: { expression: 'a*2', stored: true } } }),
      half: native('int').stored({
        mysql: { type: 'int', generated: { expression: 'a/2', stored: false, invisible: true } },
      }),
    },
    kept: (table) => [column('twice')(table)?.generated?.stored, column('half')(table)?.generated],
    expected: [true, { expression: '`a` / 2', stored: false, invisible: true }],
  },
])
