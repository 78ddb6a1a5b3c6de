import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anyEdit,
  anySnapshot,
  check,
  column,
  edited,
  editedWhole,
  edits,
  foreignKey,
  index,
  table,
  type SnapshotEdit,
} from '../../../test/support/snapshot-edits.ts'
import { objectsOf, snapshotFrom, type Snapshot, type TableShape } from '../../schema/index.ts'
import type { MergeOutcome, MergeSide } from './merge.ts'
import { mergeSnapshots } from './merge-snapshots.ts'
import { netRenames } from './net-renames.ts'

const anyEdits = fc.array(anyEdit, { minLength: 1, maxLength: 3 })
const unchanged = (snapshot: Snapshot): MergeSide => ({ snapshot, renames: [] })
const net = ({ snapshot, renames }: MergeSide): MergeSide => ({
  snapshot,
  renames: netRenames(renames.map((one) => [one])),
})
const sideOf = (base: Snapshot, some: readonly SnapshotEdit[]): MergeSide => net(edited(base, some))

function mergedIn(outcome: MergeOutcome): Snapshot | null {
  return outcome.kind === 'merged' ? outcome.snapshot : null
}

function turnedRound(outcome: MergeOutcome): MergeOutcome {
  if (outcome.kind === 'merged') return outcome
  const conflicts = outcome.conflicts.map(({ object, ours, theirs }) => ({ object, ours: theirs, theirs: ours }))
  return { kind: 'conflict', conflicts }
}

function inOrder(outcome: MergeOutcome): unknown {
  return outcome.kind === 'merged' ? outcome : outcome.conflicts.map((each) => JSON.stringify(each)).toSorted()
}

/** Whatever the order of columns. */
function objectsIn(snapshot: Snapshot | null): readonly string[] | null {
  if (snapshot === null) return null
  return Object.values(snapshot.tables)
    .flatMap(objectsOf)
    .map(({ kind, path, hash }) => `${kind} ${path} ${hash}`)
    .toSorted()
}

describe('of any two changes of a structure', () => {
  test('the merge is the same whichever is the first, and so is a conflict, told from the other side', () => {
    fc.assert(
      fc.property(anySnapshot, anyEdits, anyEdits, (base, one, other) => {
        const [ours, theirs] = [sideOf(base, one), sideOf(base, other)]
        const turned = turnedRound(mergeSnapshots(base, [theirs, ours]))
        expect(inOrder(mergeSnapshots(base, [ours, theirs]))).toEqual(inOrder(turned))
      }),
      { numRuns: 100 },
    )
  })

  test('a change with none, and with itself, is that change', () => {
    fc.assert(
      fc.property(anySnapshot, anyEdits, (base, some) => {
        const side = sideOf(base, some)
        for (const other of [unchanged(base), side]) {
          expect(mergedIn(mergeSnapshots(base, [side, other]))).toEqual(side.snapshot)
          expect(mergedIn(mergeSnapshots(base, [other, side]))).toEqual(side.snapshot)
        }
        expect(mergedIn(mergeSnapshots(side.snapshot, [unchanged(side.snapshot), unchanged(side.snapshot)]))).toEqual(
          side.snapshot,
        )
      }),
      { numRuns: 100 },
    )
  })

  test('what merges is what both lead to, one after the other, in either order', () => {
    const counts = { merged: 0, conflict: 0 }
    fc.assert(
      fc.property(anySnapshot, anyEdits, anyEdits, (base, one, other) => {
        const [ours, theirs] = [sideOf(base, one), sideOf(base, other)]
        const outcome = mergeSnapshots(base, [ours, theirs])
        counts[outcome.kind] += 1
        if (outcome.kind === 'conflict' || isRemade(base, one) || isRemade(base, other)) return
        const made = (some: readonly SnapshotEdit[]): readonly SnapshotEdit[] => madeOf(base, some)
        const orders = [
          editedWhole(unchanged(ours.snapshot), made(other)),
          editedWhole(unchanged(theirs.snapshot), made(one)),
        ]
        // An edit of one side may have been made by the other already.
        for (const after of orders.filter((order) => order !== null))
          expect(objectsIn(outcome.snapshot)).toEqual(objectsIn(after.snapshot))
      }),
      { numRuns: 250 },
    )
    expect(counts.merged).toBeGreaterThan(100)
    expect(counts.conflict).toBeGreaterThan(2)
  })

  test('what can be made one after the other in both orders, to the same end, merges, unless a rename is among it', () => {
    let commuting = 0
    fc.assert(
      fc.property(anySnapshot, anyEdits, anyEdits, (base, one, other) => {
        const [ours, theirs] = [sideOf(base, one), sideOf(base, other)]
        fc.pre(ours.renames.length + theirs.renames.length === 0)
        const first = editedWhole(ours, madeOf(base, other))
        const second = editedWhole(theirs, madeOf(base, one))
        fc.pre(first !== null && second !== null)
        if (JSON.stringify(objectsIn(first.snapshot)) !== JSON.stringify(objectsIn(second.snapshot))) return
        if (isRemade(base, one) || isRemade(base, other)) return
        const touched = new Set(overlap(base, ours.snapshot, theirs.snapshot))
        if (touched.size > 0) return
        commuting += 1
        expect(objectsIn(mergedIn(mergeSnapshots(base, [ours, theirs])))).toEqual(objectsIn(first.snapshot))
      }),
      { numRuns: 250 },
    )
    expect(commuting).toBeGreaterThan(20)
  })
})

