import { expect, test } from 'vitest'
import type { Session, SessionOptions } from '../../src/database/index.ts'
import { Random } from '../../src/testing/structures/random.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { device, insert, openBench, sql, type SessionBench } from '../support/session-bench.ts'
import { enginesFor, isLong, longMs } from './how-long.ts'

const clients = 50
const units = Number(process.env['TERRACE_SESSIONS_UNITS'] ?? (isLong ? 5_000 : 100))
const seed = Number(process.env['TERRACE_SESSIONS_SEED'] ?? (isLong ? Date.now() % 2 ** 31 : 20_261_121))

/** How a unit makes sure that what it has read is still so when it writes. */
const ways = [
  { isolation: 'readCommitted', reads: 'locking' },
  { isolation: 'serializable', reads: 'plain' },
] as const

type Way = (typeof ways)[number]

describeEngines(
  `B7 · ${clients} clients on 10 rows, two of them in each unit, in any order ·`,
  (engine) => {
    const short = engine.name === 'postgres' ? ways.filter(({ isolation }) => isolation === 'serializable') : ways
    test.each(isLong ? ways : short)(
      '$isolation, $reads reads: 99.9 % succeed, no update is lost, none is half done',
      async (way) => {
        const bench = await openBench(engine)
        const ids: string[] = []
        for (let row = 0; row < 10; row += 1)
          ids.push(await bench.db.session(device, (session) => insert(session, `row ${row}`)))
        const startedAt = performance.now()
        const outcomes = await crowd(bench, ids, way)
        const seconds = (performance.now() - startedAt) / 1_000

        const acknowledged = outcomes.filter((code) => code === null).length
        const sums = await bench.db.session(device, (session) =>
          sql(session).selectFrom('counters').select(['hits']).execute(),
        )
        // Each acknowledged unit has added 1 to one row and 1000 to another.
        const sum = sums.reduce((total, { hits }) => total + hits, 0)
        expect(sum).toBe(acknowledged * 1_001)
        const { stats, counts } = { stats: bench.db.stats(), counts: bench.db.counts() }
        expect({ inUse: stats.size - stats.idle, waiting: stats.waiting }).toEqual({ inUse: 0, waiting: 0 })
        if (isLong) report(engine.name, way, { outcomes, seconds, retried: counts.retried })
        // What fails says so as a database that is busy, to come back to.
        expect(outcomes.filter((code) => code !== null && code !== 'DATABASE_BUSY')).toEqual([])
        expect(acknowledged / units).toBeGreaterThanOrEqual(0.999)
        await bench.db.close()
      },
      longMs,
    )
  },
  enginesFor(['sqliteFile', 'sqliteMemory', 'postgres', 'mysql'], ['sqliteFile', 'postgres']),
)

/** The error of each unit; null for those that were committed. */
async function crowd(bench: SessionBench, ids: readonly string[], way: Way): Promise<readonly (string | null)[]> {
  const random = new Random(seed)
  const options: SessionOptions = {
    repeatable: true,
    ...(way.isolation === 'serializable' ? { isolation: 'serializable' } : {}),
  }
  const outcomes: (string | null)[] = []
  let next = 0
  const client = async (): Promise<void> => {
    while (next < units) {
      next += 1
      const [one, other] = random.some(ids, 2, 2) as [string, string]
      const work = async (session: Session): Promise<void> => {
        await add(session, { id: one, by: 1, way })
        await add(session, { id: other, by: 1_000, way })
      }
      outcomes.push(
        await bench.db.session(device, work, options).then(
          () => null,
          (error: { readonly code?: string }) => error.code ?? String(error),
        ),
      )
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return outcomes
}

interface Addition {
  readonly id: string
  readonly by: number
  readonly way: Way
}

/** Reads, decides, writes. */
async function add(session: Session, { id, by, way }: Addition): Promise<void> {
  const query = sql(session).selectFrom('counters').select('hits').where('id', '=', id)
  const { hits } = await (way.reads === 'locking' ? query.forUpdate() : query).executeTakeFirstOrThrow()
  await sql(session)
    .updateTable('counters')
    .set({ hits: hits + by })
    .where('id', '=', id)
    .execute()
}

interface Figures {
  readonly outcomes: readonly (string | null)[]
  readonly seconds: number
  readonly retried: number
}

function report(engine: string, { isolation, reads }: Way, { outcomes, seconds, retried }: Figures): void {
  const failed = outcomes.filter((code) => code !== null)
  const share = ((100 * (outcomes.length - failed.length)) / outcomes.length).toFixed(2)
  console.info(
    `contention · ${engine} · ${isolation}, ${reads} reads: ${outcomes.length} units in ${seconds.toFixed(1)} s, ${share} % succeeded, ` +
      `${retried} runs again, ${failed.length} failed (${[...new Set(failed)].join(', ')}); TERRACE_SESSIONS_SEED=${seed}`,
  )
}
