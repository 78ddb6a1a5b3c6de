import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase, openStructure } from '../../src/connect/index.ts'
import { runDowngrade, runUpgrade, structureOf, type Revision } from '../../src/sync/index.ts'
import type { EngineName } from '../../src/testing/servers.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'
import { emptyDatabase } from '../structure/starts/database-copies.ts'
import { runOn } from '../structure/starts/depot-state.ts'
import { historyOf, revisionFrom, type Planned } from './run/revisions.ts'
import { shopModels, type ShopState } from './run/shop-models.ts'
import { shopOn, shopRows, withParts } from './run/shop.ts'

const isAll = process.env['TERRACE_TEST_ALL'] !== undefined
const engines: readonly EngineName[] = ['sqliteFile', 'postgres', 'mysql', ...(isAll ? (['pglite'] as const) : [])]

/** One that outlives whoever opens it. */
async function lastingUrl(engine: EngineUnderTest): Promise<string> {
  if (engine.name !== 'pglite') return (await engine.fresh()).url
  const folder = await emptyDatabase('pgliteFolder')
  onTestFinished(() => folder.drop())
  return folder.url
}

describeEngines(
  'revisions that are run',
  (engine) => {
    test(
      'go up and down, each with its rows, and leave nothing to plan and nothing for a start to do',
      async () => {
        const { first, second, third, history } = await shopOn(engine.name)
        const url = await lastingUrl(engine)
        await withParts(url, (parts) => runUpgrade(parts, { history, path: [first] }))
        for (const sql of shopRows) await runOn(url, sql)
        await expectAtHead(url, 'first')
        const told: string[] = []
        const observer = {
          begun: ({ revision }: Revision, direction: string) => told.push(`${direction} ${revision}`),
          step: ({ revision }: Revision, { n, of }: { n: number; of: number }) =>
            void (n === of && told.push(`${revision} ${n}/${of}`)),
          done: ({ revision }: Revision, direction: string) => told.push(`${direction} ${revision} done`),
        }
        const done = await withParts(url, (parts) => runUpgrade(parts, { history, path: [second, third], observer }))
        expect(done).toEqual([second, third])
        expect(told).toEqual([
          'upgrade bb02',
          `bb02 ${second.up.length}/${second.up.length}`,
          'upgrade bb02 done',
          'upgrade cc03',
          `cc03 ${third.up.length}/${third.up.length}`,
          'upgrade cc03 done',
        ])
        expect(await runOn(url, 'select name, note, stock, barcode from products order by id')).toEqual([
          { name: 'Bread', note: 'brown', stock: 116, barcode: 'B1' },
          { name: 'Milk', note: null, stock: 118, barcode: 'B2' },
          { name: 'Ham', note: 'smoked', stock: 111, barcode: 'B3' },
        ])
        await expectAtHead(url, 'third')
        await withParts(url, (parts) => runDowngrade(parts, { history, path: [third] }))
        await expectAtHead(url, 'second')
        await withParts(url, (parts) => runDowngrade(parts, { history, path: [second] }))
        await expectAtHead(url, 'first')
        expect(await runOn(url, 'select name, label, stock from products order by id')).toEqual([
          { name: 'Bread', label: 'brown', stock: 5 },
          { name: 'Milk', label: null, stock: 7 },
          { name: 'Ham', label: 'smoked', stock: 0 },
        ])
        await withParts(url, (parts) => runDowngrade(parts, { history, path: [first] }))
        expect(await runOn(url, 'select * from terrace_object')).toEqual([])
        expect(await runOn(url, 'select * from terrace_revision')).toEqual([])
        const { snapshot, hasJournal } = await withParts(url, (parts) => structureOf(parts).introspect())
        expect([snapshot.tables, hasJournal]).toEqual([{}, true])
      },
      isAll ? 300_000 : 60_000,
    )
  },
  engines,
)

describeEngines(
  'a revision of tables that refer to each other',
  (engine) => {
    test('is rolled back where it leaves rows without the row that they refer to, which no engine looks at meanwhile', async () => {
      const { first, history, planned } = await shopOn(engine.name)
      const { url } = await engine.fresh()
      await withParts(url, (parts) => runUpgrade(parts, { history, path: [first] }))
      for (const sql of shopRows) await runOn(url, sql)
      const [one] = planned as [Planned]
      const up = [{ sql: 'delete from products where id = 1' }]
      const losing = revisionFrom(one, { revision: 'ff06', parents: ['aa01'], up, down: [] })
      const run = { history: historyOf([first, losing]), path: [losing] }
      await expect(withParts(url, (parts) => runUpgrade(parts, run))).rejects.toMatchObject({
        code: 'STRUCTURE_KEYS_BROKEN',
        values: { list: 'portions → products: 2' },
      })
      expect(await runOn(url, 'select count(*) as n from products')).toEqual([{ n: 3 }])
    })
  },
  ['sqliteFile'],
)

describeEngines(
  'a revision that waits for a table',
  (engine) => {
    test.runIf(isAll)(
      'gives up before others have waited for long, and is tried again as a whole until it goes',
      async () => {
        const { first, second, history } = await shopOn(engine.name)
        const { url } = await engine.fresh()
        await withParts(url, (parts) => runUpgrade(parts, { history, path: [first] }))
        for (const sql of shopRows) await runOn(url, sql)
        const told: string[] = []
        const observer = { begun: () => void told.push('begun'), waiting: () => void told.push('waiting') }
        await withParts(url, async ({ driver }) => {
          const reader = await driver.acquire({ access: 'write', timeoutMs: 5_000 })
          await reader.begin({ isolation: 'readCommitted', readOnly: false })
          await reader.execute({ sql: 'select * from products', parameters: [] })
          const running = withParts(url, (parts) => runUpgrade(parts, { history, path: [second], observer }))
          await sleep(4_500)
          expect(told).toContain('waiting')
          await reader.commit()
          expect(await running).toEqual([second])
          await driver.release(reader)
        })
        expect(told.filter((word) => word === 'begun')).toEqual(['begun'])
        expect(await runOn(url, 'select stock from products order by id')).toEqual([
          { stock: 15 },
          { stock: 17 },
          { stock: 10 },
        ])
      },
      60_000,
    )
  },
  ['postgres', 'mysql'],
)

/** The models of a revision differ in nothing from the database, and a start has nothing to do. */
async function expectAtHead(url: string, state: ShopState): Promise<void> {
  const models = shopModels[state]()
  const structure = await openStructure(url, { models })
  const plan = await structure.plan()
  await structure.close()
  expect(plan).toMatchObject({ steps: [], drift: [], frozen: [], leftAlone: [], renames: [] })
  const reports: unknown[] = []
  const database = await openDatabase(url, { models, structureObserver: { done: (report) => reports.push(report) } })
  await database.close()
  expect(reports).toMatchObject([{ steps: [], frozen: [], notOwned: [], orphaned: [], leftAlone: [] }])
}