/** Those edits that could be made, so that they can be made again elsewhere. */
function madeOf(base: Snapshot, some: readonly SnapshotEdit[]): readonly SnapshotEdit[] {
  const made: SnapshotEdit[] = []
  let side = unchanged(base)
  for (const edit of some) {
    const next = edit.make(side)
    if (next === null) continue
    made.push(edit)
    side = next
  }
  return made
}

/** What is dropped and made again looks like what was changed: only trying it out in both orders shows the difference. */
function isRemade(base: Snapshot, some: readonly SnapshotEdit[]): boolean {
  const pathsIn = ({ snapshot }: MergeSide): readonly string[] =>
    (objectsIn(snapshot) ?? []).map((each) => each.slice(0, each.lastIndexOf(' ')))
  const states = madeOf(base, some).map((_, at, all) => pathsIn(edited(base, all.slice(0, at + 1))))
  const [last = []] = states.slice(-1)
  return pathsIn(unchanged(base)).some((path) => last.includes(path) && states.some((state) => !state.includes(path)))
}

/** Objects that both have changed, by their paths. */
function overlap(base: Snapshot, ours: Snapshot, theirs: Snapshot): readonly string[] {
  const changed = (side: Snapshot): readonly string[] => {
    const [before, after] = [objectsIn(base) ?? [], objectsIn(side) ?? []]
    const different = [
      ...before.filter((each) => !after.includes(each)),
      ...after.filter((each) => !before.includes(each)),
    ]
    return different.map((each) => each.slice(0, each.lastIndexOf(' ')))
  }
  const others = new Set(changed(theirs))
  return changed(ours).filter((each) => others.has(each))
}

const t = (...parts: Parameters<typeof table> extends [string, ...infer R] ? R : never): TableShape =>
  table('t', ...parts)
const base = snapshotFrom([
  t([column('id'), column('title'), column('kind', 'integer')], { indexes: [index('ix_t_title', 'title')] }),
  table('u', [column('id'), column('t_id')]),
])

function conflictsOf(one: readonly SnapshotEdit[], other: readonly SnapshotEdit[]): readonly string[] {
  const outcome = mergeSnapshots(base, [sideOf(base, one), sideOf(base, other)])
  return outcome.kind === 'merged'
    ? ['none']
    : outcome.conflicts.map(({ object, ours, theirs }) => `${object}: ${ours} | ${theirs}`)
}

const { addTable, dropTable, addColumn, dropColumn, retype, renameColumn, addIndex, addCheck, addForeignKey } = edits

