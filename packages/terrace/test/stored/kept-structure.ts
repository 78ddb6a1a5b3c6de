import {
  boolean,
  decimal,
  identity,
  integer,
  model,
  native,
  reference,
  smallint,
  text,
  timestamp,
  uuid,
  type Columns,
  type Model,
} from '../../src/model/index.ts'
import type { TableShape } from '../../src/schema/index.ts'
import type { EngineName } from '../../src/testing/servers.ts'

/** What a model says that an engine keeps, and what must then be in the catalogue. */
export interface KeptCase {
  readonly title: string
  readonly model: Model
  /** Of the table as it was read. */
  readonly kept: (table: TableShape) => unknown
  readonly expected: unknown
}

const id = uuid().primaryKey()
const name = text().length(0, 20)

export const Town = model('towns', { id, name, code: integer().unique({ global: true }) })

type Stored = NonNullable<NonNullable<Parameters<typeof model>[2]>['stored']>[string]
type CaseWith = Omit<KeptCase, 'model'> & {
  readonly columns?: Columns
  readonly stored?: Stored
  readonly refers?: true
}

function casesOf(engine: string, cases: readonly CaseWith[]): readonly KeptCase[] {
  return cases.map(({ title, kept, expected, columns = {}, stored, refers }, at) => {
    const own = 'id' in columns ? columns : { id, name: name.nullable(), ...columns }
    const all = refers === true ? { ...own, townId: reference(Town).nullable() } : own
    const options = stored === undefined ? {} : { stored: { [engine]: stored } }
    return { title, kept, expected, model: model(`case_${at}`, all, options as object) }
  })
}

const column = (of: string) => (table: TableShape) => {
  const shape = table.columns.find((each) => each.name === of)
  return shape === undefined
    ? undefined
    : {
        type: shape.type,
        default: shape.default,
        identity: shape.identity,
        collation: shape.collation,
        generated: shape.generated,
      }
}
const typeOf = (of: string) => (table: TableShape) => table.columns.find((each) => each.name === of)?.type
const options = ({ options: kept }: TableShape): unknown => kept
const keyName = ({ primaryKey }: TableShape): unknown => primaryKey?.name
const names = (list: 'uniques' | 'indexes' | 'foreignKeys' | 'checks') => (table: TableShape) =>
  table[list].map((part) => part.name)
const actions = ({ foreignKeys }: TableShape): unknown =>
  foreignKeys.map(({ onDelete, onUpdate, deferrable }) => `${onDelete} ${onUpdate} ${deferrable}`)

const toTown = { columns: ['town_id'], target: { table: 'towns', columns: ['id'] } } as const

