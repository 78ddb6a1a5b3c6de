import { afterAll, expect, test } from 'vitest'
import { graph, type BoundModel } from '../../src/model/index.ts'
import type { Snapshot } from '../../src/schema/index.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'
import { followedDatabase, type FollowedDatabase } from '../support/followed-database.ts'
import { Town } from './kept/kept-case.ts'
import { keptCases } from './kept-cases.ts'

const opened: FollowedDatabase[] = []
afterAll(async () => {
  for (const { driver } of opened.splice(0)) await driver.close()
})

async function started(
  engine: EngineUnderTest,
  models: Readonly<Record<string, BoundModel>>,
): Promise<FollowedDatabase> {
  const database = await followedDatabase(engine)
  opened.push(database)
  await database.sync(models)
  return database
}

describeEngines(
  'what stored says is kept by',
  (engine) => {
    const cases = keptCases[engine.name] ?? []
    const models = graph({ Town, ...Object.fromEntries(cases.map(({ model }, at) => [`Case${at}`, model])) })
    let database: Promise<FollowedDatabase> | null = null
    let read: Promise<Snapshot> | null = null
    const start = (): Promise<FollowedDatabase> => (database ??= started(engine, models))
    const tables = (): Promise<Snapshot> =>
      (read ??= start().then(async ({ structure }) => (await structure.introspect()).snapshot))

    test.each(cases)('a start, and nothing is left to plan: $title', async ({ model, kept, expected }) => {
      const { structure, wanted } = await start()
      const table = (await tables()).tables[model.table]
      expect(table === undefined ? undefined : kept(table)).toEqual(expected)
      plan ??= await structure.plan(wanted(models))
      const differs = [
        ...plan.steps.flatMap(({ changes }) => changes),
        ...plan.drift,
        ...plan.frozen,
        ...plan.leftAlone,
      ]
      expect(differs.filter(({ object }) => object.split(/[ .]/)[1] === model.table)).toEqual([])
    })
    let plan: Awaited<ReturnType<FollowedDatabase['structure']['plan']>> | null = null

    test('the second start, which finds nothing to do, and a comparison that asks the engine anew', async () => {
      const { sync, structure, wanted, byHand } = await start()
      expect((await sync(models)).steps).toEqual([])
      await structure.check(wanted(models))
      await byHand(`update terrace_object set declared_hash = ''`)
      await byHand(`delete from terrace_meta`)
      const { steps, drift, frozen, leftAlone } = await structure.plan(wanted(models))
      expect({ steps, drift, frozen, leftAlone }).toEqual({ steps: [], drift: [], frozen: [], leftAlone: [] })
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