const conflicting: readonly (readonly [
  name: string,
  one: readonly SnapshotEdit[],
  other: readonly SnapshotEdit[],
  words: readonly string[],
])[] = [
  [
    'two changes of one column',
    [retype('t', 'kind', 'text')],
    [retype('t', 'kind', 'real')],
    ['column t.kind: changed to text null | changed to real null'],
  ],
  [
    'a drop and a change of a column',
    [dropColumn('t', 'kind')],
    [retype('t', 'kind', 'text')],
    ['column t.kind: dropped | changed to text null'],
  ],
  [
    'one column added with two types',
    [addColumn('t', 'x')],
    [addColumn('t', 'x', 'integer')],
    ['column t.x: added as text null | added as integer null'],
  ],
  [
    'one table added with other columns',
    [addTable('n', ['a'])],
    [addTable('n', ['a', 'b'])],
    ['table n: added as (a) | added as (a, b)'],
  ],
  [
    'the drop of a table and a column in it',
    [dropTable('u')],
    [addColumn('u', 'x')],
    ['table u: dropped | changed: column u.x added as text null'],
  ],
  [
    'the drop of a table and a key to it',
    [dropTable('u')],
    [addForeignKey('t', 'title', ['u', 'id'])],
    [
      'column u.id: dropped | named by foreign key t.fk_t_title',
      'table u: dropped | named by foreign key t.fk_t_title',
    ],
  ],
  [
    'the drop of a column and an index on it',
    [dropColumn('t', 'kind')],
    [addIndex('t', 'ix', 'kind')],
    ['column t.kind: dropped | named by index t.ix'],
  ],
  [
    'the drop of a column and a check over it',
    [addCheck('t', 'ck', 'kind')],
    [dropColumn('t', 'kind')],
    ['column t.kind: named by check t.ck | dropped'],
  ],
  [
    'a rename of a column and an index on it',
    [renameColumn('t', 'kind', 'sort')],
    [addIndex('t', 'ix', 'kind')],
    ['column t.kind: renamed to sort | named by index t.ix'],
  ],
  [
    'a rename and a change of a column',
    [renameColumn('t', 'kind', 'sort')],
    [retype('t', 'kind', 'text')],
    ['column t.kind: renamed to sort | changed to text null'],
  ],
  [
    'a rename and a drop of a column',
    [renameColumn('t', 'kind', 'sort')],
    [dropColumn('t', 'kind')],
    ['column t.kind: renamed to sort | dropped'],
  ],
  [
    'two renames of one column',
    [renameColumn('t', 'kind', 'sort')],
    [renameColumn('t', 'kind', 'class')],
    ['column t.kind: renamed to sort | renamed to class'],
  ],
  [
    'two columns renamed to one name',
    [renameColumn('u', 'id', 'x')],
    [renameColumn('u', 't_id', 'x')],
    ['column u.x: renamed from id | added as text null', 'column u.x: added as text null | renamed from t_id'],
  ],
  [
    'a column renamed to the name of a new one',
    [renameColumn('u', 'id', 'x')],
    [addColumn('u', 'x')],
    ['column u.x: renamed from id | added as text null'],
  ],
  [
    'one name for indexes of two tables',
    [addIndex('t', 'ix', 'id')],
    [addIndex('u', 'IX', 'id')],
    ['name ix: index t.ix added as (id) | index u.IX added as (id)'],
  ],
  [
    'columns that differ by case alone',
    [addColumn('t', 'x')],
    [addColumn('t', 'X')],
    ['name x: column t.x added as text null | column t.X added as text null'],
  ],
  [
    'a key and the type of what it leads to',
    [addForeignKey('u', 't_id', ['t', 'id'])],
    [retype('t', 'id', 'integer')],
    ['foreign key u.fk_u_t_id: leads from text to text | makes its columns text and integer'],
  ],
]

const commuting: readonly (readonly [name: string, one: readonly SnapshotEdit[], other: readonly SnapshotEdit[]])[] = [
  ['changes of two tables', [addColumn('t', 'x')], [addColumn('u', 'x')]],
  ['two columns of one table', [addColumn('t', 'x')], [addColumn('t', 'y')]],
  ['the very same change', [retype('t', 'kind', 'text')], [retype('t', 'kind', 'text')]],
  [
    'the very same rename, and more besides',
    [renameColumn('t', 'kind', 'sort')],
    [renameColumn('t', 'kind', 'sort'), addIndex('t', 'ix', 'sort')],
  ],
  ['a rename and an index on another column', [renameColumn('t', 'kind', 'sort')], [addIndex('t', 'ix', 'id')]],
  ['a drop and a key to another table', [dropColumn('t', 'kind')], [addForeignKey('u', 't_id', ['t', 'id'])]],
]

