import { describe, expect, test } from 'vitest'
import type { Change } from '../change.ts'
import type { CheckShape, ColumnShape, IndexShape, TableShape, UniqueShape } from '../snapshot.ts'
import { diffTables } from './diff-tables.ts'

const source = null

function column(name: string, facts: Partial<ColumnShape> = {}): ColumnShape {
  return {
    name,
    type: 'text',
    nullable: true,
    default: null,
    generated: null,
    identity: null,
    collation: null,
    comment: null,
    isOpaque: false,
    source,
    ...facts,
  }
}

function unique(name: string | null, columns: readonly string[], facts: Partial<UniqueShape> = {}): UniqueShape {
  const plain = { where: null, nullsDistinct: true, enforced: true, heldBy: 'constraint', include: [] } as const
  return { name, columns, ...plain, deferrable: 'no', source, ...facts }
}

function check(name: string | null, expression: string): CheckShape {
  return { name, expression, enforced: true, source }
}

function index(name: string, ...columns: readonly string[]): IndexShape {
  return {
    name,
    columns: columns.map((each) => ({ name: each, suffix: '', direction: 'asc', nulls: null })),
    where: null,
    include: [],
    method: 'btree',
    valid: true,
    source,
  }
}

function table(facts: Partial<TableShape> = {}): TableShape {
  const empty = { columns: [], primaryKey: null, uniques: [], indexes: [], foreignKeys: [], checks: [] }
  return { name: 't', comment: null, options: {}, ...empty, source, ...facts }
}

function diff(
  live: Partial<TableShape>,
  canonical: Partial<TableShape>,
  declared: Partial<TableShape> = canonical,
): readonly Change[] {
  return diffTables(table(live), { declared: table(declared), canonical: table(canonical) })
}

function kinds(changes: readonly Change[]): readonly string[] {
  return changes.map((change) =>
    'differences' in change
      ? `${change.kind}: ${change.differences.map(({ aspect }) => aspect).join(', ')}`
      : change.kind,
  )
}

