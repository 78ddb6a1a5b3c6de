import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { describeEngines } from '../../test/support/describe-engines.ts'
import {
  committed,
  device,
  hit,
  hitsOf,
  insert,
  labels,
  openBench,
  rejection,
  sql,
  type BenchOptions,
  type SessionBench,
} from '../../test/support/session-bench.ts'
import { createSqliteDialect } from '../dialects/sqlite/index.ts'
import { consequencesOf, DriverError, type DriverErrorKind } from './driver-error.ts'
import type { Session, SessionOptions } from './session.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })
const repeatable: SessionOptions = { repeatable: true }

/** As an engine would report it, where the real thing cannot be brought about at a chosen moment. */
function reported(kind: DriverErrorKind): DriverError {
  const facts = { kind, ...consequencesOf[kind], table: null, constraint: null, columns: null }
  return new DriverError(kind, facts, new Error('brought about by the test'))
}

const benches: SessionBench[] = []
afterEach(async () => {
  for (const { db } of benches.splice(0)) await db.close()
})

type Engine = Parameters<typeof openBench>[0]

async function bench(engine: Engine, options?: BenchOptions): Promise<SessionBench> {
  const made = await openBench(engine, options)
  benches.push(made)
  return made
}

/** Both callers go on once both have arrived, the first time; later calls pass at once. */
function meetingOfTwo(): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let arrived = 0
  return () => {
    if ((arrived += 1) === 2) resolve()
    return promise
  }
}

describeEngines(
  'units that get into each other’s way',
  (engine) => {
    async function crossing(options: SessionOptions) {
      const it = await bench(engine)
      const [a, b] = await it.db.session(device, async (session) => [
        await insert(session, 'a'),
        await insert(session, 'b'),
      ])
      const met = meetingOfTwo()
      const cross = (first: string, second: string): Promise<void> =>
        it.db.session(
          device,
          async (session) => {
            await hit(session, first)
            await met()
            await hit(session, second)
          },
          options,
        )
      const outcomes = await Promise.allSettled([cross(a ?? '', b ?? ''), cross(b ?? '', a ?? '')])
      return { it, outcomes, hits: [await hitsOf(it, a ?? ''), await hitsOf(it, b ?? '')] }
    }

    test('a deadlock runs a repeatable unit again, and both succeed', async () => {
      const { it, outcomes, hits } = await crossing(repeatable)
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
      expect(hits).toEqual([2, 2])
      expect(it.db.counts().retried).toBeGreaterThan(0)
    })

    test('a deadlock fails a unit that is not repeatable with "busy, try again in a second", whole', async () => {
      const { outcomes, hits } = await crossing({})
      const failed = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(failed).toEqual([
        expect.objectContaining({ reason: expect.objectContaining({ code: 'DATABASE_BUSY', retryAfterSeconds: 1 }) }),
      ])
      expect(hits).toEqual([1, 1])
    })

    test('a deadlock inside a nested session fails the whole unit', async () => {
      const it = await bench(engine)
      const [a, b] = await it.db.session(device, async (session) => [
        await insert(session, 'a'),
        await insert(session, 'b'),
      ])
      const met = meetingOfTwo()
      const states: string[] = []
      const cross = (first: string, second: string): Promise<void> =>
        it.db.session(device, async (session) => {
          await hit(session, first)
          await met()
          await session.nested((nested) => hit(nested, second)).catch(() => states.push(session.state))
        })
      const outcomes = await Promise.allSettled([cross(a ?? '', b ?? ''), cross(b ?? '', a ?? '')])
      expect(states).toEqual(['failed'])
      // The work swallowed it; that the database was busy is still the answer.
      const failed = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(failed).toEqual([expect.objectContaining({ reason: code('DATABASE_BUSY') })])
    })
  },
  ['postgres', 'mysql'],
)

describeEngines(
  'units at a stricter isolation',
  (engine) => {
    test('a serialization failure runs a repeatable unit again', async () => {
      const it = await bench(engine)
      const id = await it.db.session(device, (session) => insert(session, 'a'))
      const met = meetingOfTwo()
      const readThenHit = (): Promise<void> =>
        it.db.session(
          device,
          async (session) => {
            await sql(session).selectFrom('counters').select('hits').where('id', '=', id).execute()
            await met()
            await hit(session, id)
          },
          { isolation: 'serializable', repeatable: true },
        )
      await Promise.all([readThenHit(), readThenHit()])
      expect(await hitsOf(it, id)).toBe(2)
      expect(it.db.counts().retried).toBeGreaterThan(0)
    })
  },
  ['postgres', 'mysql'],
)

