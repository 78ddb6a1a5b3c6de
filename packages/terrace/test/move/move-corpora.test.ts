import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moveDatabase, type MoveReport } from '../../src/connect/index.ts'
import { pullModels } from '../../src/generate/index.ts'
import { availabilityOf, freshDatabase } from '../../src/testing/servers.ts'
import { loadCorpus, noCorpora, type CorpusEngine, type CorpusName } from '../corpora/load-corpus.ts'
import { PulledFolder, type Models } from '../pull/pulled-folder.ts'
import { planOf } from '../pull/plan-of.ts'
import { rowsIn } from './filled-database.ts'

interface Journey {
  readonly corpus: CorpusName
  readonly ways: readonly CorpusEngine[]
  readonly tables: number
  readonly rows: number
}

/** With `npm run test:move`: 15,000 rows three times around take their time. */
const journeys: readonly Journey[] = [
  { corpus: 'chinook', ways: ['sqliteFile', 'postgres', 'mysql', 'sqliteFile'], tables: 11, rows: 15_607 },
  { corpus: 'chinook', ways: ['postgres', 'mysql', 'sqliteFile', 'postgres'], tables: 11, rows: 15_607 },
  { corpus: 'chinook', ways: ['mysql', 'sqliteFile', 'postgres', 'mysql'], tables: 11, rows: 15_607 },
]
const isLong = process.env['TERRACE_TEST_MOVE'] !== undefined

const servers = await Promise.all((['postgres', 'mysql'] as const).map(availabilityOf))
const missing = servers.find(
  ({ isAvailable, ...found }) => !isAvailable && !('isRequired' in found && found.isRequired),
)

describe.skipIf(!isLong || noCorpora !== null || missing !== undefined).each(journeys)(
  '$corpus, made by others, moved $ways by the models that were pulled from it',
  ({ corpus, ways, tables, rows }) => {
    let folder: PulledFolder
    beforeAll(async () => {
      folder = await PulledFolder.make()
    })
    afterAll(() => folder.remove())

    test('has equal sums everywhere, the same values at the end, and a structure with nothing to plan', async () => {
      const databases = []
      try {
        for (const engine of ways) databases.push(await freshDatabase(engine))
        const [first, ...further] = databases.map(({ url }) => url)
        const from = first ?? ''
        await loadCorpus(corpus, ways[0] ?? 'sqliteFile', from)
        const models = await folder.write(corpus, await pullModels(from))
        const reports = await alongAll(from, further, models)
        for (const report of reports) expect(report.tables).toEqual(reports[0]?.tables)
        expect(reports[0]?.tables).toHaveLength(tables)
        expect(reports[0]?.tables.reduce((sum, table) => sum + table.rows, 0)).toBe(rows)
        for (const url of further) expect(await planOf(url, models)).toEqual([])
        expect(await rowsIn(further.at(-1) ?? '', models)).toEqual(await rowsIn(from, models))
      } finally {
        for (const database of databases) await database.drop()
      }
    }, 120_000)
  },
)

async function alongAll(first: string, further: readonly string[], models: Models): Promise<readonly MoveReport[]> {
  const reports: MoveReport[] = []
  let from = first
  for (const to of further) {
    reports.push(await moveDatabase({ from, to, models }))
    from = to
  }
  return reports
}
