import { describe, expect, test } from 'vitest'
import { describeEngines } from '../../test/support/describe-engines.ts'
import { committed, device, insert, rejection } from '../../test/support/session-bench.ts'
import { sharedBench } from '../../test/support/shared-bench.ts'
import { consequencesOf, DriverError, type DriverErrorKind } from './driver-error.ts'
import type { Session, SessionOptions } from './session.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })
const repeatable: SessionOptions = { repeatable: true }

/** As an engine would report it, where the real thing cannot be brought about at a chosen moment. */
function reported(kind: DriverErrorKind): DriverError {
  const facts = { kind, ...consequencesOf[kind], table: null, constraint: null, columns: null }
  return new DriverError(kind, facts, new Error('brought about by the test'))
}

/** Fails the first `times` calls that match, before they reach the engine. */
function failing(call: RegExp, kind: DriverErrorKind, times = Infinity): (made: string) => void {
  let left = times
  return (made) => {
    if (call.test(made) && left-- > 0) throw reported(kind)
  }
}

describeEngines(
  'faults at a chosen moment',
  (engine) => {
    const shared = sharedBench(engine)

    describe('a repeatable unit', () => {
      test('runs at most three times more, then the error is the answer', async () => {
        const it = await shared.open()
        it.driver.before = failing(/^insert/, 'serialization')
        let runs = 0
        const hooks: number[] = []
        const work = async (session: Session): Promise<void> => {
          runs += 1
          session.afterRollback(async () => void hooks.push(runs))
          await insert(session, shared.label())
        }
        expect(await rejection(it.db.session(device, work, repeatable))).toEqual(code('DATABASE_BUSY'))
        expect(runs).toBe(4)
        expect(it.db.counts()).toMatchObject({ retried: 3, committed: 1, rolledBack: 4 })
        // Hooks of runs that were followed by another are not run: their unit went on.
        expect(hooks).toEqual([4])
      })

      test('runs again when the work has wrapped or swallowed the error', async () => {
        const it = await shared.open()
        const [wrapped, swallowed] = [shared.label(), shared.label()]
        it.driver.before = failing(/^insert/, 'deadlock', 1)
        await it.db.session(device, (session) => insert(session, wrapped).catch(wrap), repeatable)
        it.driver.before = failing(/^insert/, 'deadlock', 1)
        await it.db.session(device, (session) => insert(session, swallowed).catch(() => null), repeatable)
        expect(await committed(it)).toEqual(expect.arrayContaining([wrapped, swallowed]))
      })

      test('runs again when the commit failed for a reason that passes', async () => {
        const it = await shared.open()
        it.driver.before = failing(/^commit/, 'serialization', 1)
        const label = shared.label()
        await it.db.session(device, (session) => insert(session, label), repeatable)
        expect(await committed(it)).toContain(label)
      })

      test('does not run again for an error of the work', async () => {
        const it = await shared.open()
        let runs = 0
        const work = async (): Promise<void> => {
          runs += 1
          throw new Error('mine')
        }
        await expect(it.db.session(device, work, repeatable)).rejects.toThrow('mine')
        expect(runs).toBe(1)
      })
    })

    describe('a connection', () => {
      test('that is dead already at BEGIN is replaced by another, once', async () => {
        const it = await shared.open()
        it.driver.before = failing(/^begin/, 'connection', 1)
        const label = shared.label()
        await it.db.session(device, (session) => insert(session, label))
        expect(it.driver.calls).toContain('release broken')
        expect(await committed(it)).toContain(label)

        it.driver.before = failing(/^begin/, 'connection')
        const error = await rejection(it.db.session(device, (session) => insert(session, label)))
        expect(error).toEqual(code('DATABASE_UNAVAILABLE'))
      })

      test('lost in the middle fails the unit as unavailable, is destroyed, and the unit never runs again', async () => {
        const it = await shared.open()
        it.driver.before = failing(/^insert/, 'connection')
        let runs = 0
        const work = (session: Session): Promise<string> => {
          runs += 1
          return insert(session, shared.label())
        }
        await expect(it.db.session(device, work, repeatable)).rejects.toEqual(code('DATABASE_UNAVAILABLE'))
        expect(runs).toBe(1)
        expect(it.driver.calls.slice(-2)).toEqual([expect.stringMatching(/^insert/), 'release broken'])
      })

      test('that cannot roll back is destroyed, and the work’s own error is kept', async () => {
        const it = await shared.open()
        it.driver.before = failing(/^rollback/, 'other')
        const work = async (session: Session): Promise<void> => {
          await insert(session, shared.label())
          throw new Error('mine')
        }
        expect(await rejection(it.db.session(device, work))).toEqual(new Error('mine'))
        expect(it.driver.calls.at(-1)).toBe('release broken')
        expect(it.failures).toEqual([{ kind: 'rollback', error: expect.any(DriverError) }])
      })

      test('that cannot undo a savepoint fails the whole unit', async () => {
        const it = await shared.open()
        it.driver.before = failing(/^rollback to/, 'other')
        const [outer, mine] = [shared.label(), new Error('mine')]
        const work = async (session: Session): Promise<void> => {
          await insert(session, outer)
          expect(await rejection(session.nested(() => Promise.reject(mine)))).toBe(mine)
          expect(session.state).toBe('failed')
        }
        expect(await rejection(it.db.session(device, work))).toEqual(code('SESSION_STATE'))
        expect(await committed(it)).not.toContain(outer)
      })

      test('lost while committing leaves the outcome unknown: said so, not run again, no hook of either kind', async () => {
        const it = await shared.open()
        it.driver.before = failing(/^commit/, 'connection')
        const hooks: string[] = []
        const work = async (session: Session): Promise<void> => {
          session.afterCommit(() => void hooks.push('commit'))
          session.afterRollback(async () => void hooks.push('rollback'))
          await insert(session, shared.label())
        }
        await expect(it.db.session(device, work, repeatable)).rejects.toEqual(code('COMMIT_UNKNOWN'))
        expect(hooks).toEqual([])
        expect(it.db.counts()).toMatchObject({ commitUnknown: 1, retried: 0 })
        expect(it.driver.calls.at(-1)).toBe('release broken')
      })
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

function wrap(cause: unknown): never {
  throw new Error('wrapped by the work', { cause })
}
