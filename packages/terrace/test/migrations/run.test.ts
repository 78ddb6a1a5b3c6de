import { expect, test } from 'vitest'
import { openDatabase, openStructure } from '../../src/connect/index.ts'
import { runDowngrade, runUpgrade, structureOf, type Revision } from '../../src/sync/index.ts'
import type { EngineName } from '../../src/testing/servers.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { runOn } from '../structure/starts/depot-state.ts'
import { shopModels, type ShopState } from './run/shop-models.ts'
import { shopOn, shopRows, withParts } from './run/shop.ts'

const engines: readonly EngineName[] = ['sqliteFile', 'postgres', 'mysql']

describeEngines(
  'revisions that are run',
  (engine) => {
    test('go up and down, each with its rows, and leave nothing to plan and nothing for a start to do', async () => {
      const { first, second, third, history } = await shopOn(engine.name)
      const { url } = await engine.fresh()
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
    })
  },
  engines,
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
