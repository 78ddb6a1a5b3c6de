import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { describeEngines } from '../../test/support/describe-engines.ts'
import {
  committed,
  device,
  hit,
  hitsOf,
  insert,
  labels,
  sql,
  type SessionBench,
} from '../../test/support/session-bench.ts'
import { sharedBench } from '../../test/support/shared-bench.ts'
import { createSqliteDialect } from '../dialects/sqlite/index.ts'
import type { Session, SessionOptions } from './session.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })
const repeatable: SessionOptions = { repeatable: true }

/** Both callers go on once both have arrived, the first time; later calls pass at once. */
function meetingOfTwo(): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let arrived = 0
  return () => {
    if ((arrived += 1) === 2) resolve()
    return promise
  }
}

type Second = (session: Session, id: string) => Promise<unknown>

/** Two units that change two rows in opposite order; `second` is how the second row is changed. */
async function crossing(
  it: SessionBench,
  [a, b]: readonly [string, string],
  options: SessionOptions,
  second: Second = hit,
) {
  const met = meetingOfTwo()
  const cross = (from: string, to: string): Promise<void> =>
    it.db.session(
      device,
      async (session) => {
        await hit(session, from)
        await met()
        await second(session, to)
      },
      options,
    )
  const outcomes = await Promise.allSettled([cross(a, b), cross(b, a)])
  return {
    failures: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : [])),
    hits: [await hitsOf(it, a), await hitsOf(it, b)],
  }
}

describeEngines(
  'units in each other’s way',
  (engine) => {
    const shared = sharedBench(engine)
    const twoRows = (it: SessionBench): Promise<readonly [string, string]> =>
      it.db.session(device, async (session) => [
        await insert(session, shared.label()),
        await insert(session, shared.label()),
      ])

    test('a deadlock runs a repeatable unit again, and both succeed', async () => {
      const it = await shared.open()
      expect(await crossing(it, await twoRows(it), repeatable)).toEqual({ failures: [], hits: [2, 2] })
      expect(it.db.counts().retried).toBeGreaterThan(0)
    })

    test('a deadlock fails a unit that is not repeatable with "busy, try again in a second", whole', async () => {
      const it = await shared.open()
      const { failures, hits } = await crossing(it, await twoRows(it), {})
      expect(failures).toEqual([expect.objectContaining({ code: 'DATABASE_BUSY', retryAfterSeconds: 1 })])
      expect(hits).toEqual([1, 1])
    })

    test('a deadlock inside a nested session fails the whole unit, also when the work goes on', async () => {
      const it = await shared.open()
      const states: string[] = []
      const hitNested: Second = (session, id) =>
        session.nested((nested) => hit(nested, id)).catch(() => states.push(session.state))
      const { failures, hits } = await crossing(it, await twoRows(it), {}, hitNested)
      expect(states).toEqual(['failed'])
      expect(failures).toEqual([code('DATABASE_BUSY')])
      expect(hits).toEqual([1, 1])
    })

    test('a serialization failure runs a repeatable unit again', async () => {
      const it = await shared.open()
      const [id] = await twoRows(it)
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
    const shared = sharedBench(engine)
    const impatient = createSqliteDialect({ busyTimeoutMs: 30 })

    async function whileLocked(heldMs: number, options: SessionOptions): Promise<PromiseSettledResult<unknown>> {
      const holder = await shared.open()
      const late = await shared.open({ dialect: impatient })
      const { promise: held, resolve: isHeld } = Promise.withResolvers<void>()
      const holding = holder.db.session(device, async (session) => {
        await insert(session, shared.label())
        isHeld()
        await sleep(heldMs)
      })
      await held
      const insertLate = (session: Session): Promise<string> => insert(session, shared.label())
      const [outcome] = await Promise.allSettled([late.db.session(device, insertLate, options)])
      await holding
      return outcome
    }

    test('busy runs a repeatable unit again until the lock is given back', async () => {
      expect(await whileLocked(60, repeatable)).toMatchObject({ status: 'fulfilled' })
    })

    test('busy fails a unit that is not repeatable with DATABASE_BUSY', async () => {
      expect(await whileLocked(200, {})).toMatchObject({ status: 'rejected', reason: { code: 'DATABASE_BUSY' } })
    })
  },
  ['sqliteFile'],
)

describeEngines(
  'many units at once',
  (engine) => {
    const shared = sharedBench(engine)

    test('50 over 10 rows: all succeed when they are repeatable, and every hit counts', async () => {
      const it = await shared.open({ acquireTimeoutMs: 15_000 })
      const ids: string[] = []
      await it.db.session(device, async (session) => {
        for (let row = 0; row < 10; row += 1) ids.push(await insert(session, shared.label()))
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

    describe('and one connection', () => {
      test('waiters get POOL_TIMEOUT with a second to wait, and the queue recovers', async () => {
        const it = await shared.open({ pool: { size: 1, overflow: 0 }, acquireTimeoutMs: 50 })
        const [holder, { promise: done, resolve: finish }] = [shared.label(), Promise.withResolvers<void>()]
        const { promise: held, resolve: isHeld } = Promise.withResolvers<void>()
        const holding = it.db.session(device, async (session) => {
          await insert(session, holder)
          isHeld()
          await done
        })
        await held
        const waiter = (): Promise<string> => it.db.session(device, (session) => insert(session, shared.label()))
        const outcomes = await Promise.allSettled(Array.from({ length: 5 }, waiter))
        const timedOut = { reason: { code: 'POOL_TIMEOUT', kind: 'unavailable', retryAfterSeconds: 1 } }
        expect(outcomes).toMatchObject(outcomes.map(() => timedOut))
        finish()
        await holding
        expect(await it.db.session(device, labels)).toContain(holder)
        expect(await committed(it)).toContain(holder)
        expect(it.driver.stats().waiting).toBe(0)
      })
    })
  },
  ['sqliteFile', 'sqliteMemory', 'postgres', 'mysql'],
)