const sqlite = casesOf('sqlite', [
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

const postgres = casesOf('postgres', [
  {
    title: 'types of other spellings',
    columns: {
      a: text().stored({ postgres: { type: 'CHARACTER VARYING(160)', collation: null } }),
      b: text().stored({ postgres: { type: 'varchar(20)' } }),
      c: timestamp().stored({ postgres: { type: 'timestamptz' } }),
      d: integer().stored({ postgres: { type: 'int8' } }),
      e: decimal(8, 2).stored({ postgres: { type: 'numeric' } }),
      f: native('tsvector').nullable(),
      g: native('int[]')
        .nullable()
        .stored({ postgres: { type: 'int[]', default: "'{}'" } }),
    },
    kept: (table) => table.columns.slice(2).map(({ type }) => type),
    expected: [
      'character varying(160)',
      'character varying(20)',
      'timestamp with time zone',
      'bigint',
      'numeric',
      'tsvector',
      'integer[]',
    ],
  },
  {
    title: 'collations and defaults',
    columns: {
      a: text().stored({ postgres: { collation: null, default: "'x'||'y'" } }),
      b: timestamp().stored({ postgres: { default: 'CURRENT_TIMESTAMP' } }),
      c: text().stored({ postgres: { collation: 'POSIX' } }),
    },
    kept: (table) => [column('a')(table)?.collation, column('b')(table)?.default, column('c')(table)?.collation],
    expected: [null, 'CURRENT_TIMESTAMP', 'POSIX'],
  },
  {
    title: 'a collation of the whole table',
    columns: { a: text() },
    stored: { collation: null },
    kept: (table) => table.columns.map(({ collation }) => collation),
    expected: [null, null, null],
  },
  ...(['serial', 'always', 'byDefault'] as const).map((kind): CaseWith => ({
    title: `a key that is numbered ${kind}`,
    columns: { id: identity().stored({ postgres: { type: 'integer', identity: kind } }), name },
    kept: column('id'),
    expected: { type: 'integer', default: null, identity: kind, collation: null, generated: null },
  })),
  {
    title: 'a key that is not numbered',
    columns: {
      id: integer()
        .primaryKey()
        .stored({ postgres: { identity: null } }),
      name,
    },
    kept: (table) => column('id')(table)?.identity,
    expected: null,
  },
  {
    title: 'a name of the key',
    stored: { primaryKey: 'case_pkey_of_others' },
    kept: keyName,
    expected: 'case_pkey_of_others',
  },
  {
    title: 'uniques with conditions, carried columns, nulls and put off',
    columns: { a: integer().nullable(), b: integer().nullable() },
    stored: {
      uniques: [
        { name: 'pu_carried', columns: ['a'], include: ['b'] },
        { name: 'pu_index', columns: ['b'], heldBy: 'index' },
        { name: 'pu_nulls', columns: ['a', 'b'], nullsDistinct: false },
        { name: 'pu_off', columns: ['b', 'a'], deferrable: 'initiallyDeferred' },
        { name: 'pu_some', columns: ['a', 'name'], heldBy: 'index', where: "name IN ('x','y')" },
      ],
    },
    kept: ({ uniques }) =>
      uniques.map(({ name: own, heldBy, include, nullsDistinct, deferrable, where }) => [
        own,
        heldBy,
        include,
        nullsDistinct,
        deferrable,
        where === null,
      ]),
    expected: [
      ['pu_carried', 'constraint', ['b'], true, 'no', true],
      ['pu_index', 'index', [], true, 'no', true],
      ['pu_nulls', 'constraint', [], false, 'no', true],
      ['pu_off', 'constraint', [], true, 'initiallyDeferred', true],
      ['pu_some', 'index', [], true, 'no', false],
    ],
  },
  {
    title: 'indexes with a method, an expression, an operator class, a condition, carried columns and an order',
    columns: { a: integer().nullable(), words: native('tsvector').nullable() },
    stored: {
      indexes: [
        { name: 'pi_expression', columns: ['(lower(name))'], include: ['a'] },
        { name: 'pi_gin', columns: ['words'], method: 'gin' },
        { name: 'pi_hash', columns: ['a'], method: 'hash' },
        { name: 'pi_order', columns: [{ name: 'a', direction: 'desc', nulls: 'last' }], where: 'a > 0' },
        { name: 'pi_pattern', columns: [{ name: 'name', suffix: 'text_pattern_ops' }] },
      ],
    },
    kept: ({ indexes }) => indexes.map(({ name: own, method, include }) => [own, method, include]),
    expected: [
      ['pi_expression', 'btree', ['a']],
      ['pi_gin', 'gin', []],
      ['pi_hash', 'hash', []],
      ['pi_order', 'btree', []],
      ['pi_pattern', 'btree', []],
    ],
  },
  {
    title: 'foreign keys with each action, and put off',
    refers: true,
    stored: {
      foreignKeys: [
        { name: 'pf_1', ...toTown, onDelete: 'setNull', onUpdate: 'cascade', deferrable: 'initiallyDeferred' },
        { name: 'pf_2', ...toTown, onDelete: 'restrict', onUpdate: 'setDefault', deferrable: 'initiallyImmediate' },
        { name: 'pf_3', ...toTown, onDelete: 'cascade', onUpdate: 'restrict' },
        { name: 'pf_4', ...toTown, onDelete: 'setDefault', onUpdate: 'setNull' },
      ],
    },
    kept: actions,
    expected: [
      'setNull cascade initiallyDeferred',
      'restrict setDefault initiallyImmediate',
      'cascade restrict no',
      'setDefault setNull no',
    ],
  },
  {
    title: 'checks of its own, and none of the derived ones',
    columns: { a: integer().range(0, 9) },
    stored: {
      checks: [
        { name: 'pc_1', expression: 'a in (1, 2)' },
        { name: 'pc_2', expression: 'a between 0 and 5' },
      ],
    },
    kept: names('checks'),
    expected: ['pc_1', 'pc_2'],
  },
  {
    title: 'rules that rows from before were never held to, which new rows are',
    refers: true,
    stored: {
      checks: [{ name: 'pe_check', expression: 'name is not null', enforced: false }],
      foreignKeys: [{ name: 'pe_key', ...toTown, enforced: false }],
    },
    kept: (table) => [names('checks')(table), names('foreignKeys')(table)],
    expected: [['pe_check'], ['pe_key']],
  },
  {
    title: 'what the database computes',
    columns: {
      a: integer(),
      twice: native('integer').stored({ postgres: { type: 'int', generated: { expression: 'a*2', stored: true } } }),
    },
    kept: (table) => column('twice')(table)?.generated,
    expected: { expression: '(a * 2)', stored: true, invisible: false },
  },
])

const mysql = casesOf('mysql', [
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

export const keptCases: Readonly<Partial<Record<EngineName, readonly KeptCase[]>>> = {
  sqliteFile: sqlite,
  postgres,
  mysql,
}
