/** A statement that was sent, for an SQL echo and for query times. Parameters are not part of it: they may be secret. */
export interface StatementEvent {
  readonly sql: string
  readonly tables: readonly string[]
  readonly durationMs: number
  readonly rows: number
  readonly failed: boolean
}

/** A transaction that has ended. One that only read before anything was begun has none. */
export interface TransactionEvent {
  readonly outcome: 'committed' | 'rolledBack' | 'unknown'
  /** From before BEGIN to after COMMIT or ROLLBACK. */
  readonly durationMs: number
}

/** Something went wrong where no caller can be told, or not by a throw alone. */
export interface FailureEvent {
  readonly kind: 'afterCommit' | 'afterRollback' | 'rollback' | 'release'
  readonly error: unknown
}

/**
 * Listens to a database. Every method is optional; a throw in one is the listener's own affair and fails the call that
 * it listens to.
 */
export interface DatabaseObserver {
  /** A session left its scope, or was opened without any. Terrace's own reasons are counted instead. */
  readonly unscoped?: (event: { readonly reason: string }) => void
  /** Absent: a warning of the process, so that nothing fails in silence. */
  readonly failed?: (event: FailureEvent) => void
  /** A repeatable unit is about to run again. */
  readonly retried?: (event: { readonly attempt: number; readonly error: unknown }) => void
  /** Costs two readings of the clock per statement where it is given. */
  readonly statement?: (event: StatementEvent) => void
  readonly transaction?: (event: TransactionEvent) => void
  /**
   * The database, or the way to it, refused something of a session: a statement, BEGIN, a connection. `code` is that of the error
   * which the session throws.
   */
  readonly refused?: (event: { readonly code: string }) => void
}