describe('the differences of two tables', () => {
  test('of rules without names carry what was declared of each', () => {
    const declared = { uniques: [unique(null, ['a']), unique(null, ['b', 'c'])] }
    const changes = diff(
      { uniques: [unique(null, ['a']), unique(null, ['b'])] },
      { uniques: declared.uniques.toReversed() },
      declared,
    )
    expect(changes).toMatchObject([
      { kind: 'addUnique', wanted: { columns: ['b', 'c'] } },
      { kind: 'dropUnique', live: { columns: ['b'] } },
    ])
  })

  test('do not count the order of columns, nor of anything else', () => {
    const parts = {
      columns: [column('a'), column('b')],
      checks: [check('x', 'a'), check('y', 'b')],
      indexes: [index('i', 'a'), index('j', 'b')],
    }
    const turned = {
      columns: parts.columns.toReversed(),
      checks: parts.checks.toReversed(),
      indexes: parts.indexes.toReversed(),
    }
    expect(diff(turned, parts)).toEqual([])
  })

  test('count the order of columns within a key and an index', () => {
    expect(kinds(diff({ indexes: [index('i', 'a', 'b')] }, { indexes: [index('i', 'b', 'a')] }))).toEqual([
      'alterIndex: columns',
    ])
    expect(kinds(diff({ uniques: [unique('u', ['a', 'b'])] }, { uniques: [unique('u', ['b', 'a'])] }))).toEqual([
      'alterUnique: columns',
    ])
  })

  test.each<readonly [aspect: string, live: Partial<ColumnShape>, wanted: Partial<ColumnShape>]>([
    ['type', { type: 'text' }, { type: 'integer' }],
    ['nullability', { nullable: true }, { nullable: false }],
    ['default', { default: '1' }, { default: '2' }],
    ['default', { default: '1' }, {}],
    ['generated', {}, { generated: { expression: 'a', stored: false, invisible: true } }],
    [
      'generated',
      { generated: { expression: 'a', stored: true, invisible: true } },
      { generated: { expression: 'a', stored: false, invisible: true } },
    ],
    ['identity', {}, { identity: 'byDefault' }],
    ['collation', { collation: 'C' }, {}],
  ])('of a column name the %s', (aspect, live, wanted) => {
    expect(kinds(diff({ columns: [column('a', live)] }, { columns: [column('a', wanted)] }))).toEqual([
      `alterColumn: ${aspect}`,
    ])
  })

  test('leave a native column alone, whatever the database says of it', () => {
    expect(
      diff(
        { columns: [column('a', { type: 'tsvector', default: 'x' })] },
        { columns: [column('a', { type: 'tsvector', isOpaque: true })] },
      ),
    ).toEqual([])
  })

  test('take another name for a rename, never for a drop and an add', () => {
    expect(kinds(diff({ checks: [check('old', 'a > 1')] }, { checks: [check('new', 'a > 1')] }))).toEqual([
      'alterCheck: name',
    ])
    expect(kinds(diff({ uniques: [unique('old', ['a'])] }, { uniques: [unique('new', ['a'])] }))).toEqual([
      'alterUnique: name',
    ])
  })

  test('take an object without a name for the one that is like it', () => {
    expect(diff({ checks: [check(null, 'a > 1')] }, { checks: [check('new', 'a > 1')] })).toEqual([])
  })

  test('take two names that changed places for two changes, as neither could be renamed first', () => {
    const live = [check('x', 'a'), check('y', 'b')]
    const wanted = [check('x', 'b'), check('y', 'a')]
    expect(kinds(diff({ checks: live }, { checks: wanted }))).toEqual([
      'alterCheck: expression',
      'alterCheck: expression',
    ])
  })

  test('rename in an order in which each finds its new name free', () => {
    const live = [check('x', 'a'), check('y', 'b'), check('z', 'c')]
    const wanted = [check('w', 'c'), check('y', 'a'), check('z', 'b')]
    const changes = diff({ checks: live }, { checks: wanted })
    expect(kinds(changes)).toEqual(['alterCheck: name', 'alterCheck: name', 'alterCheck: name'])
    expect(changes).toMatchObject([{ wanted: { name: 'w' } }, { wanted: { name: 'z' } }, { wanted: { name: 'y' } }])
  })

  test('do not rename onto a name that something else keeps', () => {
    const changes = diff({ checks: [check('x', 'a'), check('y', 'b')] }, { checks: [check('y', 'a')] })
    expect(changes).toMatchObject([
      { kind: 'alterCheck', live: { name: 'y' }, wanted: { name: 'y' } },
      { kind: 'dropCheck', live: { name: 'x' } },
    ])
  })

  test('compare the printed form and carry the declared one', () => {
    const printed = { checks: [check('x', '((a > 1))')] }
    const declared = { checks: [check('x', 'a > 1')] }
    expect(diff(printed, printed, declared)).toEqual([])
    expect(diff({}, printed, declared)).toMatchObject([{ kind: 'addCheck', wanted: { expression: 'a > 1' } }])
  })

  test('bring the rules of a new column with it, once', () => {
    const about = (columns: readonly string[]) => ({
      model: 'T',
      fact: 'check' as const,
      name: 'c',
      columns,
      properties: columns,
    })
    const wanted = {
      columns: [column('a'), column('b')],
      checks: [
        { ...check('only b', 'b > 1'), source: about(['b']) },
        { ...check('both', 'a > b'), source: about(['a', 'b']) },
      ],
    }
    const changes = diff({ columns: [column('a')] }, wanted)
    expect(changes).toMatchObject([
      { kind: 'addColumn', wanted: { name: 'b' }, checks: [{ name: 'only b' }] },
      { kind: 'addCheck', wanted: { name: 'both' } },
    ])
  })

  test('name what nobody declared', () => {
    const extra = {
      columns: [column('x')],
      uniques: [unique('u', ['x'])],
      indexes: [index('i', 'x')],
      checks: [check('c', 'x')],
    }
    expect(kinds(diff(extra, {}))).toEqual(['dropColumn', 'dropUnique', 'dropIndex', 'dropCheck'])
  })

  test('have the options that are wanted, and no others', () => {
    expect(diff({ options: { strict: 'yes', rowid: 'no' } }, { options: { strict: 'yes' } })).toEqual([])
    expect(kinds(diff({ options: { strict: 'no' } }, { options: { strict: 'yes' } }))).toEqual(['alterTable: strict'])
  })
})
