import { describe, expect, test } from 'vitest'
import { moveDatabase } from '../../src/connect/index.ts'
import { bytes, graph, identity, integer, model, text, type BoundModel } from '../../src/model/index.ts'
import { availabilityOf, freshDatabase, type EngineName } from '../../src/testing/servers.ts'
import { byHand } from './by-hand.ts'
import { fillDatabase, rowsIn, type Rows } from './filled-database.ts'

type Models = Readonly<Record<string, BoundModel>>

const servers = await Promise.all((['postgres', 'mysql'] as const).map(availabilityOf))
const isReady = servers.every(({ isAvailable }) => isAvailable)
const isLong = process.env['TERRACE_TEST_MOVE'] !== undefined

interface Way {
  readonly engines: readonly [EngineName, EngineName]
  readonly models: Models
  readonly rows: Rows
}

async function moved({ engines, models, rows }: Way, work: (from: string, to: string) => Promise<void>): Promise<void> {
  const [from, to] = [await freshDatabase(engines[0]), await freshDatabase(engines[1])]
  try {
    await fillDatabase(from.url, models, rows)
    await work(from.url, to.url)
  } finally {
    await from.drop()
    await to.drop()
  }
}

describe.skipIf(!isLong || !isReady)('what is moved at the limits of an engine', () => {
  test('a batch that is larger than one statement may be comes in several', { timeout: 120_000 }, async () => {
    const Scan = model('scans', { id: integer().primaryKey(), image: bytes(), words: text() })
    const models = graph({ Scan }) as Models
    const image = new Uint8Array(900_000).fill(39)
    // Small rows first, from which the size of a batch is learnt.
    const rows = {
      Scan: Array.from({ length: 160 }, (_, id) =>
        id < 120 ? { id, image: new Uint8Array(1), words: '' } : { id, image, words: '中'.repeat(10_000) },
      ),
    }
    await moved({ engines: ['sqliteFile', 'mysql'], models, rows }, async (from, to) => {
      const { tables } = await moveDatabase({ from, to, models })
      expect(tables[0]?.rows).toBe(160)
    })
  })

  test(
    'a row that no statement of the target can have is told, and the rest goes on without it',
    { timeout: 120_000 },
    async () => {
      const Scan = model('scans', { id: integer().primaryKey(), words: text() })
      const models = graph({ Scan }) as Models
      const rows = { Scan: [1, 2, 3].map((id) => ({ id, words: id === 2 ? 'x'.repeat(20_000_000) : 'small' })) }
      await moved({ engines: ['sqliteFile', 'mysql'], models, rows }, async (from, to) => {
        const [limit] = await byHand(to, 'select @@max_allowed_packet as bytes')
        expect(Number(limit?.['bytes'])).toBeLessThan(20_000_000)
        await expect(moveDatabase({ from, to, models })).rejects.toMatchObject({
          code: 'MOVE_VALUE',
          message: expect.stringMatching(/key \(2\) .*: it is longer than the target takes/) as string,
        })
        await byHand(from, `update "scans" set "words" = 'short' where "id" = 2`)
        expect((await moveDatabase({ from, to, models })).tables[0]?.rows).toBe(3)
      })
    },
  )

  test(
    'a numbering that takes no number from outside gets those of the rows, and then its own',
    { timeout: 60_000 },
    async () => {
      const Good = model('goods', {
        id: identity().stored({ postgres: { identity: 'always' } }),
        word: text(),
      })
      const models = graph({ Good }) as Models
      const rows = { Good: ['a', 'b', 'c'].map((word) => ({ word })) }
      await moved({ engines: ['postgres', 'postgres'], models, rows }, async (from, to) => {
        await byHand(from, 'delete from "goods" where "word" = \'a\'')
        await moveDatabase({ from, to, models })
        await expect(byHand(to, `insert into "goods" ("id", "word") values (9, 'no')`)).rejects.toMatchObject({
          name: 'DriverError',
        })
        await fillDatabase(to, models, { Good: [{ word: 'd' }] })
        expect((await rowsIn(to, models))['Good']?.map(({ id }) => id)).toEqual([2, 3, 4])
      })
    },
  )
})