describe('in conflict, in words, are', () => {
  test.each(conflicting)('%s', (_, one, other, words) => {
    expect(conflictsOf(one, other)).toEqual(words)
  })

  test.each(commuting)('not %s', (_, one, other) => {
    expect(conflictsOf(one, other)).toEqual(['none'])
  })

  test('two renames of one table, a rename and a drop of one, and a rename of what the other changes', () => {
    const renamed = (to: string): MergeSide => {
      const { t: shape, ...rest } = base.tables
      const tables = [...Object.values(rest), { ...(shape as TableShape), name: to }]
      return { snapshot: snapshotFrom(tables), renames: [{ object: 'table', table: to, from: 't', to }] }
    }
    const words = (one: MergeSide, other: MergeSide): unknown => {
      const outcome = mergeSnapshots(base, [one, other])
      return outcome.kind === 'merged'
        ? outcome.renames
        : outcome.conflicts.map((each) => `${each.object}: ${each.ours} | ${each.theirs}`)
    }
    expect(words(renamed('goods'), renamed('wares'))).toEqual(['table t: renamed to goods | renamed to wares'])
    expect(words(renamed('goods'), sideOf(base, [dropTable('t')]))).toEqual(['table t: renamed to goods | dropped'])
    expect(words(sideOf(base, [addColumn('t', 'x')]), renamed('goods'))).toEqual([
      'table t: changed: column t.x added as text null | renamed to goods',
    ])
    expect(words(sideOf(base, [addForeignKey('u', 't_id', ['t', 'id'])]), renamed('goods'))).toEqual([
      'column t.id: named by foreign key u.fk_u_t_id | dropped',
      'table t: named by foreign key u.fk_u_t_id | renamed to goods',
    ])
    expect(words(renamed('goods'), renamed('goods'))).toEqual([
      { object: 'table', table: 'goods', from: 't', to: 'goods' },
    ])
    expect(words(renamed('goods'), sideOf(base, [addColumn('u', 'x')]))).toEqual([
      { object: 'table', table: 'goods', from: 't', to: 'goods' },
    ])
  })

  test('changes within both of two columns that changed their names, though their shapes are equal', () => {
    const swapped: MergeSide = {
      snapshot: base,
      renames: [
        { object: 'column', table: 'u', from: 'id', to: 't_id' },
        { object: 'column', table: 'u', from: 't_id', to: 'id' },
      ],
    }
    const outcome = mergeSnapshots(base, [swapped, sideOf(base, [retype('u', 'id', 'integer')])])
    expect(outcome).toMatchObject({
      kind: 'conflict',
      conflicts: [{ object: 'column u.id' }, { object: 'column u.id' }],
    })
  })
})

test('a merged table has the columns of each side in its order, behind what they stand behind there', () => {
  const columnsOf = (...names: readonly string[]): Snapshot => snapshotFrom([t(names.map((each) => column(each)))])
  const merged = (one: Snapshot, other: Snapshot): readonly string[] | undefined =>
    mergedIn(mergeSnapshots(columnsOf('a', 'b', 'c'), [unchanged(one), unchanged(other)]))?.tables['t']?.columns.map(
      ({ name }) => name,
    )
  expect(merged(columnsOf('a', 'x', 'b', 'c'), columnsOf('a', 'b', 'c', 'y'))).toEqual(['a', 'x', 'b', 'c', 'y'])
  expect(merged(columnsOf('a', 'b', 'c'), columnsOf('c', 'b', 'a'))).toEqual(['c', 'b', 'a'])
  expect(merged(columnsOf('a', 'c'), columnsOf('a', 'b', 'y', 'c'))).toEqual(['a', 'y', 'c'])
})

test('where two mean the same, what is written newly is taken, and nothing is in conflict', () => {
  const from = (renamedFrom: string) =>
    ({ model: 'T', fact: 'model', name: 'T', columns: [], properties: [], renamedFrom }) as const
  const written = (name: string | null): Snapshot =>
    snapshotFrom([t([column('a')], { source: name === null ? null : from(name) })])
  const sourceAfter = (one: Snapshot, other: Snapshot): unknown =>
    mergedIn(mergeSnapshots(written('x'), [unchanged(one), unchanged(other)]))?.tables['t']?.source
  expect(sourceAfter(written('x'), written('y'))).toEqual(from('y'))
  expect(sourceAfter(written(null), written('x'))).toBeNull()
  expect(sourceAfter(written('z'), written('y'))).toEqual(sourceAfter(written('y'), written('z')))
})

test('expressions are read for what they name: generated columns, conditions and expressions of indexes', () => {
  const generated = { ...column('g'), generated: { expression: 'lower("title")', stored: true, invisible: false } }
  const naming: readonly Partial<TableShape>[] = [
    { columns: [column('id'), column('title'), column('kind', 'integer'), generated] },
    { indexes: [index('ix_t_title', 'title'), { ...index('ix', 'id'), where: '"title" is not null' }] },
    { indexes: [index('ix_t_title', 'title'), index('ix', '(lower("title"))')] },
    { checks: [check('ck', `"title" <> ''`)] },
    { foreignKeys: [foreignKey('fk', 'title', ['u', 'id'])] },
    { primaryKey: { name: null, columns: ['title'], source: null } },
  ]
  const dropped = snapshotFrom([
    t([column('id'), column('kind', 'integer')]),
    table('u', [column('id'), column('t_id')]),
  ])
  for (const parts of naming) {
    const shape = { ...(base.tables['t'] as TableShape), ...parts }
    const outcome = mergeSnapshots(base, [
      unchanged(dropped),
      unchanged(snapshotFrom([shape, table('u', [column('id'), column('t_id')])])),
    ])
    expect(outcome).toMatchObject({ kind: 'conflict', conflicts: [{ object: 'column t.title', ours: 'dropped' }] })
  }
})
