import { describe, expect, test } from 'vitest'
import { describeEngines } from '../../test/support/describe-engines.ts'
import {
  device,
  insert,
  labels,
  openBench,
  rejection,
  sql,
  type SessionBench,
} from '../../test/support/session-bench.ts'
import { consequencesOf, DriverError, type DriverErrorKind } from './driver-error.ts'
import type { StatementEvent, TransactionEvent } from './database-observer.ts'
import { executorOf } from './executor-of.ts'
import { unscoped } from './scope.ts'
import type { Session } from './session.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })

describeEngines(
  'what a session asks of its connection',
  (engine) => {
    async function withBench(
      work: (bench: SessionBench) => Promise<void>,
      options: Parameters<typeof openBench>[1] = {},
    ): Promise<void> {
      const bench = await openBench(engine, options)
      try {
        await work(bench)
      } finally {
        await bench.db.close()
      }
    }
    const kindsOf = ({ driver }: SessionBench): readonly string[] =>
      driver.calls.map((call) => call.split(' ')[0] ?? '')
    const mine = new Error('mine')

    test('a unit that only read and failed sends no ROLLBACK, and one that asked for nothing sends nothing', () =>
      withBench(async (bench) => {
        const reading = async (session: Session): Promise<void> => {
          await labels(session)
          throw mine
        }
        expect(await rejection(bench.db.session(device, reading))).toBe(mine)
        expect(kindsOf(bench)).toEqual(['acquire', 'select', 'release'])
        bench.driver.calls.length = 0
        expect(await rejection(bench.db.session(device, () => Promise.reject(mine)))).toBe(mine)
        expect(bench.driver.calls).toEqual([])
        expect(bench.db.counts()).toMatchObject({ rolledBack: 2, committed: 0 })
      }))

    test('what a statement fails by does not cost the connection, unless that is lost', () =>
      withBench(async (bench) => {
        const failing = async (kind: DriverErrorKind): Promise<string | undefined> => {
          const facts = { kind, ...consequencesOf[kind], table: null, constraint: null, columns: null }
          bench.driver.before = (call) => {
            if (call.startsWith('insert')) throw new DriverError(kind, facts, undefined)
          }
          await rejection(bench.db.session(device, (session) => insert(session, 'x')))
          return bench.driver.calls.at(-1)
        }
        for (const kind of ['unique', 'deadlock', 'serialization', 'busy', 'timeout', 'other'] as const)
          expect([kind, await failing(kind)]).toEqual([kind, 'release'])
      }))

    test('options of a session are checked before anything is sent', () =>
      withBench(async (bench) => {
        for (const statementTimeoutMs of [-1, 1.5, Infinity, 2 ** 31]) {
          const refused = rejection(bench.db.session(device, labels, { statementTimeoutMs }))
          expect(await refused).toEqual(code('TIMEOUT_OPTION'))
        }
        expect(bench.driver.calls).toEqual([])
        expect(await bench.db.session(device, labels, { statementTimeoutMs: 2 ** 31 - 1 })).toEqual([])
        expect(await bench.db.session(device, labels, { statementTimeoutMs: 0 })).toEqual([])
      }))

    test('a statement by rule is made once, for all sessions of a shape and each alive mode', () =>
      withBench(async ({ db }) => {
        let made = 0
        const prepare = (session: Session, key: string, deleted: 'with' | 'without' = 'without'): unknown =>
          executorOf(session).prepared(key, deleted, () => {
            made += 1
            return sql(session).selectFrom('counters').select('id').toOperationNode()
          })
        const first = await db.session(device, async (session) => prepare(session, 'one'))
        const again = await db.session(device, async (session) => prepare(session, 'one'))
        expect([again === first, made]).toEqual([true, 1])
        const others = [
          await db.session(device, async (session) => prepare(session, 'two')),
          await db.session(device, async (session) => prepare(session, 'one', 'with')),
          await db.session(unscoped('another shape'), async (session) => prepare(session, 'one')),
        ]
        expect([others.includes(first), made]).toEqual([false, 4])
      }))

    describe('after a refusal', () => {
      const ask = (session: Session) => {
        const executor = executorOf(session)
        const compile = (query: { toOperationNode(): never }) =>
          executor.compiler.compile(query.toOperationNode(), { scope: device, deleted: 'without', byRule: false })
        return {
          read: () => executor.runAfterRefusal(compile(sql(session).selectFrom('counters').select('label') as never)),
          write: () =>
            executor.runAfterRefusal(
              compile(sql(session).updateTable('counters').set({ hits: 1 }).where('hits', '=', 0) as never),
            ),
        }
      }

      test('the session may still be asked what it wrote, by reads alone, and stays failed', () =>
        withBench(async ({ db }) => {
          const work = async (session: Session): Promise<void> => {
            await insert(session, 'twice')
            await rejection(insert(session, 'twice'))
            const { read, write } = ask(session)
            expect((await read()).rows).toEqual([{ label: 'twice' }])
            expect(await rejection(write())).toEqual(code('SESSION_READ_ONLY'))
            expect(session.state).toBe('failed')
            expect(await rejection(labels(session))).toEqual(code('SESSION_STATE'))
          }
          expect(await rejection(db.session(device, work))).toEqual(code('SESSION_STATE'))
        }))

      test('one that was refused nothing may not', () =>
        withBench(async ({ db }) => {
          await db.session(device, async (session) => {
            expect(await rejection(ask(session).read())).toEqual(code('SESSION_STATE'))
            await insert(session, 'x')
            expect(await rejection(ask(session).read())).toEqual(code('SESSION_STATE'))
          })
        }))

      test('nor may one around the session that was refused, or one that is over', () =>
        withBench(async ({ db }) => {
          let leaked: Session | undefined
          await db.session(device, async (session) => {
            await insert(session, 'twice')
            const inner = session.nested(async (nested) => {
              leaked = nested
              await rejection(insert(nested, 'twice'))
              expect(await rejection(ask(session).read())).toEqual(code('SESSION_STATE'))
              expect((await ask(nested).read()).rows).toHaveLength(1)
              throw mine
            })
            expect(await rejection(inner)).toBe(mine)
            expect(await rejection(ask(leaked as Session).read())).toEqual(code('SESSION_STATE'))
          })
          expect(await rejection(ask(leaked as Session).read())).toEqual(code('SESSION_STATE'))
        }))
    })

    test('whoever listens is told of each further run, with the error of the last', async () => {
      const told: unknown[] = []
      const observer = { retried: (event: unknown) => void told.push(event) }
      await withBench(
        async ({ db, driver }) => {
          let left = 2
          const facts = { ...consequencesOf.busy, table: null, constraint: null, columns: null }
          driver.before = (call) => {
            if (call.startsWith('insert') && left-- > 0)
              throw new DriverError('busy', { kind: 'busy', ...facts }, undefined)
          }
          await db.session(device, (session) => insert(session, 'x'), { repeatable: true })
        },
        { observer },
      )
      const busy = code('DATABASE_BUSY')
      expect(told).toEqual([
        { attempt: 1, error: busy },
        { attempt: 2, error: busy },
      ])
    })

    test('what is no session has no executor', () => {
      for (const other of [null, undefined, 'session', {}, { scope: device }])
        expect(() => executorOf(other as never)).toThrow(expect.objectContaining({ code: 'SESSION_FOREIGN' }) as Error)
    })

    test('whoever listens is told of each statement and each transaction, also of those that fail', async () => {
      const statements: StatementEvent[] = []
      const transactions: TransactionEvent[] = []
      const refused: string[] = []
      const observer = {
        statement: (event: StatementEvent) => void statements.push(event),
        transaction: (event: TransactionEvent) => void transactions.push(event),
        refused: (event: { readonly code: string }) => void refused.push(event.code),
      }
      await withBench(
        async ({ db }) => {
          await db.session(device, labels)
          expect(statements).toMatchObject([{ tables: ['counters'], rows: 0, failed: false }])
          expect(transactions).toEqual([])
          const twice = async (session: Session): Promise<void> => {
            await insert(session, 'twice')
            await labels(session)
            await insert(session, 'twice')
          }
          await rejection(db.session(device, twice))
          await db.session(device, (session) => insert(session, 'once'))
          const told = statements.slice(1).map(({ rows, failed }) => [rows, failed])
          expect(told).toEqual([
            [0, false],
            [1, false],
            [0, true],
            [0, false],
          ])
          expect(transactions.map(({ outcome }) => outcome)).toEqual(['rolledBack', 'committed'])
          expect(refused).toEqual(['UNIQUE'])
          expect([...statements, ...transactions].every(({ durationMs }) => durationMs >= 0)).toBe(true)
        },
        { observer },
      )
    })
  },
  ['sqliteMemory', 'sqliteFile'],
)
