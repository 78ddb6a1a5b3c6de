import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { postgresDialect } from '../../src/dialects/postgres/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { depotGraph } from './depot/depot.ts'
import { withRows } from './depot/depot-rows.ts'
import { killingDriver } from './starts/killing-driver.ts'
import { startDepot } from './starts/start-depot.ts'

/** As long as an ALTER may stand in line, and what a slow machine adds. */
const mostMs = 3_000 + 2_000

describeEngines(
  'a start that wants to alter a table that somebody is reading',
  (engine) => {
    test.runIf(Number(process.env['TERRACE_STARTER_ROUNDS'] ?? 1) > 1)(
      '[edge 42] stands back after three seconds and tries the whole plan again, so that others are not kept for long',
      async () => {
        const { url } = await engine.fresh()
        await startDepot({ url, release: 1, graph: await withRows(depotGraph(1)) })
        const driver = await postgresDialect.open({ url, pool: {} })
        const reader = await driver.acquire({ access: 'read', timeoutMs: 1_000 })
        await reader.begin({ isolation: 'readCommitted', readOnly: true })
        await reader.execute({ sql: 'select count(*) from products', parameters: [] })

        const calls: string[] = []
        const start = { isReady: false }
        const starting = startDepot({
          url,
          release: 2,
          through: (inner) => killingDriver(inner, null, (call) => calls.push(call)),
        }).finally(() => (start.isReady = true))
        const others = othersRead(url, () => start.isReady)
        // Reads until the start has stood back once.
        while (!calls.includes('rollback') && !start.isReady) await sleep(20)
        const isReadyTooEarly = start.isReady
        await reader.commit()
        await driver.release(reader)
        const report = await starting

        expect(isReadyTooEarly).toBe(false)
        expect(calls.filter((call) => call === 'rollback').length).toBeGreaterThan(0)
        expect(report.steps.length).toBeGreaterThan(0)
        expect(await others).toBeLessThan(mostMs)
        expect(await startDepot({ url, release: 2, anew: true })).toMatchObject({ steps: [], seeded: [] })
        await driver.close()
      },
      60_000,
    )
  },
  ['postgres'],
)

/** Reads the table again and again, as requests do; gives the longest time that one waited, in milliseconds. */
async function othersRead(url: string, isOver: () => boolean): Promise<number> {
  const driver = await postgresDialect.open({ url, pool: {} })
  const connection = await driver.acquire({ access: 'read', timeoutMs: 1_000 })
  let longest = 0
  while (!isOver()) {
    const startedAt = performance.now()
    await connection.execute({ sql: 'select id from products limit 1', parameters: [] })
    longest = Math.max(longest, performance.now() - startedAt)
    await sleep(20)
  }
  await driver.release(connection)
  await driver.close()
  return longest
}
