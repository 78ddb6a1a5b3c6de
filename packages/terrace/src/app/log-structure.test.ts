import { expect, test } from 'vitest'
import type { SyncReport } from '../connect/index.ts'
import type { Log } from '../observe/index.ts'
import { describeStructure } from './describe-structure.ts'
import { logStructure } from './log-structure.ts'

const drift = { comparison: 'different', object: 'column shops.name', live: 'text', wanted: 'integer' } as const
const quiet: SyncReport = {
  policy: 'safe',
  created: { tables: [] },
  steps: [],
  seeded: [],
  notOwned: [],
  orphaned: [],
  leftAlone: [],
  frozen: [],
  unusedAllowances: [],
  statements: 8,
  durationMs: 14.2,
}
const loud: SyncReport = {
  ...quiet,
  frozen: [{ ...drift, reason: 'it was changed by hand', remedy: 'Adopt the table', source: null }],
  unusedAllowances: ['drop-column shops.gone'],
  orphaned: ['towns'],
  notOwned: ['people'],
}

function lines(report: SyncReport): readonly string[] {
  const written: string[] = []
  const log = new Proxy({} as Log, {
    get: (_, level: string) => (facts: object, words: string) =>
      written.push(`${level} ${JSON.stringify(facts)} ${words}`),
  })
  logStructure(report, log)
  return written
}

test('a start with nothing to tell writes nothing about the structure', () => {
  expect(lines(quiet)).toEqual([])
  expect(describeStructure(quiet)).toBe('schema in sync (14 ms)')
})

test('the log warns of what was changed by hand and of allowances without use, and names tables that are no longer declared or not ours', () => {
  expect(lines(loud)).toEqual([
    'warn {"allow":["drop-column shops.gone"]} the structure was allowed what it did not need: take it out',
    'warn {"objects":[{"object":"column shops.name","live":"text","wanted":"integer","remedy":"Adopt the table"}]} ' +
      'changed by hand since Terrace made it, and left as it is',
    'info {"tables":["towns"]} made for models that are gone, and kept',
    'info {"tables":["people"]} made by others, and used as they are',
  ])
})

test('the banner says that something was changed by hand', () => {
  expect(describeStructure(loud)).toBe('schema in sync but for 1 object changed by hand (14 ms)')
})
