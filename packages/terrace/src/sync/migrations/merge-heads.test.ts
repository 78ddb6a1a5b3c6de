import { describe, expect, test } from 'vitest'
import { draftedHistory, type DraftedSteps } from '../../../test/support/revision-draft.ts'
import { column, edited, edits, table as tableOf, type SnapshotEdit } from '../../../test/support/snapshot-edits.ts'
import { snapshotFrom, type Rename, type Snapshot } from '../../schema/index.ts'
import type { MigrationHistory } from './history.ts'
import { mergeHeads } from './merge-heads.ts'
import { netRenames } from './net-renames.ts'

const first = snapshotFrom([tableOf('t', [column('id'), column('kind')])])

interface Grown extends DraftedSteps {
  readonly snapshot: Snapshot
}

/** Revisions of which each changes what its first parent leads to. */
function grown(...steps: readonly (readonly [string, readonly string[], readonly SnapshotEdit[]])[]): MigrationHistory {
  const made = new Map<string, Grown>()
  for (const [revision, parents, some] of steps) {
    const before = made.get(parents[0] ?? '')?.snapshot ?? first
    const { snapshot, renames } = edited(before, some)
    made.set(revision, { revision, parents, snapshot, renames })
  }
  return draftedHistory(...made.values())
}

function columnsAfter(history: MigrationHistory, heads = history.heads): readonly string[] {
  const outcome = mergeHeads(history, heads)
  if (outcome.kind === 'conflict')
    return outcome.conflicts.map(({ object, ours, theirs }) => `${object}: ${ours} | ${theirs}`)
  return Object.values(outcome.snapshot.tables).flatMap(({ name, columns }) =>
    columns.map((each) => `${name}.${each.name} ${each.type}`),
  )
}

const { addColumn, dropColumn, retype, renameColumn } = edits

