import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeEngines } from '../../test/support/describe-engines.ts'
import { device, insert, labels, openBench, rejection, type SessionBench } from '../../test/support/session-bench.ts'
import { allowedStates, type SessionMethod } from './session-rules.ts'
import type { Session, SessionState } from './session.ts'

class Service {
  readonly session: Session
  constructor(session: Session) {
    this.session = session
  }
}

/** What a caller can call; commit and rollback belong to the database. */
const calls: Readonly<Record<Exclude<SessionMethod, 'commit' | 'rollback'>, (session: Session) => unknown>> = {
  run: labels,
  use: (session) => session.use(Service),
  nested: (session) => session.nested(async () => undefined),
  unscoped: (session) => session.unscoped('state table', async () => undefined),
  beforehand: (session) => session.beforehand(device, async () => undefined),
  afterCommit: (session) => session.afterCommit(() => undefined),
  afterRollback: (session) => session.afterRollback(async () => undefined),
}

describeEngines(
  'the states of a session',
  (engine) => {
    let bench: SessionBench
    beforeAll(async () => {
      bench = await openBench(engine)
    })
    afterAll(() => bench.db.close())

    /** Calls `act` with a session that is in the state. */
    const arrangements: Readonly<Record<SessionState, (act: (session: Session) => Promise<void>) => Promise<unknown>>> =
      {
        open: (act) => bench.db.session(device, act),
        failed: (act) =>
          rejection(
            bench.db.session(device, async (session) => {
              await insert(session, 'twice')
              await rejection(insert(session, 'twice'))
              await act(session)
            }),
          ),
        committed: (act) =>
          bench.db.session(device, async (session) => {
            session.afterCommit(() => act(session))
          }),
        rolledBack: (act) =>
          bench.db.session(device, async (session) => {
            await rejection(
              session.nested((nested) => {
                session.afterCommit(() => act(nested))
                return Promise.reject(new Error('undo'))
              }),
            )
          }),
        closed: async (act) => {
          let leaked: Session | undefined
          await bench.db.session(device, async (session) => {
            leaked = session
          })
          if (leaked !== undefined) await act(leaked)
        },
      }

    describe.each(Object.keys(arrangements) as SessionState[])('%s', (state) => {
      test.each(Object.keys(calls) as (keyof typeof calls)[])('%s', async (method) => {
        let outcome = 'not called'
        let seen: SessionState | undefined
        await arrangements[state](async (session) => {
          seen = session.state
          outcome = await outcomeOf(() => calls[method](session))
        })
        const isAllowed = (allowedStates[method] as readonly SessionState[]).includes(state)
        expect(seen).toBe(state)
        expect(outcome).toBe(
          isAllowed ? 'allowed' : `SESSION_STATE: ${method} is not allowed in a session that is ${state}`,
        )
      })
    })
  },
  ['sqliteMemory'],
)

async function outcomeOf(call: () => unknown): Promise<string> {
  try {
    await call()
    return 'allowed'
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    return `${code}: ${message}`
  }
}
