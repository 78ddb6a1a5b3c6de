import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EngineName } from '../../src/testing/servers.ts'
import { Random } from '../../src/testing/structures/random.ts'
import { describeEngines } from '../support/describe-engines.ts'
import type { LastingEngine } from '../structure/starts/database-copies.ts'
import { everyPoint, fewPoints } from '../structure/starts/kill-rounds.ts'
import type { KillPoint } from '../structure/starts/killing-driver.ts'
import { loadedStarter } from '../structure/starts/starter.ts'
import type { MigrationOrder } from './run/go-shop.ts'
import { killedOneByOne, measuredWays, migrationScript, type Way, type Ways } from './run/kill-rounds.ts'
import { migrationState } from './run/migration-state.ts'
import { shopOn, type Shop } from './run/shop.ts'

/** `all`: each statement of all ways; a number: so many of each, by chance. Without it, two up, and one down where DDL commits. */
const wanted = process.env['TERRACE_MIGRATION_KILLS']
const isLong = wanted !== undefined
const seed = Number(process.env['TERRACE_MIGRATION_KILLS_SEED'] ?? (isLong ? Date.now() % 2 ** 31 : 20_261_121))
const atOnce = Number(process.env['TERRACE_MIGRATION_KILLS_AT_ONCE'] ?? (isLong ? 2 : 1))
const longMs = isLong ? 4 * 3_600_000 : 120_000

const lasting: Partial<Record<EngineName, { readonly engine: LastingEngine; readonly scheme: string }>> = {
  sqliteFile: { engine: 'sqliteFile', scheme: 'sqlite' },
  postgres: { engine: 'postgres', scheme: 'postgres' },
  mysql: { engine: 'mysql', scheme: 'mysql' },
  pglite: { engine: 'pgliteFolder', scheme: 'pglite' },
}

describeEngines(
  'a process that is killed while it runs revisions',
  ({ name }) => {
    const { engine, scheme } = lasting[name] as { engine: LastingEngine; scheme: string }
    const random = new Random(seed)
    const isDownToo = isLong || name === 'mysql'
    let shop: Shop
    let measured: Ways
    beforeAll(async () => {
      shop = await shopOn(name)
      measured = await measuredWays(engine, shop, { isDownToo })
    }, longMs)
    afterAll(async () => measured.drop())

    const down = [
      'downgrade, then upgrade',
      ...(isLong ? ['downgrade, then downgrade', 'upgrade, then downgrade'] : []),
    ]
    test.each(['upgrade, then upgrade', ...(isDownToo ? down : [])])(
      'is followed by one that goes on: %s; each row and each step of rows is there once',
      async (which) => {
        const way = [measured.up, ...measured.others].find((each) => each.name === which) as Way
        const points = pointsOf(way, random)
        console.info(
          `migration kills · ${name} · ${which}: ${points.length} points of ${way.calls.length} statements, ` +
            `TERRACE_MIGRATION_KILLS_SEED=${seed}`,
        )
        const killed = await killedOneByOne(way, points, { scheme, planned: shop.planned, atOnce })
        expect(killed.filter(({ died }) => !died)).toEqual([])
        expect(way.goal).toMatchObject({ unfinished: [], leftovers: [] })
        expect(killed.filter(({ failure }) => failure !== null)).toEqual([])
        const others = killed.filter(({ end }) => end !== way.goal)
        expect(others[0]?.end ?? way.goal).toEqual(way.goal)
        expect(others.map(({ at }) => at)).toEqual([])
      },
      longMs,
    )

    // A folder of the embedded engine belongs to one process.
    test.runIf(isLong && name !== 'pglite')(
      'is one of three that begin at once: each revision is applied by one of them, and nobody fails',
      async () => {
        const { up } = measured
        const database = await up.begin()
        const starters = await Promise.all([1, 2, 3].map(() => loadedStarter(scheme, migrationScript)))
        const order: MigrationOrder = { url: database.url, direction: 'upgrade', planned: shop.planned }
        for (const starter of starters) starter.start(order)
        const exits = await Promise.all(starters.map(({ exit }) => exit))
        expect(exits.map(({ code, errorText }) => [code, errorText])).toEqual(exits.map(() => [0, '']))
        const done = exits.flatMap(({ answer }) => (answer as unknown as { readonly done: readonly string[] }).done)
        expect(done.toSorted()).toEqual(shop.history.revisions.slice(1).map(({ revision }) => revision))
        expect(await migrationState(database.url)).toEqual(up.goal)
        await database.drop()
      },
      longMs,
    )
  },
  process.env['TERRACE_TEST_ALL'] === undefined
    ? ['sqliteFile', 'postgres', 'mysql']
    : ['sqliteFile', 'postgres', 'mysql', 'pglite'],
)

function pointsOf(way: Way, random: Random): readonly KillPoint[] {
  if (wanted === undefined) return fewPoints(way, random).slice(0, way.direction === 'upgrade' ? 2 : 1)
  const every = everyPoint(way)
  return wanted === 'all' ? every : random.some(every, Number(wanted), Number(wanted))
}
