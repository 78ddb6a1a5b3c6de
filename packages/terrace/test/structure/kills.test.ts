import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../../src/testing/structures/random.ts'
import type { EngineName } from '../../src/testing/servers.ts'
import { describeEngines } from '../support/describe-engines.ts'
import type { KillPoint } from './starts/killing-driver.ts'
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

/** `all`: each statement of both ways; a number: so many of them, by chance. Without it, three of the change, and on SQLite of both. */
const wanted = process.env['TERRACE_KILLS']
const isLong = wanted !== undefined
const seed = Number(process.env['TERRACE_KILLS_SEED'] ?? (isLong ? Date.now() % 2 ** 31 : 20_261_121))
const longMs = isLong ? 4 * 3_600_000 : 120_000
const atOnce = Number(process.env['TERRACE_KILLS_AT_ONCE'] ?? (isLong ? 2 : 1))
/** What is promised; a machine that runs other tests meanwhile is slower. */
const readyWithinMs = isLong ? 10_000 : 40_000

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

    test.each(isLong || name === 'sqliteFile' ? (['creation', 'change'] as const) : (['change'] as const))(
      '[edge 68] [edge 72] is followed by one that completes the %s, without a row less and seeds once',
      async (which) => {
        const way = ways[which]
        const points = pointsOf(way, random)
        say(name, way, `${points.length} points of ${way.calls.length} statements`)
        const killed = await killedOneByOne(way, points, { scheme, atOnce })
        expect(killed.filter(({ died }) => !died)).toEqual([])
        expectComplete(way, killed)
      },
      longMs,
    )

    test.runIf(isLong)(
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
  isLong ? ['sqliteFile', 'postgres', 'mysql', 'pglite'] : ['sqliteFile', 'postgres', 'mysql'],
)

function pointsOf(way: Way, random: Random): readonly KillPoint[] {
  if (wanted === undefined) return fewPoints(way, random)
  const every = everyPoint(way)
  return wanted === 'all' ? every : random.some(every, Number(wanted), Number(wanted))
}

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
  expect(Math.max(...killed.map(({ readyMs }) => readyMs))).toBeLessThan(readyWithinMs)
}
