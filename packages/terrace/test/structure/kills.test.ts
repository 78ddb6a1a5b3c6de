import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../../src/testing/structures/random.ts'
import type { EngineName } from '../../src/testing/servers.ts'
import { describeEngines } from '../support/describe-engines.ts'
import type { LastingEngine } from './starts/database-copies.ts'
import {
  everyPoint,
  fewPoints,
  killedOneByOne,
  measuredWays,
  type Killed,
  type Way,
  type Ways,
} from './starts/kill-rounds.ts'

/** `all`: each statement of both ways, and twenty random times; else three points of each way. */
const isAll = process.env['TERRACE_KILLS'] === 'all'
const seed = Number(process.env['TERRACE_KILLS_SEED'] ?? Date.now() % 2 ** 31)
const longMs = isAll ? 3 * 3_600_000 : 120_000
const atOnce = isAll ? 2 : 1

const lasting: Partial<Record<EngineName, { readonly engine: LastingEngine; readonly scheme: string }>> = {
  sqliteFile: { engine: 'sqliteFile', scheme: 'sqlite' },
  postgres: { engine: 'postgres', scheme: 'postgres' },
  mysql: { engine: 'mysql', scheme: 'mysql' },
  pglite: { engine: 'pgliteFolder', scheme: 'pglite' },
}

describeEngines(
  'a process that is killed while it follows the models',
  ({ name }) => {
    const { engine, scheme } = lasting[name] as { engine: LastingEngine; scheme: string }
    const random = new Random(seed)
    let ways: Ways
    beforeAll(async () => {
      ways = await measuredWays(engine)
    }, longMs)
    afterAll(async () => ways.drop())

    test.each(['creation', 'change'] as const)(
      '[edge 68] [edge 72] is followed by one that completes the %s, without a row less and seeds once',
      async (which) => {
        const way = ways[which]
        const points = isAll ? everyPoint(way) : fewPoints(way, random)
        say(name, way, `${points.length} points of ${way.calls.length} statements`)
        const killed = await killedOneByOne(way, points, { scheme, atOnce })
        expect(killed.filter(({ died }) => !died)).toEqual([])
        expectComplete(way, killed)
      },
      longMs,
    )

    test.runIf(isAll)(
      '[edge 68] is followed by one that completes, whenever it was',
      async () => {
        expect.hasAssertions()
        for (const way of [ways.creation, ways.change]) {
          const times = Array.from({ length: 10 }, () => ({ afterMs: random.next() * way.durationMs }))
          say(name, way, `${times.length} random times within ${Math.round(way.durationMs)} ms`)
          expectComplete(way, await killedOneByOne(way, times, { scheme, atOnce }))
        }
      },
      longMs,
    )
  },
  isAll ? ['sqliteFile', 'postgres', 'mysql', 'pglite'] : ['sqliteFile', 'postgres', 'mysql'],
)

function say(engine: string, way: Way, what: string): void {
  console.info(`kills · ${engine} · ${way.name}: ${what}, TERRACE_KILLS_SEED=${seed}`)
}

function expectComplete({ goal }: Way, killed: readonly Killed[]): void {
  expect(goal.again).toMatchObject({ steps: [], seeded: [], frozen: [], notOwned: [] })
  expect(goal.state).toMatchObject({ unfinished: [], leftovers: [] })
  const others = killed.filter(({ end, failure }) => failure === null && end !== goal)
  expect(others[0]?.end ?? goal).toEqual(goal)
  expect(others.map(({ at }) => at)).toEqual([])
  expect(killed.filter(({ failure }) => failure !== null)).toEqual([])
  expect(Math.max(...killed.map(({ readyMs }) => readyMs))).toBeLessThan(10_000)
}
