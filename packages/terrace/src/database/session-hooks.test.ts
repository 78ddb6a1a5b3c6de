import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeEngines } from '../../test/support/describe-engines.ts'
import { committed, device, insert, openBench, rejection, type SessionBench } from '../../test/support/session-bench.ts'

// What happens around a transaction is no engine's own: those that open quickly show it.
describeEngines(
  'hooks of a session',
  (engine) => {
    let bench: SessionBench
    let count = 0
    /** A label that no other test uses. */
    const label = (): string => `label ${(count += 1)}`

    beforeAll(async () => {
      bench = await openBench(engine)
    })
    afterAll(() => bench.db.close())
    beforeEach(() => {
      bench.failures.length = 0
    })

    test('after commit: in order, when the connection is back and the rows are there', async () => {
      const [name, seen] = [label(), [] as string[]]
      await bench.db.session(device, async (session) => {
        await insert(session, name)
        session.afterCommit(async () => {
          seen.push((await committed(bench)).includes(name) ? 'first' : 'too early')
        })
        await session.nested(async (nested) => nested.afterCommit(() => void seen.push('second')))
        session.afterRollback(async () => void seen.push('never'))
      })
      expect(seen).toEqual(['first', 'second'])
    })

    test('a throw after commit goes to the observer and changes nothing', async () => {
      const [name, failure] = [label(), new Error('mail server')]
      await bench.db.session(device, async (session) => {
        await insert(session, name)
        session.afterCommit(() => {
          throw failure
        })
      })
      expect(bench.failures).toEqual([{ kind: 'afterCommit', error: failure }])
      expect(await committed(bench)).toContain(name)
    })

    test('of a nested session that was rolled back: those after commit are dropped, those after rollback run', async () => {
      const seen: string[] = []
      await bench.db.session(device, async (session) => {
        await rejection(
          session.nested(async (nested) => {
            nested.afterCommit(() => void seen.push('dropped'))
            nested.afterRollback(async () => void seen.push('undone'))
            throw new Error('undo')
          }),
        )
        session.afterCommit(() => void seen.push('committed'))
        session.afterRollback(async () => void seen.push('never'))
      })
      expect(seen).toEqual(['undone', 'committed'])
    })

    test('after rollback: a new unit with the same scope, before the error arrives', async () => {
      const [lost, kept] = [label(), label()]
      const error = await rejection(
        bench.db.session(device, async (session) => {
          await insert(session, lost)
          session.afterRollback(async (later) => {
            expect(later.scope).toEqual(device)
            await insert(later, kept)
          })
          throw new Error('bad login')
        }),
      )
      expect(error).toEqual(new Error('bad login'))
      const rows = await committed(bench)
      expect(rows).toContain(kept)
      expect(rows).not.toContain(lost)
    })

    test('after rollback: may be registered once the session has failed; its own failure goes with the error', async () => {
      const failure = new Error('audit log')
      const error = await rejection(
        bench.db.session(device, async (session) => {
          const name = label()
          await insert(session, name)
          await insert(session, name).catch((cause: unknown) => {
            session.afterRollback(() => Promise.reject(failure))
            throw cause
          })
        }),
      )
      expect(error).toMatchObject({ code: 'UNIQUE', suppressed: [failure] })
      expect(bench.failures).toEqual([{ kind: 'afterRollback', error: failure }])
    })
  },
  ['sqliteMemory', 'sqliteFile', 'postgres', 'mysql'],
)
