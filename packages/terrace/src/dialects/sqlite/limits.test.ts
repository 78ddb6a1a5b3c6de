import { describe, expect, test } from 'vitest'
import { plainColumn } from '../../../test/support/live-sqlite.ts'
import type { Change, TableShape, UniqueShape } from '../../schema/index.ts'
import { limits } from './limits.ts'

const base: TableShape = {
  name: 'things',
  comment: null,
  options: { strict: 'yes', rowid: 'yes' },
  columns: [plainColumn('id', 'INTEGER', { nullable: false }), plainColumn('name', 'TEXT')],
  primaryKey: { name: null, columns: ['id'], source: null },
  uniques: [],
  indexes: [],
  foreignKeys: [],
  checks: [],
  source: null,
}

const unique: UniqueShape = {
  name: 'u',
  columns: ['name'],
  where: null,
  nullsDistinct: true,
  heldBy: 'constraint',
  include: [],
  deferrable: 'no',
  enforced: true,
  source: null,
}

const index = { name: 'i', columns: [], where: null, include: [], method: 'btree', valid: true, source: null }
const check = { name: 'c', expression: 'id > 0', enforced: true, source: null }

function made(edit: Partial<TableShape>): Change {
  return { kind: 'createTable', wanted: { ...base, ...edit }, source: null }
}

const impossible: readonly (readonly [what: string, edit: Partial<TableShape>, reason: RegExp])[] = [
  ['[edge 15] a name of its own', { name: 'SQLite_things' }, /begin with sqlite_/],
  ['a table without rowid or key', { options: { rowid: 'no' }, primaryKey: null }, /needs a primary key/],
  [
    'nothing but calculated columns',
    {
      columns: [plainColumn('a', 'INT', { generated: { expression: '1', stored: true, invisible: false } })],
      primaryKey: null,
    },
    /not generated/,
  ],
  ['a type that no strict table has', { columns: [plainColumn('id', 'VARCHAR(9)')] }, /no type VARCHAR\(9\)/],
  [
    'numbers that are no INTEGER',
    { columns: [plainColumn('id', 'INT', { identity: 'byDefault' })] },
    /numbers nothing but/,
  ],
  [
    'numbers that are not the key',
    { columns: [...base.columns, plainColumn('n', 'INTEGER', { identity: 'byDefault' })] },
    /numbers nothing but/,
  ],
  [
    'numbers without rowid',
    { options: { rowid: 'no' }, columns: [plainColumn('id', 'INTEGER', { identity: 'byDefault' })] },
    /needs a rowid/,
  ],
  [
    'numbers that nobody may give',
    { columns: [plainColumn('id', 'INTEGER', { identity: 'always' })] },
    /takes explicit numbers/,
  ],
  [
    'a calculated key',
    {
      columns: [
        plainColumn('n', 'INT'),
        plainColumn('id', 'INT', { generated: { expression: 'n', stored: true, invisible: false } }),
      ],
    },
    /no key/,
  ],
  [
    'a hidden column',
    {
      columns: [
        ...base.columns,
        plainColumn('n', 'INT', { generated: { expression: '1', stored: true, invisible: true } }),
      ],
    },
    /hides no column/,
  ],
  ['NULLs that collide', { uniques: [{ ...unique, nullsDistinct: false }] }, /NULLs never collide/],
  [
    'a unique rule that is put off',
    { uniques: [{ ...unique, deferrable: 'initiallyDeferred' }] },
    /puts off no unique rule/,
  ],
  ['a unique rule with more columns', { uniques: [{ ...unique, include: ['name'] }] }, /no further columns/],
  ['an index with more columns', { indexes: [{ ...index, include: ['name'] }] }, /no further columns/],
  ['an index of another kind', { indexes: [{ ...index, method: 'gin' }] }, /no index of kind gin/],
  ['a rule that is not held', { checks: [{ ...check, enforced: false }] }, /does not hold/],
]

describe('what SQLite cannot hold', () => {
  test.each(impossible)('%s is told with its rule and a way on', (_, edit, reason) => {
    const limit = limits(made(edit))
    expect(limit?.reason).toMatch(reason)
    expect(limit?.remedy).not.toBe('')
  })

  test('is nothing that it can', () => {
    expect(limits(made({}))).toBeNull()
    expect(limits(made({ uniques: [unique], indexes: [index], checks: [check] }))).toBeNull()
  })
})