describeEngines(
  'a file that another process writes',
  (engine) => {
    const impatient = createSqliteDialect({ busyTimeoutMs: 30 })

    async function whileLocked(options: SessionOptions, heldMs: number): Promise<PromiseSettledResult<unknown>> {
      const holder = await bench(engine)
      const it = await bench(engine, { url: holder.url, dialect: impatient })
      const { promise: held, resolve: isHeld } = Promise.withResolvers<void>()
      const holding = holder.db.session(device, async (session) => {
        await insert(session, 'holder')
        isHeld()
        await sleep(heldMs)
      })
      await held
      const [outcome] = await Promise.allSettled([it.db.session(device, (session) => insert(session, 'late'), options)])
      await holding
      return outcome
    }

    test('busy runs a repeatable unit again until the lock is given back', async () => {
      expect(await whileLocked(repeatable, 60)).toMatchObject({ status: 'fulfilled' })
    })

    test('busy fails a unit that is not repeatable with DATABASE_BUSY', async () => {
      expect(await whileLocked({}, 200)).toMatchObject({ status: 'rejected', reason: { code: 'DATABASE_BUSY' } })
    })
  },
  ['sqliteFile'],
)

describeEngines('repeatable units', (engine) => {
  test('run at most three times more, then the error is the answer', async () => {
    const it = await bench(engine)
    let runs = 0
    const seen: number[] = []
    it.driver.before = (call) => {
      if (call.startsWith('insert')) throw reported('serialization')
    }
    const error = await rejection(
      it.db.session(
        device,
        async (session) => {
          runs += 1
          session.afterRollback(async () => void seen.push(runs))
          await insert(session, 'never')
        },
        repeatable,
      ),
    )
    expect(error).toEqual(code('DATABASE_BUSY'))
    expect(runs).toBe(4)
    expect(it.db.counts()).toMatchObject({ retried: 3, committed: 1, rolledBack: 4 })
    // Hooks of runs that were followed by another are not run: their unit went on.
    expect(seen).toEqual([4])
  })

  test('run again when the work has wrapped or swallowed the error', async () => {
    const it = await bench(engine)
    let failures = 1
    it.driver.before = (call) => {
      if (call.startsWith('insert') && failures-- > 0) throw reported('deadlock')
    }
    await it.db.session(device, (session) => insert(session, 'wrapped').catch((cause) => wrap(cause)), repeatable)
    failures = 1
    await it.db.session(
      device,
      async (session) => void (await insert(session, 'swallowed').catch(() => null)),
      repeatable,
    )
    expect(await committed(it)).toEqual(['swallowed', 'wrapped'])
  })

  test('run again when the commit failed for a reason that passes', async () => {
    const it = await bench(engine)
    let failures = 1
    it.driver.before = (call) => {
      if (call === 'commit' && failures-- > 0) throw reported('serialization')
    }
    await it.db.session(device, (session) => insert(session, 'once'), repeatable)
    expect(await committed(it)).toEqual(['once'])
  })

  test('are not run again for an error of the work', async () => {
    const it = await bench(engine)
    let runs = 0
    const work = async (): Promise<void> => {
      runs += 1
      throw new Error('mine')
    }
    await expect(it.db.session(device, work, repeatable)).rejects.toThrow('mine')
    expect(runs).toBe(1)
  })

  test('50 at once over 10 rows: all succeed, every hit counts', async () => {
    const it = await bench(engine, { acquireTimeoutMs: 15_000 })
    const ids = await it.db.session(device, async (session) => {
      const made: string[] = []
      for (let row = 0; row < 10; row += 1) made.push(await insert(session, `row ${row}`))
      return made
    })
    const client = (at: number): Promise<void> =>
      it.db.session(
        device,
        async (session) => {
          await hit(session, ids[(at * 7) % 10] ?? '')
          await hit(session, ids[(at * 3 + 1) % 10] ?? '')
        },
        repeatable,
      )
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, (_, at) => client(at)))
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
    const hits = await Promise.all(ids.map((id) => hitsOf(it, id)))
    expect(hits.reduce((sum: number, value) => sum + (value ?? 0), 0)).toBe(100)
  })
})

