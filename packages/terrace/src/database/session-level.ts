import type { RowIdentity } from './row-identity.ts'
import type { Scope } from './scope.ts'
import type { Session, SessionState } from './session.ts'

/** One level of a unit of work: the outermost session, or a nested one with its savepoint. */
export interface SessionLevel {
  readonly parent: SessionLevel | null
  /** Null for the outermost. */
  readonly savepoint: string | null
  /** What the database was told last when the savepoint was set: what it knows again once it is rolled back to. */
  told: RowIdentity | null
  state: SessionState
  /** What made it fail; undefined as long as nothing has. */
  failure: unknown
}

/** Work that waits for the end of the unit. */
export type SessionHook =
  | { readonly kind: 'afterCommit'; readonly level: SessionLevel; readonly work: () => void | Promise<void> }
  | {
      readonly kind: 'afterRollback'
      readonly level: SessionLevel
      readonly scope: Scope
      readonly work: (session: Session) => Promise<void>
    }

export function newLevel(parent: SessionLevel | null, savepoint: string | null): SessionLevel {
  return { parent, savepoint, told: null, state: 'open', failure: undefined }
}

/** Whether what happened in a level is in the database: it and every level around it were committed. */
export function isKept(level: SessionLevel): boolean {
  for (let at: SessionLevel | null = level; at !== null; at = at.parent) if (at.state !== 'committed') return false
  return true
}

/** Whether what happened in a level was undone: it or a level around it was rolled back. */
export function isUndone(level: SessionLevel): boolean {
  for (let at: SessionLevel | null = level; at !== null; at = at.parent) if (at.state === 'rolledBack') return true
  return false
}
