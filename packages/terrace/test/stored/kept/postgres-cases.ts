import { decimal, identity, integer, native, text, timestamp } from '../../../src/model/index.ts'
import { casesOf, column, keyName, names, actions, type CaseWith, name, toTown } from './kept-case.ts'

export const postgresCases = casesOf('postgres', [
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
