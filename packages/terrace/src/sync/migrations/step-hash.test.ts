import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MigrationStep } from './migration.ts'
import { newRevisionId } from './revision-id.ts'
import { slugOf } from './slug-of.ts'
import { hashesOf, stepHash } from './step-hash.ts'

const anySql = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '')
const anyCheck = fc.record({ sql: anySql, rows: anySql, remedy: anySql }, { requiredKeys: ['sql', 'rows'] })
const anyStep: fc.Arbitrary<MigrationStep> = fc.oneof(
  fc.record(
    {
      sql: fc.array(anySql, { minLength: 1, maxLength: 3 }),
      refuseIf: fc.array(anyCheck),
      transaction: fc.constant(false as const),
    },
    { requiredKeys: ['sql'] },
  ),
  fc.record({ data: anySql, version: fc.integer({ min: 1 }), run: fc.constant(async () => {}) }),
  fc.record({ irreversible: anySql }),
)
const anySpace = fc.stringMatching(/^[ \t\n\r]{0,3}$/)

describe('the checksum of a revision', () => {
  test('is the same however its statements are ended, indented and wrapped in lists, and whatever is said of them', () => {
    fc.assert(
      fc.property(anyStep, anySpace, anySpace, (step, before, behind) => {
        const spaced = (text: string): string => `${before}${text.replaceAll(/\r\n?|\n/g, '\r\n')}${behind}`
        expect(stepHash(reworded(step, spaced))).toBe(stepHash(step))
      }),
    )
    expect(stepHash({ sql: ['select 1'] })).toBe(stepHash({ sql: 'select 1' }))
    expect(stepHash({ sql: 'select 1', refuseIf: [] })).toBe(stepHash({ sql: 'select 1' }))
  })

  test('is another one for anything else', () => {
    const different: readonly MigrationStep[] = [
      { sql: 'select 1' },
      { sql: 'select  1' },
      { sql: 'SELECT 1' },
      { sql: ['select 1', 'select 1'] },
      { sql: ['select 1;select 1'] },
      { sql: 'select 1', transaction: false },
      { sql: 'select 1', refuseIf: [{ sql: 'select 2', rows: 'x' }] },
      { sql: 'select 1', refuseIf: [{ sql: 'select 3', rows: 'x' }] },
      { data: 'select 1', version: 1, run: async () => {} },
      { data: 'select 1', version: 2, run: async () => {} },
      { irreversible: 'select 1' },
    ]
    expect(new Set(different.map(stepHash)).size).toBe(different.length)
  })

  test('knows the order of its steps and which way they lead', () => {
    const [a, b] = [{ sql: 'a' }, { sql: 'b' }]
    const all = [
      { up: [a, b], down: [] },
      { up: [b, a], down: [] },
      { up: [a], down: [b] },
      { up: [], down: [a, b] },
      { up: [{ sql: ['a', 'b'] }], down: [] },
    ]
    expect(new Set(all.map((each) => hashesOf(each).checksum)).size).toBe(all.length)
    expect(hashesOf({ up: [a, b], down: [b] }).stepHashes).toEqual({
      up: [stepHash(a), stepHash(b)],
      down: [stepHash(b)],
    })
  })
})

function reworded(step: MigrationStep, spaced: (text: string) => string): MigrationStep {
  if ('data' in step) return { ...step, run: async () => Promise.reject(new Error('another function')) }
  if ('irreversible' in step) return { irreversible: 'another reason' }
  const { sql, refuseIf, transaction } = step
  return {
    sql: typeof sql === 'string' ? spaced(sql) : sql.map(spaced),
    ...(refuseIf === undefined
      ? {}
      : { refuseIf: refuseIf.map((check) => ({ sql: spaced(check.sql), rows: 'others' })) }),
    ...(transaction === undefined ? {} : { transaction }),
  }
}

test('ids sort by time, and differ within one second', () => {
  const early = newRevisionId(new Date('2026-11-21T09:30:00.999Z'))
  const late = newRevisionId(new Date('2026-11-21T09:30:01Z'))
  expect(early).toMatch(/^20261121093000[0-9a-f]{4}$/)
  expect(early < late).toBe(true)
  const many = new Set(Array.from({ length: 50 }, () => newRevisionId(new Date(0))))
  expect(many.size).toBeGreaterThan(40)
})

test('an id sorts behind its parents, however many there are of one second, and where their clock goes ahead', () => {
  const now = new Date('2026-12-31T23:59:59Z')
  const chain = [newRevisionId(now)]
  for (let n = 0; n < 100; n += 1) chain.push(newRevisionId(now, ['ours', '20200101000000ffff', ...chain.slice(-1)]))
  expect(chain.toSorted()).toEqual(chain)
  expect(new Set(chain.map((id) => id.length))).toEqual(new Set([18]))
  expect(newRevisionId(now, ['20261231235959ffff'])).toMatch(/^20270101000000/)
})

test.each([
  ['add barcode', 'add_barcode'],
  ['Add  Barcode!', 'add_barcode'],
  ['Ärger über Größen', 'arger_uber_grossen'],
  ['添加条形码', 'revision'],
  ['添加 barcode 🍞', 'barcode'],
  ['🍞', 'revision'],
  ['', 'revision'],
  ['../../etc/passwd', 'etc_passwd'],
  ['one two three four five six seven eight nine ten', 'one_two_three_four_five_six_seven_eight'],
  ['a word that is far too longforanameofafile to stay', 'a_word_that_is_far_too'],
  ['x'.repeat(100), 'x'.repeat(40)],
])('%s is in the name of a file %s', (description, slug) => {
  expect(slugOf(description)).toBe(slug)
})

test('of any description a name of a file is short and plain', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(slugOf(text)).toMatch(/^[a-z0-9_]{1,40}$/)
    }),
  )
})
