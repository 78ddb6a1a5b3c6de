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
    'rows that b2 deletes on its way back',
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
