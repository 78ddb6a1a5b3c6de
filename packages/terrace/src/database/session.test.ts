import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { describeEngines } from '../../test/support/describe-engines.ts'
import {
  committed,
  device,
  hit,
  insert,
  labels,
  openBench,
  rejection,
  sql,
  type SessionBench,
} from '../../test/support/session-bench.ts'
import { TerraceError } from '../errors/index.ts'
import { executorOf } from './executor-of.ts'
import { everyone, unscoped, type Scope } from './scope.ts'
import type { Session } from './session.ts'

const kindsOf = (calls: readonly string[]): readonly string[] => calls.map((call) => call.split(' ')[0] ?? '')
const code = (expected: string): unknown => expect.objectContaining({ code: expected })

describeEngines('Session', (engine) => {
  let bench: SessionBench
  let count = 0
  /** A label that no other test uses. */
  const label = (): string => `label ${(count += 1)}`

  beforeAll(async () => {
    bench = await openBench(engine)
  })
  afterAll(() => bench.db.close())
  beforeEach(() => {
    bench.driver.calls.length = 0
    bench.driver.before = null
    bench.driver.acquiresLater = false
    bench.failures.length = 0
    bench.unscoped.length = 0
  })

  describe('a unit of work', () => {
    test('B7: commits when its work returns, and gives what the work returned', async () => {
      const name = label()
      const result = await bench.db.session(device, async (session) => {
        await insert(session, name)
        return 42
      })
      expect(result).toBe(42)
      expect(await committed(bench)).toContain(name)
    })

    test('B7: rolls back when its work throws, and rejects with the very error', async () => {
      const [name, thrown] = [label(), new Error('no')]
      const error = await rejection(
        bench.db.session(device, async (session) => {
          await insert(session, name)
          throw thrown
        }),
      )
      expect(error).toBe(thrown)
      expect(await committed(bench)).not.toContain(name)
      expect(bench.driver.calls).toContain('rollback')
    })

    test('uses no connection when it runs no statement', async () => {
      await bench.db.session(device, async (session) => {
        session.afterCommit(() => undefined)
      })
      expect(bench.driver.calls).toEqual([])
    })

    test('sends no BEGIN for reads, one before the first write, and gives the connection back', async () => {
      await bench.db.session(device, async (session) => {
        await labels(session)
        await labels(session)
      })
      expect(kindsOf(bench.driver.calls)).toEqual(['acquire', 'select', 'select', 'release'])
      bench.driver.calls.length = 0

      await bench.db.session(device, async (session) => {
        await labels(session)
        await insert(session, label())
        await insert(session, label())
      })
      const moves = bench.driver.capabilities.separateWriter ? ['release', 'acquire'] : []
      expect(kindsOf(bench.driver.calls)).toEqual([
        'acquire',
        'select',
        ...moves,
        'begin',
        'insert',
        'insert',
        'commit',
        'release',
      ])
    })

    test('begins before a locking read, before a nested session and with an isolation of its own', async () => {
      await bench.db.session(device, (session) => session.nested(labels))
      expect(kindsOf(bench.driver.calls).slice(0, 3)).toEqual(['acquire', 'begin', 'savepoint'])
      bench.driver.calls.length = 0
      await bench.db.session(device, labels, { isolation: 'serializable' })
      expect(bench.driver.calls.slice(0, 2)).toEqual(['acquire write', 'begin serializable'])
      bench.driver.calls.length = 0
      await bench.db.session(device, labels, { snapshot: true, readOnly: true })
      expect(bench.driver.calls[1]).toMatch(/^begin (repeatableRead|serializable) read only$/)
    })

    test('has one instant for all its stamps, in whole milliseconds', async () => {
      await bench.db.session(device, async (session) => {
        const { now } = executorOf(session)
        await new Promise((resolve) => setTimeout(resolve, 5))
        expect(executorOf(session).now).toEqual(now)
        expect(Number.isInteger(now.getTime())).toBe(true)
        now.setFullYear(1999)
        expect(executorOf(session).now.getFullYear()).not.toBe(1999)
      })
    })

    test('makes one instance of a class per session, and another where the scope differs', async () => {
      class Service {
        readonly session: Session
        constructor(session: Session) {
          this.session = session
        }
      }
      await bench.db.session(device, async (session) => {
        expect(session.use(Service)).toBe(session.use(Service))
        expect(session.use(Service).session).toBe(session)
        await session.unscoped('test', async (wide) => {
          expect(wide.use(Service)).not.toBe(session.use(Service))
          expect(wide.use(Service).session.scope).toEqual({ kind: 'unscoped', reason: 'test' })
        })
      })
    })

    test('refuses writes when it is read-only, before anything is sent', async () => {
      const error = await rejection(bench.db.session(device, (session) => insert(session, label()), { readOnly: true }))
      expect(error).toEqual(code('SESSION_READ_ONLY'))
      expect(bench.driver.calls).toEqual([])
    })
  })

  describe('a failed statement', () => {
    const twice = async (session: Session, name: string): Promise<void> => {
      await insert(session, name)
      await insert(session, name)
    }

    test('is a domain error with the model’s fields, never the driver’s own', async () => {
      const error = await rejection(bench.db.session(device, (session) => twice(session, label())))
      expect(error).toMatchObject({ code: 'UNIQUE', kind: 'conflict', fields: ['label'] })
    })

    test('breaking a CHECK is an issue of its column', async () => {
      const hitBelowZero = async (session: Session): Promise<void> => hit(session, await insert(session, label()), -1)
      const error = await rejection(bench.db.session(device, hitBelowZero))
      expect(error).toMatchObject({ code: 'VALIDATION', fields: ['hits'], cause: { kind: 'check' } })
    })

    test('fails the session on every engine: nothing more runs, nothing is committed', async () => {
      const name = label()
      const error = await rejection(
        bench.db.session(device, async (session) => {
          await expect(twice(session, name)).rejects.toEqual(code('UNIQUE'))
          expect(session.state).toBe('failed')
          await expect(labels(session)).rejects.toEqual(code('SESSION_STATE'))
          await expect(session.nested(labels)).rejects.toEqual(code('SESSION_STATE'))
          await insert(session, label())
        }),
      )
      expect(error).toEqual(code('SESSION_STATE'))
      expect(await committed(bench)).not.toContain(name)
    })

    test('whose error the work has swallowed still prevents the commit, and says why', async () => {
      const name = label()
      const error = await rejection(
        bench.db.session(device, async (session) => {
          await twice(session, name).catch(() => undefined)
        }),
      )
      expect(error).toMatchObject({ code: 'SESSION_STATE', values: { method: 'commit', state: 'failed' } })
      expect((error as Error).cause).toEqual(code('UNIQUE'))
      expect(await committed(bench)).not.toContain(name)
    })

    test('inside a nested session fails that one only', async () => {
      const [outer, inner, later] = [label(), label(), label()]
      await bench.db.session(device, async (session) => {
        await insert(session, outer)
        await expect(session.nested((nested) => twice(nested, inner))).rejects.toEqual(code('UNIQUE'))
        expect(session.state).toBe('open')
        await insert(session, later)
      })
      const kept = await committed(bench)
      expect(kept).toEqual(expect.arrayContaining([outer, later]))
      expect(kept).not.toContain(inner)
    })

    test('leaves no connection in use', async () => {
      await rejection(bench.db.session(device, (session) => twice(session, label())))
      expect(kindsOf(bench.driver.calls).filter((call) => call === 'acquire').length).toBe(
        kindsOf(bench.driver.calls).filter((call) => call === 'release').length,
      )
    })
  })

  describe('a nested session', () => {
    test('is undone alone when its work throws', async () => {
      const [outer, inner] = [label(), label()]
      await bench.db.session(device, async (session) => {
        await insert(session, outer)
        await rejection(
          session.nested(async (nested) => {
            await insert(nested, inner)
            throw new Error('undo')
          }),
        )
      })
      const kept = await committed(bench)
      expect(kept).toContain(outer)
      expect(kept).not.toContain(inner)
    })

    test('goes with the unit when that is rolled back', async () => {
      const inner = label()
      await rejection(
        bench.db.session(device, async (session) => {
          await session.nested((nested) => insert(nested, inner))
          throw new Error('undo all')
        }),
      )
      expect(await committed(bench)).not.toContain(inner)
    })

    test('nests again, each level with a savepoint of its own', async () => {
      const [a, b, c] = [label(), label(), label()]
      await bench.db.session(device, (first) =>
        first.nested(async (second) => {
          await insert(second, a)
          await rejection(
            second.nested(async (third) => {
              await insert(third, b)
              throw new Error('undo')
            }),
          )
          await second.nested((third) => insert(third, c))
        }),
      )
      const savepoints = bench.driver.calls.filter((call) => call.startsWith('savepoint'))
      expect(new Set(savepoints).size).toBe(3)
      const kept = await committed(bench)
      expect(kept).toEqual(expect.arrayContaining([a, c]))
      expect(kept).not.toContain(b)
    })

    test('may narrow its scope and never widen it', async () => {
      await bench.db.session(device, async (session) => {
        await session.nested(async (nested) => expect(nested.scope).toBe(everyone), { scope: everyone })
        const wider = session.nested(labels, { scope: unscoped('everything') })
        await expect(wider).rejects.toEqual(code('SESSION_SCOPE_WIDENED'))
        const lost = session.nested(labels, { scope: undefined as unknown as Scope })
        await expect(lost).rejects.toEqual(code('SCOPE_MISSING'))
        expect(session.state).toBe('open')
      })
    })

    test('suspends the sessions around it: a statement there would be undone with it', async () => {
      await bench.db.session(device, (session) =>
        session.nested(async () => {
          await expect(labels(session)).rejects.toEqual(code('SESSION_CONCURRENT'))
          await expect(session.nested(labels)).rejects.toEqual(code('SESSION_CONCURRENT'))
        }),
      )
    })
  })

  describe('misuse', () => {
    test('a scope that is missing, null or no scope is refused at once', async () => {
      for (const scope of [
        undefined,
        null,
        {},
        'all',
        { kind: 'unscoped' },
        { kind: 'actor', actor: { Device: null } },
      ]) {
        await expect(bench.db.session(scope as unknown as Scope, labels)).rejects.toEqual(code('SCOPE_MISSING'))
      }
      const noKey = { kind: 'actor', actor: { Device: undefined }, roles: [] } as unknown as Scope
      await expect(bench.db.session(noKey, labels)).rejects.toThrow('the key of Device is undefined: nobody to act as')
      const unknown = { kind: 'actor', actor: { Devise: 'x' }, roles: [] } as const
      await expect(bench.db.session(unknown, labels)).rejects.toThrow('"Devise" is not a model')
      expect(bench.driver.calls).toEqual([])
    })

    test('the key of an actor must be the one spelling of its column: engines convert the others, each in its own way', async () => {
      const key = '01900000-0000-7000-8000-00000000000a'
      const others = [key.toUpperCase(), `{${key}}`, key.replaceAll('-', ''), `${key} `, 'me', 1, 1n, {}]
      for (const other of others) {
        const scope = { kind: 'actor', actor: { Device: other }, roles: [] } as unknown as Scope
        await expect(bench.db.session(scope, labels)).rejects.toEqual(code('SCOPE_MISSING'))
      }
      const nobody = { kind: 'actor', actor: { Counter: key }, roles: [] } as const
      await expect(bench.db.session(nobody, labels)).rejects.toThrow('nobody acts as a Counter')
      expect(bench.driver.calls).toEqual([])
    })

    test('a top-level session inside the work of another one is refused, not dead-locked', async () => {
      await bench.db.session(device, async (session) => {
        await insert(session, label())
        await expect(bench.db.session(device, labels)).rejects.toEqual(code('SESSION_NESTED_TOP_LEVEL'))
      })
    })

    test('a second statement while one is unsettled throws, before it is sent', async () => {
      await bench.db.session(device, async (session) => {
        const executor = executorOf(session)
        const query = sql(session).selectFrom('counters').select('id').toOperationNode()
        const statement = executor.compiler.compile(query, { scope: device, deleted: 'without', byRule: false })
        bench.driver.acquiresLater = true
        const first = executor.run(statement)
        expect(() => executor.run(statement)).toThrow(expect.objectContaining({ code: 'SESSION_CONCURRENT' }))
        await expect(session.nested(labels)).rejects.toEqual(code('SESSION_CONCURRENT'))
        await first
        await executor.run(statement)
      })
      expect(kindsOf(bench.driver.calls)).toEqual(['acquire', 'select', 'select', 'release'])
    })

    test('a session whose work is over throws in every method', async () => {
      let leaked: Session | undefined
      await bench.db.session(device, async (session) => {
        leaked = session
      })
      const session = leaked as Session
      expect(session.state).toBe('closed')
      await expect(labels(session)).rejects.toEqual(code('SESSION_STATE'))
      expect(() => session.afterCommit(() => undefined)).toThrow(TerraceError)
    })

    test('a statement that nobody awaited prevents the commit', async () => {
      const name = label()
      const pending: Promise<unknown>[] = []
      const error = await rejection(
        bench.db.session(device, async (session) => {
          await insert(session, label())
          pending.push(rejection(session.nested((nested) => insert(nested, name))))
        }),
      )
      expect(error).toEqual(code('SESSION_CONCURRENT'))
      expect(await Promise.all(pending)).toEqual([code('SESSION_STATE')])
      expect(await committed(bench)).not.toContain(name)
      expect(bench.driver.stats().waiting).toBe(0)
    })

    test('a statement of another compiler is not run', async () => {
      await bench.db.session(device, async (session) => {
        const executor = executorOf(session)
        const statement = executor.compiler.compile(sql(session).selectFrom('counters').selectAll().toOperationNode(), {
          scope: device,
          deleted: 'without',
          byRule: false,
        })
        expect(() => executor.run({ ...statement })).toThrow(
          expect.objectContaining({ code: 'SESSION_FOREIGN_STATEMENT' }),
        )
        await executor.run(statement)
      })
    })

    test('something that is no session has no executor', () => {
      expect(() => executorOf({} as Session)).toThrow(expect.objectContaining({ code: 'SESSION_FOREIGN' }))
    })
  })

  test('a thousand mixed sessions leave no connection in use and no transaction open', async () => {
    const works: readonly ((session: Session) => Promise<unknown>)[] = [
      labels,
      (session) => insert(session, label()),
      (session) => session.nested((nested) => insert(nested, label())),
      async (session) => hit(session, await insert(session, label()), -1),
      async (session) => {
        await insert(session, label())
        throw new Error('undo')
      },
      (session) => session.unscoped('mixed', labels),
      async () => undefined,
    ]
    const rounds = Array.from({ length: 100 }, (_, round) => round)
    for (const round of rounds) {
      const ten = Array.from({ length: 10 }, (_, at) => works[(round * 3 + at) % works.length] ?? labels)
      await Promise.allSettled(ten.map((work) => bench.db.session(device, work)))
    }
    const calls = kindsOf(bench.driver.calls)
    const times = (call: string): number => calls.filter((made) => made === call).length
    const exactly = (call: string): number => bench.driver.calls.filter((made) => made === call).length
    expect(times('acquire')).toBe(exactly('release'))
    expect(times('begin')).toBe(exactly('commit') + exactly('rollback'))
    // Connections may still be on their way for sessions that another one has served.
    await expect.poll(() => bench.driver.stats().size - bench.driver.stats().idle).toBe(0)
    expect(bench.driver.stats().waiting).toBe(0)
  })
})
