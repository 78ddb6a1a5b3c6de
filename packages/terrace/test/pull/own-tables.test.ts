import { afterAll, expect, test, vi } from 'vitest'
import { models as countOnMe } from '../../../../apps/countonme/src/models.ts'
import { openDatabase } from '../../src/connect/index.ts'
import { pullModels } from '../../src/generate/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { planOf, withStructureOf } from './plan-of.ts'
import { PulledFolder } from './pulled-folder.ts'

// Databases are made and dropped, and a compiler is started, beside other tests.
vi.setConfig({ testTimeout: 60_000 })

const folder = await PulledFolder.make()
afterAll(() => folder.remove())

describeEngines(
  'a database that Terrace has made itself',
  (engine) => {
    test('is pulled back: nothing to do for the models that are read, nor for its own', async () => {
      const { url } = await engine.fresh()
      await (await openDatabase(url, { models: countOnMe })).close()
      const pulled = await pullModels(url)
      expect(pulled.tables.toSorted()).toEqual(
        Object.values(countOnMe)
          .map(({ table }) => table)
          .toSorted(),
      )
      expect(pulled.left).toEqual([])
      const models = await folder.write(engine.name, pulled)
      expect(await planOf(url, models)).toEqual([])
      await withStructureOf(url, models, (structure) => structure.adopt())
      expect(await planOf(url, models)).toEqual([])
      expect(await planOf(url, countOnMe)).toEqual([])
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

test('what is pulled type-checks', async () => {
  expect(await folder.typeErrors()).toBe('')
})
