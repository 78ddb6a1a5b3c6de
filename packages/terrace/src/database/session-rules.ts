import { errors } from '../errors/index.ts'
import type { SessionState } from './session.ts'

/** What can be done with a session; `run` is every statement, `commit` and `rollback` are the database's own. */
export type SessionMethod =
  | 'run'
  | 'use'
  | 'nested'
  | 'unscoped'
  | 'beforehand'
  | 'afterCommit'
  | 'afterRollback'
  | 'commit'
  | 'rollback'

/** The states in which each method is allowed. */
export const allowedStates = {
  run: ['open'],
  use: ['open', 'failed'],
  nested: ['open'],
  unscoped: ['open'],
  beforehand: ['open'],
  afterCommit: ['open'],
  // Also once it failed: recording a failure is what the hook is for.
  afterRollback: ['open', 'failed'],
  commit: ['open'],
  rollback: ['open', 'failed'],
} as const satisfies Record<SessionMethod, readonly SessionState[]>

const remedies = {
  open: '',
  failed:
    'Let the error pass, so that the unit rolls back; a statement that may fail belongs in session.nested(), with the catch around it',
  committed: 'The unit is over: open another with db.session(scope, work)',
  rolledBack: 'The unit was undone: open another with db.session(scope, work)',
  closed: 'The work is over: await everything inside it, or open another session with db.session(scope, work)',
} as const satisfies Record<SessionState, string>

/** `SESSION_STATE` unless the method is allowed in this state; `cause` is what made the session fail. */
export function requireState(method: SessionMethod, state: SessionState, cause?: unknown): void {
  if ((allowedStates[method] as readonly SessionState[]).includes(state)) return
  throw errors.SESSION_STATE({ values: { method, state, remedy: remedies[state] }, cause })
}