describeEngines('a connection', (engine) => {
  test('that is dead already at BEGIN is replaced by another, once', async () => {
    const it = await bench(engine)
    let failures = 1
    it.driver.before = (call) => {
      if (call.startsWith('begin') && failures-- > 0) throw reported('connection')
    }
    await it.db.session(device, (session) => insert(session, 'kept'))
    expect(it.driver.calls).toContain('release broken')
    expect(await rowsOf(it, engine.name)).toEqual(['kept'])
  })

  test('lost in the middle fails the unit as unavailable, is destroyed, and never runs the unit again', async () => {
    const it = await bench(engine)
    let runs = 0
    it.driver.before = (call) => {
      if (call.startsWith('insert')) throw reported('connection')
    }
    const work = (session: Session): Promise<string> => {
      runs += 1
      return insert(session, 'lost')
    }
    await expect(it.db.session(device, work, repeatable)).rejects.toEqual(code('DATABASE_UNAVAILABLE'))
    expect(runs).toBe(1)
    expect(it.driver.calls.slice(-2)).toEqual([expect.stringMatching(/^insert/), 'release broken'])
  })

  test('that cannot roll back is destroyed, and the work’s own error is kept', async () => {
    const it = await bench(engine)
    it.driver.before = (call) => {
      if (call === 'rollback') throw reported('other')
    }
    const error = await rejection(
      it.db.session(device, async (session) => {
        await insert(session, 'undone')
        throw new Error('mine')
      }),
    )
    expect(error).toEqual(new Error('mine'))
    expect(it.driver.calls.at(-1)).toBe('release broken')
    expect(it.failures).toEqual([{ kind: 'rollback', error: expect.any(DriverError) }])
  })

  test('lost while committing leaves the outcome unknown: said so, not run again, hooks of neither kind', async () => {
    const it = await bench(engine)
    const hooks: string[] = []
    it.driver.before = (call) => {
      if (call === 'commit') throw reported('connection')
    }
    const work = async (session: Session): Promise<void> => {
      session.afterCommit(() => void hooks.push('commit'))
      session.afterRollback(async () => void hooks.push('rollback'))
      await insert(session, 'unknown')
    }
    await expect(it.db.session(device, work, repeatable)).rejects.toEqual(code('COMMIT_UNKNOWN'))
    expect(hooks).toEqual([])
    expect(it.db.counts()).toMatchObject({ commitUnknown: 1, retried: 0 })
    expect(it.driver.calls.at(-1)).toBe('release broken')
  })

  test('that does not become free in time is POOL_TIMEOUT with a second to wait, and the queue recovers', async () => {
    const it = await bench(engine, { pool: { size: 1, overflow: 0 }, acquireTimeoutMs: 50 })
    const { promise: done, resolve: finish } = Promise.withResolvers<void>()
    const { promise: held, resolve: isHeld } = Promise.withResolvers<void>()
    const holding = it.db.session(device, async (session) => {
      await insert(session, 'holder')
      isHeld()
      await done
    })
    await held
    const waiting = Array.from({ length: 5 }, (_, at) => it.db.session(device, (session) => insert(session, `w${at}`)))
    const outcomes = await Promise.allSettled(waiting)
    const timedOut = { status: 'rejected', reason: { code: 'POOL_TIMEOUT', kind: 'unavailable', retryAfterSeconds: 1 } }
    expect(outcomes).toMatchObject(outcomes.map(() => timedOut))
    finish()
    await holding
    expect(await it.db.session(device, labels)).toEqual(['holder'])
    expect(it.driver.stats().waiting).toBe(0)
  })
})

function wrap(cause: unknown): never {
  throw new Error('wrapped by the work', { cause })
}

/** A database that lives in one connection is gone with it. */
async function rowsOf(it: SessionBench, engine: string): Promise<readonly string[]> {
  const isGone = engine === 'sqliteMemory' || engine === 'pglite'
  return isGone ? ['kept'] : committed(it)
}

describe('sql', () => {
  test('is typed over the tables of these tests', () => {
    expect(sql).toBeTypeOf('function')
  })
})
