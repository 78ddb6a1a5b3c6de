import { expect, test } from 'vitest'
import type { Revision } from '../../sync/index.ts'
import { takenAway } from './taken-away.ts'

const rebuilding = [
  `delete from sqlite_sequence where name = '_terrace_new_goods'`,
  `insert into sqlite_sequence (name, seq) select '_terrace_new_goods', seq from sqlite_sequence where name = 'goods'`,
]

test('a rebuild on the way back deletes rows of nobody, and a statement by hand does', () => {
  expect(takenAway(goingBack(rebuilding), nothingBefore).byHand).toEqual([])
  expect(takenAway(goingBack([...rebuilding, 'delete from goods']), nothingBefore).byHand).toEqual([
    'rows that b2 changes on its way back',
  ])
})

test('a statement is read behind its comments, and each table that it drops', () => {
  const sql = [
    '-- by hand\n/* all */ update goods set price = 0',
    'drop table if exists "one", `two`, shop.three cascade',
  ]
  expect(takenAway(goingBack(sql), nothingBefore).byHand).toEqual([
    'rows that b2 changes on its way back',
    'the table one',
    'the table two',
    'the table three',
  ])
})

test('what a data step does is not known beforehand', () => {
  const { down: _, ...revision } = goingBack([])
  const down = [{ data: 'empty-prices', version: 1, run: () => Promise.resolve() }]
  expect(takenAway({ ...revision, down }, nothingBefore).byHand).toEqual([
    'what the data step empty-prices of b2 changes on its way back',
  ])
})

const nothingBefore = { byId: new Map<string, Revision>() }

function goingBack(sql: readonly string[]): Revision {
  return {
    revision: 'b2',
    parents: [],
    description: 'rename',
    dialect: 'sqlite',
    file: 'b2.ts',
    checksum: '',
    stepHashes: { up: [], down: [] },
    renames: [],
    snapshot: { tables: {} },
    up: [],
    down: [{ sql }],
  } as unknown as Revision
}