describe('heads are merged', () => {
  test('from their nearest common ancestor: what came before it is no change of either', () => {
    const history = grown(
      ['a1', [], []],
      ['b2', ['a1'], [addColumn('t', 'x')]],
      ['c3', ['b2'], [dropColumn('t', 'x')]],
      ['d4', ['b2'], [addColumn('t', 'y')]],
    )
    expect(columnsAfter(history)).toEqual(['t.id text', 't.kind text', 't.y text'])
  })

  test('from nothing where they have no ancestor in common, and one alone is what it is', () => {
    const history = draftedHistory(
      { revision: 'a1', snapshot: first },
      { revision: 'b2', snapshot: snapshotFrom([tableOf('u', [column('id')])]) },
    )
    expect(columnsAfter(history)).toEqual(['t.id text', 't.kind text', 'u.id text'])
    expect(columnsAfter(history, ['b2'])).toEqual(['u.id text'])
    expect(columnsAfter(history, [])).toEqual([])
  })

  test('more than two, each with what is nearest to it', () => {
    const history = grown(
      ['a1', [], []],
      ['b2', ['a1'], [addColumn('t', 'x')]],
      ['c3', ['b2'], [retype('t', 'x', 'integer')]],
      ['d4', ['b2'], [addColumn('t', 'y')]],
      ['e5', ['a1'], [addColumn('t', 'z')]],
    )
    expect(history.heads).toEqual(['c3', 'd4', 'e5'])
    expect(columnsAfter(history).toSorted()).toEqual([
      't.id text',
      't.kind text',
      't.x integer',
      't.y text',
      't.z text',
    ])
    expect(columnsAfter(history, ['e5', 'd4', 'c3'])).toEqual(columnsAfter(history))
  })

  test('from several ancestors, merged in turn, where branches were joined crosswise', () => {
    const history = grown(
      ['a1', [], []],
      ['b2', ['a1'], [addColumn('t', 'x')]],
      ['c3', ['a1'], [addColumn('t', 'y')]],
      ['d4', ['b2', 'c3'], [addColumn('t', 'y'), retype('t', 'x', 'integer')]],
      ['e5', ['c3', 'b2'], [addColumn('t', 'x'), retype('t', 'y', 'integer')]],
    )
    expect(columnsAfter(history).toSorted()).toEqual(['t.id text', 't.kind text', 't.x integer', 't.y integer'])
  })

  test('not where what they have come from is in conflict itself, and that is said', () => {
    const history = grown(
      ['a1', [], []],
      ['b2', ['a1'], [retype('t', 'kind', 'integer')]],
      ['c3', ['a1'], [retype('t', 'kind', 'real')]],
      ['d4', ['b2', 'c3'], []],
      ['e5', ['c3', 'b2'], []],
    )
    expect(columnsAfter(history)).toEqual([
      'column t.kind, before both sides, in b2 and c3: changed to integer null | changed to real null',
    ])
  })

  test('not where one side makes anew what the other changes or builds upon, though its shape is the same', () => {
    const remaking = (...others: readonly SnapshotEdit[]): MigrationHistory =>
      grown(
        ['a1', [], []],
        ['b2', ['a1'], [dropColumn('t', 'kind')]],
        ['c3', ['b2'], [addColumn('t', 'kind')]],
        ['d4', ['a1'], others],
      )
    expect(columnsAfter(remaking(retype('t', 'kind', 'integer')))).toEqual([
      'column t.kind: dropped and made again | column t.kind changed to integer null',
    ])
    expect(columnsAfter(remaking(edits.addIndex('t', 'ix', 'kind')))).toEqual([
      'column t.kind: dropped and made again | index t.ix added as (kind)',
    ])
    expect(columnsAfter(remaking(edits.addIndex('t', 'ix', 'id')))).toEqual(['t.id text', 't.kind text'])
    const table = grown(
      ['a1', [], []],
      ['b2', ['a1'], [addColumn('t', 'x')]],
      ['c3', ['a1'], [edits.dropTable('t')]],
      ['d4', ['c3'], [edits.addTable('t', ['id', 'kind'])]],
    )
    expect(columnsAfter(table)).toEqual(['table t: column t.x added as text null | dropped and made again'])
  })

  test('not where a rename of several revisions meets a change of the first name', () => {
    const history = grown(
      ['a1', [], []],
      ['b2', ['a1'], [renameColumn('t', 'kind', 'sort')]],
      ['c3', ['b2'], [renameColumn('t', 'sort', 'class')]],
      ['d4', ['a1'], [retype('t', 'kind', 'integer')]],
    )
    expect(columnsAfter(history)).toEqual(['column t.kind: renamed to class | changed to integer null'])
    const outcome = mergeHeads(history, ['c3'])
    expect(outcome).toMatchObject({ kind: 'merged' })
    expect(mergeHeads(history, ['a1', 'c3'])).toMatchObject({
      renames: [{ object: 'column', table: 't', from: 'kind', to: 'class' }],
    })
  })
})

describe('renames one after the other are', () => {
  const ofTable = (from: string, to: string): Rename => ({ object: 'table', table: to, from, to })
  const ofColumn = (table: string, from: string, to: string): Rename => ({ object: 'column', table, from, to })

  test.each<readonly [string, readonly (readonly Rename[])[], readonly Rename[]]>([
    ['from the first to the last name', [[ofTable('a', 'b')], [ofTable('b', 'c')]], [ofTable('a', 'c')]],
    ['none where the first name is back', [[ofTable('a', 'b')], [ofTable('b', 'a')]], []],
    [
      'both of two that change their names',
      [[ofTable('a', 'b'), ofTable('b', 'a')]],
      [ofTable('a', 'b'), ofTable('b', 'a')],
    ],
    [
      'none of two that change them twice',
      [
        [ofTable('a', 'b'), ofTable('b', 'a')],
        [ofTable('a', 'b'), ofTable('b', 'a')],
      ],
      [],
    ],
    [
      'of columns by the last name of their table',
      [[ofColumn('t', 'x', 'y')], [ofTable('t', 'u')], [ofColumn('u', 'y', 'z')]],
      [ofTable('t', 'u'), ofColumn('u', 'x', 'z')],
    ],
  ])('%s', (_, inOrder, net) => {
    expect(netRenames(inOrder)).toEqual(net)
  })
})
