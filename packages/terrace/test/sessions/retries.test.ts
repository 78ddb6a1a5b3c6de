import { expect, test } from 'vitest'
import type { Session, SessionOptions } from '../../src/database/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { device, hitsOf, insert, openBench, rejection, sql, type SessionBench } from '../support/session-bench.ts'
import { enginesFor } from './how-long.ts'

const serializable: SessionOptions = { isolation: 'serializable' }

class Counters {
  readonly session: Session
  constructor(session: Session) {
    this.session = session
  }

  /** What was there is what the next value is made of. */
  async raise(id: string): Promise<void> {
    const { hits } = await sql(this.session)
      .selectFrom('counters')
      .select('hits')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await sql(this.session)
      .updateTable('counters')
      .set({ hits: hits + 1 })
      .where('id', '=', id)
      .execute()
  }
}

interface Run {
  readonly session: Session
  readonly counters: Counters
}

describeEngines(
  'B7 · two units that read the same row and then write it, as the engine itself judges them ·',
  (engine) => {
    async function meet(bench: SessionBench, options: SessionOptions) {
      const id = await bench.db.session(device, (session) => insert(session, 'met'))
      const runs: Run[] = []
      const hooks: string[] = []
      const [both, arrived] = [Promise.withResolvers<void>(), new Set<string>()]
      const unit = (name: string) =>
        bench.db.session(
          device,
          async (session) => {
            const counters = session.use(Counters)
            runs.push({ session, counters })
            const run = runs.length
            session.afterCommit(() => void hooks.push(`${name} committed, run ${run}`))
            await sql(session).selectFrom('counters').select('hits').where('id', '=', id).execute()
            // Each has read before either writes; a run that is repeated meets nobody.
            arrived.add(name)
            if (arrived.size === 2) both.resolve()
            await both.promise
            await counters.raise(id)
          },
          options,
        )
      const outcomes = await Promise.allSettled([unit('a'), unit('b')])
      return { id, runs, hooks, outcomes }
    }

    test('one runs again where both may: from the beginning, in a session of its own, without the hooks of the run that failed', async () => {
      const bench = await openBench(engine)
      const { id, runs, hooks, outcomes } = await meet(bench, { ...serializable, repeatable: true })
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
      expect(await hitsOf(bench, id)).toBe(2)
      expect(runs).toHaveLength(3)
      expect(new Set(runs.map(({ session }) => session)).size).toBe(3)
      expect(new Set(runs.map(({ counters }) => counters)).size).toBe(3)
      expect(runs.map(({ session }) => session.state)).toEqual(['closed', 'closed', 'closed'])
      // Of the unit that ran twice, the second run alone.
      expect(hooks).toHaveLength(2)
      expect(hooks.some((hook) => hook.endsWith('run 3'))).toBe(true)
      expect(bench.db.counts()).toMatchObject({ retried: 1 })
      await bench.db.close()
    })

    test('neither runs again where nobody has said that it may: one is refused, as a database that is busy', async () => {
      const bench = await openBench(engine)
      const { id, runs, outcomes } = await meet(bench, serializable)
      const [refused] = outcomes.filter(({ status }) => status === 'rejected')
      const { reason } = refused as PromiseRejectedResult
      expect(reason).toMatchObject({ code: 'DATABASE_BUSY', kind: 'unavailable', retryAfterSeconds: 1 })
      expect([runs.length, await hitsOf(bench, id)]).toEqual([2, 1])
      expect(bench.db.counts()).toMatchObject({ retried: 0 })
      await bench.db.close()
    })

    test('an error of the work is no conflict, whatever was met before it', async () => {
      const bench = await openBench(engine)
      let runs = 0
      const work = async (session: Session): Promise<void> => {
        runs += 1
        await insert(session, 'mine')
        throw new Error('mine')
      }
      expect(await rejection(bench.db.session(device, work, { repeatable: true }))).toEqual(new Error('mine'))
      expect(runs).toBe(1)
      await bench.db.close()
    })
  },
  enginesFor(['postgres', 'mysql'], ['postgres']),
)
