import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appliedRevisions, draftedHistory, revisionDraft } from '../../../test/support/revision-draft.ts'
import { downgradePath } from './downgrade-path.ts'
import { ancestorsOf } from './history-graph.ts'
import { historyOf } from './history-of.ts'
import type { MigrationHistory, Revision } from './history.ts'
import { refuseDifferences } from './refuse-differences.ts'
import { resolveRevision } from './resolve-revision.ts'
import { revisionOf } from './revision-of.ts'
import { upgradePath } from './upgrade-path.ts'

const ids = (revisions: readonly Revision[]): readonly string[] => revisions.map(({ revision }) => revision)

function thrownBy(work: () => unknown): unknown {
  try {
    work()
    return null
  } catch (error) {
    return error
  }
}

/** `a` ← `b` ← `d`, `a` ← `c`; `m` joins `c` and `d`, if wanted. */
const branched = draftedHistory(
  { revision: 'a1' },
  { revision: 'b2', parents: ['a1'] },
  { revision: 'c3', parents: ['a1'] },
  { revision: 'd4', parents: ['b2'] },
)
const joined = draftedHistory(
  { revision: 'a1' },
  { revision: 'b2', parents: ['a1'] },
  { revision: 'c3', parents: ['a1'] },
  { revision: 'd4', parents: ['b2'] },
  { revision: 'm5', parents: ['c3', 'd4'] },
)

describe('a target is', () => {
  test('the head, an id or its beginning', () => {
    const named = ['head', 'm5', 'm', 'b2', 'd'].map((target) => resolveRevision(joined, target).revision)
    expect(named).toEqual(['m5', 'm5', 'm5', 'b2', 'd4'])
  })

  test('refused where several heads could be meant, with what they are and the ways on', () => {
    expect(() => resolveRevision(branched, 'head')).toThrow(
      expect.objectContaining({
        code: 'MIGRATION_HEADS',
        message:
          'The revisions of migrations/sqlite end in 2 heads, and nothing says which is meant: c3 (about c3), d4 (about d4)',
        remedy: 'Join them: terrace db merge. Or name one of them; upgrade heads applies them all',
      }),
    )
  })

  test('refused where none begins so, with the nearest', () => {
    const history = draftedHistory({ revision: '20261121093000a1b2' }, { revision: '20261122', parents: [] })
    const refusal = (target: string): unknown => thrownBy(() => resolveRevision(history, target))
    expect(refusal('20261121093000a1b3')).toMatchObject({
      code: 'MIGRATION_TARGET',
      message:
        'There is no revision to go to by the name of 20261121093000a1b3: no revision has that id, nor one that begins so',
      remedy: 'The nearest is 20261121093000a1b2; terrace db history lists them all',
    })
    expect(refusal('202611210931')).toMatchObject({ remedy: expect.stringContaining('20261121093000a1b2') })
    expect(refusal('haed')).toMatchObject({ remedy: expect.stringContaining('is head;') })
    expect(refusal('zzz')).toMatchObject({ remedy: 'terrace db history lists them all' })
    expect(refusal('')).toMatchObject({ code: 'MIGRATION_TARGET' })
  })

  test('refused where several begin so, with those', () => {
    const five = draftedHistory(...['x1', 'x2', 'x3', 'x4', 'x5'].map((revision) => ({ revision })))
    expect(() => resolveRevision(five, 'x')).toThrow('5 begin so: x1, x2, x3, 2 others')
  })

  test('refused where there are no revisions at all', () => {
    expect(() => resolveRevision(draftedHistory(), 'head')).toThrow('there are no revisions for sqlite in migrations')
  })
})

