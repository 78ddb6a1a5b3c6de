import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Statement } from '../../src/database/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import type { EngineUnderTest } from '../support/describe-engines.ts'
import { openModels } from '../support/open-models.ts'
import type { OpenModels } from '../support/open-models.ts'
import { pageEngines } from './page-engines.ts'
import { pageModels as models } from './page-models.ts'

class Samples extends Dao(models.Sample) {}

const [count, days] = [4_000, 1_000]
const dayAt = (at: number): string => new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10)

/** Before a statement, what makes an engine tell how it would run it, and what is to be found in that. */
const plans: Readonly<Record<EngineUnderTest['name'], { readonly explain: string; readonly found: RegExp }>> = {
  sqliteFile: { explain: 'explain query plan', found: /USING INDEX ix_samples_owning_day \(owning=\? AND day>\?\)/ },
  sqliteMemory: { explain: 'explain query plan', found: /USING INDEX ix_samples_owning_day \(owning=\? AND day>\?\)/ },
  pglite: { explain: 'explain', found: /ix_samples_owning_day.*Index Cond: \(\(owning = .* AND \(day >= / },
  postgres: { explain: 'explain', found: /ix_samples_owning_day.*Index Cond: \(\(owning = .* AND \(day >= / },
  mysql: { explain: 'explain', found: /"type":"range".*"key":"ix_samples_owning_day"/ },
}

describeEngines(
  'a list that goes on far behind its beginning',
  (engine) => {
    let open: OpenModels
    beforeAll(async () => {
      open = await openModels(engine, models)
    })
    afterAll(() => open?.db.close())

    test('is entered by the index over its sort, where it goes on', { timeout: 60_000 }, async () => {
      const { db, driver } = open
      const ids = [randomUUID(), randomUUID()]
      await db.session(unscoped('test'), (session) =>
        session.use(Dao(models.Device)).createMany(ids.map((id) => ({ id }))),
      )
      const rows = Array.from({ length: count }, (_, at) => ({
        name: `n${at}`,
        small: 0,
        isOpen: true,
        day: dayAt((at * 7) % days),
      }))
      for (const id of ids)
        await db.session(actingAs(models.Device, id), (session) => session.use(Samples).createMany(rows as never))
      const connection = await driver.acquire({ access: 'write', timeoutMs: 1_000 })
      if (engine.name !== 'mysql') await connection.execute({ sql: 'analyze', parameters: [], returnsRows: false })
      await driver.release(connection)

      const asked: Statement[] = []
      const acquire = driver.acquire.bind(driver)
      driver.acquire = async (options) => {
        const inner = await acquire(options)
        const execute = inner.execute.bind(inner)
        inner.execute = (statement) => {
          asked.push(statement)
          return execute(statement)
        }
        return inner
      }
      const after = { day: dayAt(990), id: randomUUID() }
      const listed = await db.session(actingAs(models.Device, ids[0] as string), (session) =>
        session.use(Samples).list({ sort: ['day'], page: { limit: 10 }, after }),
      )
      expect(listed.rows.map(({ day }) => day).every((day) => day >= after.day)).toBe(true)
      expect(listed.rows).toHaveLength(10)
      driver.acquire = acquire
      const list = asked.findLast(({ sql }) => /^select/i.test(sql)) as Statement
      const reader = await driver.acquire({ access: 'write', timeoutMs: 1_000 })
      const { explain, found } = plans[engine.name]
      const plan = await reader.execute({ sql: `${explain} ${list.sql}`, parameters: list.parameters })
      await driver.release(reader)
      expect(JSON.stringify(plan.rows)).toMatch(found)
    })
  },
  pageEngines,
)
