import { describe, expect, it } from 'vitest'
import { Dao } from 'terrace/dao'
import { moveDatabase, openDatabase, unscoped } from 'terrace/database'
import { availabilityOf, freshDatabase, testClient } from 'terrace/testing'
import type { EngineName } from 'terrace/testing'
import { app } from '../src/app.ts'
import { transcriptOf } from './support/transcript.ts'
import { walk } from './support/walk.ts'

/** Once around with `npm run test:move`. */
const ways: readonly EngineName[] =
  process.env['TERRACE_TEST_MOVE'] === undefined
    ? ['sqliteFile', 'postgres']
    : ['sqliteFile', 'postgres', 'mysql', 'sqliteFile']
const missing = (await Promise.all(ways.map(availabilityOf))).find(({ isAvailable }) => !isAvailable)

/** Every row, also those in the trash, as the API's own DAOs read them. */
async function rowsIn(url: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const database = await openDatabase(url, { models: app.models, structure: 'check' })
  try {
    return await database.session(unscoped('compares what was moved'), async (session) => {
      const found: Record<string, readonly unknown[]> = {}
      for (const [name, bound] of Object.entries(app.models)) {
        const dao = new (Dao(bound))(session) as unknown as Lister
        found[name] = (await dao.list({ deleted: 'with', sort: ['id'] })).rows
      }
      return found
    })
  } finally {
    await database.close()
  }
}

interface Lister {
  list(options: object): Promise<{ readonly rows: readonly unknown[] }>
}

describe.skipIf(missing !== undefined)('CountOnMe after a day, moved from engine to engine', () => {
  it('has every row everywhere, and an app that starts on it has nothing to do', { timeout: 60_000 }, async () => {
    const databases = []
    try {
      for (const engine of ways) databases.push(await freshDatabase(engine))
      const [first = '', ...further] = databases.map(({ url }) => url)
      const database = await openDatabase(first, { models: app.models })
      const client = await testClient(app, { database })
      await walk(transcriptOf(client))
      await client.close()
      await database.close()
      const rows = await rowsIn(first)
      expect(Object.values(rows).filter((each) => each.length > 0)).toHaveLength(Object.keys(app.models).length)
      let from = first
      for (const to of further) {
        const { tables } = await moveDatabase({ from, to, models: app.models })
        expect(tables.reduce((sum, table) => sum + table.rows, 0)).toBe(Object.values(rows).flat().length)
        expect(await rowsIn(to)).toEqual(rows)
        from = to
      }
    } finally {
      for (const { drop } of databases) await drop()
    }
  })
})