describe('an upgrade applies', () => {
  test('what is missing, parents first', () => {
    expect(ids(upgradePath(joined, [], 'head'))).toEqual(['a1', 'b2', 'c3', 'd4', 'm5'])
    expect(ids(upgradePath(joined, appliedRevisions(joined, 'a1', 'b2'), 'd4'))).toEqual(['d4'])
    expect(ids(upgradePath(joined, [], 'c3'))).toEqual(['a1', 'c3'])
    expect(upgradePath(joined, appliedRevisions(joined, 'a1', 'b2', 'c3', 'd4', 'm5'), 'head')).toEqual([])
  })

  test('what is older than what is applied too: nothing is skipped', () => {
    expect(ids(upgradePath(joined, appliedRevisions(joined, 'a1', 'c3'), 'head'))).toEqual(['b2', 'd4', 'm5'])
  })

  test('so many steps as are wanted, and says how many are left where those are fewer', () => {
    const applied = appliedRevisions(joined, 'a1')
    expect(ids(upgradePath(joined, applied, '+2'))).toEqual(['b2', 'c3'])
    expect(() => upgradePath(joined, applied, '+5')).toThrow('there are 4 revisions left to apply')
    expect(() => upgradePath(joined, applied, '+0')).toThrow('it is no step at all')
  })

  test('all branches where that is said, and none where nothing says which', () => {
    expect(ids(upgradePath(branched, [], 'heads'))).toEqual(['a1', 'b2', 'c3', 'd4'])
    for (const target of ['head', '+1'])
      expect(() => upgradePath(branched, [], target)).toThrow(expect.objectContaining({ code: 'MIGRATION_HEADS' }))
  })

  test('nothing where there is nothing, and refuses the way back', () => {
    expect(upgradePath(draftedHistory(), [], 'head')).toEqual([])
    for (const target of ['base', '-1'])
      expect(() => upgradePath(joined, [], target)).toThrow(
        expect.objectContaining({ remedy: `Write: terrace db downgrade ${target}` }),
      )
  })

  test('what was begun and not ended once more', () => {
    const [first, second] = appliedRevisions(joined, 'a1', 'b2')
    const applied = [...(first ? [first] : []), ...(second ? [{ ...second, state: 'upgrading' as const }] : [])]
    expect(ids(upgradePath(joined, applied, 'b2'))).toEqual(['b2'])
  })
})

describe('a downgrade takes back', () => {
  const applied = appliedRevisions(joined, 'a1', 'c3', 'b2', 'd4', 'm5')

  test('the latest first, in the order in which they were applied', () => {
    expect(ids(downgradePath(joined, applied, '-2'))).toEqual(['m5', 'd4'])
    expect(ids(downgradePath(joined, applied, 'base'))).toEqual(['m5', 'd4', 'b2', 'c3', 'a1'])
  })

  test('what comes after its target, and leaves other branches', () => {
    expect(ids(downgradePath(joined, applied, 'b2'))).toEqual(['m5', 'd4'])
    expect(ids(downgradePath(joined, applied, 'c'))).toEqual(['m5'])
    expect(downgradePath(joined, applied, 'm5')).toEqual([])
    expect(downgradePath(joined, [], 'base')).toEqual([])
  })

  test('nothing, where its target is unknown, not applied, the other way or further than there is', () => {
    const all: readonly (readonly [string, typeof applied, string])[] = [
      ['zz', applied, 'no revision has that id'],
      ['d4', appliedRevisions(joined, 'a1'), 'd4 (about d4) is not applied'],
      ['-6', applied, '5 revisions are applied'],
      ['-0', applied, 'it is no step at all'],
      ['head', applied, 'that is the way forth'],
    ]
    for (const [target, some, words] of all) expect(() => downgradePath(joined, some, target)).toThrow(words)
  })

  test('nothing, where one of them has no way back, with the step and the reason', () => {
    const history = draftedHistory(
      { revision: 'a1' },
      { revision: 'b2', parents: ['a1'], down: [{ sql: 'select 1' }, { irreversible: 'the values are gone' }] },
      { revision: 'c3', parents: ['b2'] },
    )
    const all = appliedRevisions(history, 'a1', 'b2', 'c3')
    expect(ids(downgradePath(history, all, 'b2'))).toEqual(['c3'])
    expect(() => downgradePath(history, all, 'a1')).toThrow(
      expect.objectContaining({
        code: 'MIGRATION_IRREVERSIBLE',
        message:
          'The way back is not there, and nothing was changed: b2 (about b2), step 2 of its down: the values are gone',
      }),
    )
  })
})

