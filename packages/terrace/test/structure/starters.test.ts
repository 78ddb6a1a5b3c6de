import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { ModelDao } from '../../src/dao/index.ts'
import { unscoped, type Database, type Session } from '../../src/database/index.ts'
import type { BoundModel } from '../../src/model/index.ts'
import { serverEngines } from '../../src/testing/server-engines.ts'
import { availabilityOf, freshDatabase, type TestDatabase } from '../../src/testing/servers.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { depotModels } from './depot/depot.ts'
import { competition, takeover, type CompetitionEnd } from './starts/competition.ts'
import { reasonWithoutPgbouncer, startPgbouncer, type Pgbouncer } from './starts/pgbouncer.ts'
import { startDepot } from './starts/start-depot.ts'

/** `TERRACE_STARTER_ROUNDS=20` starts twenty processes in each of twenty rounds; else four in one, and not on MariaDB, which takes longest. */
const rounds = Number(process.env['TERRACE_STARTER_ROUNDS'] ?? 1)
const isLong = rounds > 1
const count = isLong ? 20 : 4
const longMs = isLong ? 30 * 60_000 : 60_000

const models = depotModels(1) as Readonly<Record<string, BoundModel>>

const complete: CompetitionEnd = {
  revisions: [{ door: 'startup', state: 'done' }],
  openSteps: 0,
  ownedTables: Object.keys(models).length,
  skills: [1, 2, 20],
  countries: ['CI', 'CN', 'DE'],
  leftToDo: 0,
}

const oneWorked = { exits: Array.from({ length: count }, () => '0'), workers: 1, seeded: 5, end: complete }

describeEngines(
  'processes that start at once on an empty database',
  (engine) => {
    test(
      `[edge 68] of ${count} exactly one works, seeds are there once, and all are ready`,
      async () => {
        const times: number[] = []
        for (let round = 0; round < rounds; round += 1) {
          const { readyMs, ...outcome } = await competition(count, { url: (await engine.fresh()).url, release: 1 })
          expect(outcome).toEqual(oneWorked)
          times.push(readyMs)
        }
        say(engine.name, times)
      },
      longMs,
    )

    test(
      '[edge 68] where the one that works is killed, another one takes over within five seconds',
      async () => {
        const { readyMs, ...outcome } = await takeover((await engine.fresh()).url)
        expect(outcome).toEqual({ holder: 'SIGKILL', heir: '0', end: engine.name === 'mysql' ? resumed : complete })
        // What is promised; a machine that runs other tests meanwhile is slower.
        expect(readyMs).toBeLessThan(isLong ? 5_000 : 30_000)
      },
      longMs,
    )

    test('a pool of one connection is enough', async () => {
      const { url } = await engine.fresh()
      const pool = { size: 1, overflow: 0 }
      expect(await startDepot({ url, release: 1, pool })).toMatchObject({ seeded: { length: 5 } })
      expect(await startDepot({ url, release: 1, pool })).toMatchObject({ steps: [], seeded: [] })
    })
  },
  isLong ? ['sqliteFile', 'postgres', 'mysql'] : ['sqliteFile', 'postgres'],
)

/** Where DDL commits by itself the journal keeps what the one that was killed has done. */
const resumed = {
  ...complete,
  revisions: expect.arrayContaining([...complete.revisions]) as unknown,
  openSteps: expect.any(Number) as unknown,
}

const server = await availabilityOf('postgres')
const missing = server.isAvailable ? reasonWithoutPgbouncer() : server.reason

describe.skipIf(missing !== null)(
  `processes that start at once behind PgBouncer in transaction mode${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    const databases: TestDatabase[] = []
    let pgbouncer: Pgbouncer
    beforeAll(async () => {
      pgbouncer = await startPgbouncer(serverEngines.postgres.url())
    })
    afterAll(async () => {
      await pgbouncer.stop()
      for (const database of databases) await database.drop()
    })
    const fresh = async (): Promise<string> => {
      const database = await freshDatabase('postgres')
      databases.push(database)
      return pgbouncer.through(database.url)
    }

    test(
      `[edge 68] of ${count} exactly one works, seeds are there once, and all are ready`,
      async () => {
        const times: number[] = []
        for (let round = 0; round < rounds; round += 1) {
          const { readyMs, ...outcome } = await competition(count, { url: await fresh(), release: 1 })
          expect(outcome).toEqual(oneWorked)
          times.push(readyMs)
        }
        say('PgBouncer', times)
      },
      longMs,
    )

    test('sessions find their rows, whichever server connection a transaction gets', async () => {
      // Statements that are derived by rule are prepared by name, which a pooler of this mode cannot keep before PgBouncer 1.21.
      const url = `${await fresh()}?prepare=false`
      const [one, other] = await Promise.all([openDatabase(url, { models }), openDatabase(url, { models })])
      const names = Array.from({ length: 40 }, (_, at) => `Team ${at}`)
      await Promise.all(names.map((name, at) => madeAndRead(at % 2 === 0 ? one : other, name)))
      const teams = await one.session(unscoped('test'), (session) => teamsOf(session).list())
      expect(teams.rows.map((team) => (team as { readonly name: string }).name).toSorted()).toEqual(names.toSorted())
      await Promise.all([one.close(), other.close()])
    })

    test(
      '[edge 68] where the one that works is killed, another one takes over within five seconds',
      async () => {
        const { readyMs, ...outcome } = await takeover(await fresh())
        expect(outcome).toEqual({ holder: 'SIGKILL', heir: '0', end: complete })
        // What is promised; a machine that runs other tests meanwhile is slower.
        expect(readyMs).toBeLessThan(isLong ? 5_000 : 30_000)
      },
      longMs,
    )
  },
)

function teamsOf(session: Session): ModelDao<BoundModel> {
  return new ModelDao(session, models['Team'] as BoundModel)
}

async function madeAndRead(db: Database, name: string): Promise<void> {
  await db.session(unscoped('test'), async (session) => {
    const teams = teamsOf(session)
    const made = (await teams.create({ name, leadId: null } as never)) as { readonly id: number }
    await teams.get(made.id as never)
  })
}

function say(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b).map(Math.round)
  const [least, median, most] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  console.info(
    `starters · ${name}: ${rounds} rounds of ${count}, all ready after ${median} ms (median; ${least} to ${most})`,
  )
}