describe('what was applied and differs from the folder is refused:', () => {
  const step = { sql: 'create table t (a)' }
  const before = draftedHistory(
    { revision: 'a1', up: [step], down: [{ sql: 'drop table t' }] },
    { revision: 'b2', parents: ['a1'], up: [step, step], description: 'second' },
  )
  const applied = appliedRevisions(before, 'a1', 'b2')
  const refusalOf = (history: MigrationHistory): unknown => thrownBy(() => refuseDifferences(history, applied))

  test('not where nothing does', () => {
    expect(refusalOf(before)).toBeNull()
  })

  test('an edited step, more or fewer of them, or an edited way back', () => {
    const edits = [
      [
        { revision: 'a1', up: [{ sql: 'create table t (b)' }], down: [{ sql: 'drop table t' }] },
        'step 1 of its up is another one',
      ],
      [{ revision: 'a1', up: [step, step], down: [{ sql: 'drop table t' }] }, 'its up has 2 steps, and 1 were applied'],
      [{ revision: 'a1', up: [step], down: [] }, 'its down is another one'],
    ] as const
    for (const [edited, words] of edits) {
      const history = draftedHistory(edited, { revision: 'b2', parents: ['a1'], up: [step, step] })
      expect(refusalOf(history)).toMatchObject({
        code: 'MIGRATION_EDITED',
        message: `Revisions that were applied have been edited since, and nothing was changed: 1\n- a1 (about a1): ${words}. File: migrations/sqlite/a1_about_a1.ts`,
      })
    }
  })

  test('a file that is gone, told as the database knows it, with what else differs as its cause', () => {
    const history = draftedHistory({ revision: 'a1', up: [], down: [{ sql: 'drop table t' }] })
    expect(refusalOf(history)).toMatchObject({
      code: 'MIGRATION_MISSING',
      message:
        'Revisions that were applied have no file in migrations/sqlite, and nothing was changed: 1\n- b2 (second), after a1',
      cause: { code: 'MIGRATION_EDITED' },
    })
  })
})

/** Any graph: each revision after some of those before it, and their ids in any order. */
const anyGraph = fc
  .array(fc.tuple(fc.uniqueArray(fc.nat(11), { maxLength: 3 }), fc.nat(0xff_ff)), { minLength: 1, maxLength: 12 })
  .map((nodes) => {
    const names = nodes.map(([, digits], at) => `${digits.toString(16).padStart(4, '0')}${at.toString(16)}`)
    return nodes.map(([parents], at) => ({
      revision: names[at] ?? '',
      parents: parents.filter((parent) => parent < at).map((parent) => names[parent] ?? ''),
    }))
  })

test('of any graph every path has parents first, all that is missing and nothing twice, and its way back is the reverse', () => {
  fc.assert(
    fc.property(anyGraph, fc.nat(), fc.array(fc.nat(), { maxLength: 6 }), (nodes, to, done) => {
      const history = draftedHistory(...nodes)
      const target = nodes[to % nodes.length]?.revision ?? ''
      const firstDone = ancestorsOf(
        history,
        done.map((n) => nodes[n % nodes.length]?.revision ?? ''),
      )
      const before = ids(history.revisions).filter((id) => firstDone.has(id))
      const path = ids(upgradePath(history, appliedRevisions(history, ...before), target))
      const order = [...before, ...path]
      expect(new Set(order).size).toBe(order.length)
      expect(new Set(order)).toEqual(ancestorsOf(history, [target, ...before]))
      for (const [at, id] of order.entries())
        for (const parent of history.byId.get(id)?.parents ?? []) expect(order.indexOf(parent)).toBeLessThan(at)
      const applied = appliedRevisions(history, ...order)
      expect(ids(downgradePath(history, applied, 'base'))).toEqual(order.toReversed())
      const back = ids(downgradePath(history, applied, target))
      const left = order.filter((id) => !back.includes(id))
      // What stays has all its parents, and the target's own.
      expect(ancestorsOf(history, left)).toEqual(new Set(left))
      expect(left).toContain(target)
    }),
  )
})

test('no graph with a parent that is missing, twice the same id or a circle is one, and all that is wrong is told', () => {
  const drafts = [
    revisionDraft({ revision: 'a1', parents: ['c3'] }),
    revisionDraft({ revision: 'b2', parents: ['a1'] }),
    revisionDraft({ revision: 'c3', parents: ['b2'] }),
    revisionDraft({ revision: 'd4', parents: ['c3', 'e55'] }),
    revisionDraft({ revision: 'e5', description: 'one' }),
    revisionDraft({ revision: 'e5', description: 'other' }),
  ]
  const revisions = drafts.map((draft) => revisionOf('m', draft))
  expect(historyOf({ dialect: 'sqlite', folder: 'm', revisions })).toEqual({
    problems: [
      {
        file: 'm/sqlite/e5_one.ts and m/sqlite/e5_other.ts',
        problem: 'they are the same revision, e5',
        remedy: 'Keep one of them; or, if they are two, write one of them anew with terrace db revision',
      },
      {
        file: 'm/sqlite/d4_about_d4.ts',
        problem: 'its parent e55 is not there',
        remedy:
          'Restore its file, from version control or the branch that has it, or correct parents; the nearest id is e5',
      },
      {
        file: 'm/sqlite/a1_about_a1.ts and m/sqlite/b2_about_b2.ts and m/sqlite/c3_about_c3.ts',
        problem: 'they come after one another in a circle (a1, b2, c3)',
        remedy: 'Correct the parents of one of them',
      },
    ],
  })
})
