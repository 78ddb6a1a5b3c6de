import type { Kysely, RootOperationNode } from 'kysely'
import type { ModelGraph } from '../model/index.ts'
import type { Capabilities, IsolationLevel } from './capabilities.ts'
import type {
  CompiledStatement,
  CompileOptions,
  DeletedMode,
  SlotValues,
  StatementCompiler,
} from './compile/compiled-statement.ts'
import type { DatabaseCounts } from './database-counts.ts'
import type { Eventually, PoolStats, StatementResult } from './driver.ts'
import type { RuntimeDialect } from './runtime-dialect.ts'
import type { Scope } from './scope.ts'

/** `open → failed | committed | rolledBack → closed`. */
export type SessionState = 'open' | 'failed' | 'committed' | 'rolledBack' | 'closed'

/** A class that works on a session: a service, a DAO. */
export type SessionUser<T> = new (session: Session) => T

/**
 * One unit of work: commits when the work returns, rolls back when it throws. It has no query methods: services pass it
 * on, DAOs query.
 */
export interface Session {
  readonly scope: Scope
  readonly state: SessionState
  /** One instance per session and class. */
  use<T>(user: SessionUser<T>): T
  /**
   * A savepoint: `work` is undone alone when it throws, and may go on afterwards. `scope` may narrow, never widen
   * (`SESSION_SCOPE_WIDENED`).
   */
  nested<R>(work: (session: Session) => Promise<R>, options?: { readonly scope?: Scope }): Promise<R>
  /** The same transaction without scope: explicit, named, logged. */
  unscoped<R>(reason: string, work: (session: Session) => Promise<R>): Promise<R>
  /**
   * Another unit of work, which is committed or rolled back before this one begins and whatever becomes of it: for what must not
   * be undone with it, such as an attempt that is counted. Only before the first statement of this one, while it has no
   * connection (`SESSION_BEGUN`): two at once could wait for each other. It may be run again, as a `repeatable` unit.
   */
  beforehand<R>(scope: Scope, work: (session: Session) => Promise<R>): Promise<R>
  /**
   * Runs after the outermost commit, in order, the connection given back; `session()` waits for it. A throw goes to the
   * observer and changes nothing. Dropped when this session, or one around it, is rolled back.
   */
  afterCommit(work: () => void | Promise<void>): void
  /**
   * Runs when this session, or one around it, was rolled back: after the outermost has ended (committed or not) and its
   * connection is given back, in a new unit with this session's scope, before `session()` settles. A throw goes to the observer
   * and to `suppressed` of the unit's error. Of a repeatable unit only the last run counts; after `COMMIT_UNKNOWN` it does
   * not run, because nobody knows that anything was rolled back.
   */
  afterRollback(work: (session: Session) => Promise<void>): void
}

export interface SessionOptions {
  readonly isolation?: IsolationLevel
  /** Writes are refused. Default false. */
  readonly readOnly?: boolean
  /** All reads see one state of the data. Default false: consecutive reads before the first write may differ. */
  readonly snapshot?: boolean
  /** The unit may be run again from its beginning on deadlock, serialization failure or a busy database. Default false. */
  readonly repeatable?: boolean
  /**
   * How long the answer to one statement is waited for, BEGIN and COMMIT included, in milliseconds; 0: without end. Then the
   * connection is destroyed, and the unit ends with `DATABASE_TIMEOUT`, or with `COMMIT_UNKNOWN` where it was committing.
   * Default `pool.statementTimeoutMs` of the database.
   */
  readonly statementTimeoutMs?: number
}

export interface Database {
  readonly graph: ModelGraph
  readonly dialect: RuntimeDialect
  readonly capabilities: Capabilities
  session<R>(scope: Scope, work: (session: Session) => Promise<R>, options?: SessionOptions): Promise<R>
  /** Returns when the database answers a question without content; `DATABASE_UNAVAILABLE`, `POOL_TIMEOUT` when it does not. */
  ping(): Promise<void>
  /**
   * Gives back the connection that the unit of work around this call holds, before something else than the database is waited for; its
   * next statement gets another one. False inside a transaction, which keeps its connection: what was written, or read in one
   * state, would be lost. True where no unit is open.
   */
  releaseConnection(): Promise<boolean>
  stats(): PoolStats
  counts(): DatabaseCounts
  /** Waits for the sessions that hold a connection, then closes all. */
  close(): Promise<void>
}

/** What a DAO needs of a session and services must not have. Got by `executorOf(session)`. */
export interface SessionExecutor {
  readonly graph: ModelGraph
  readonly dialect: RuntimeDialect
  readonly capabilities: Capabilities
  readonly scope: Scope
  readonly compiler: StatementCompiler
  /** This unit's own time, truncated to milliseconds: one instant for all its stamps. */
  readonly now: Date
  /** Lower-case uuid, version 7, increasing within the process. */
  newId(): string
  /**
   * Begins one call of a DAO. `SESSION_CONCURRENT` when the same turn of the event loop has begun another one: `Promise.all` over
   * one session, which an embedded engine would not notice, since it has answered the first before the second is sent.
   */
  begin(): void
  /**
   * Begins the transaction as one that writes, and takes a lock of this name until it ends; false at once where another session
   * of any process has it. Where writers are alone, whoever has begun has it.
   */
  tryLock(name: string): Promise<boolean>
  /**
   * Runs a compiled statement and decodes its rows in place. A statement that another compiler made is
   * `SESSION_FOREIGN_STATEMENT`; one while another is unsettled is `SESSION_CONCURRENT`. What the database reports comes as a
   * domain error (`domainErrorOf`), never as a `DriverError`. Throws at once or rejects: `await` sees both.
   */
  run(statement: CompiledStatement, slots?: SlotValues): Eventually<StatementResult>
  /**
   * Asks, after the database refused a statement of this session, what it refused: reads only, and the session stays failed.
   * `SESSION_STATE` where nothing was refused or the transaction is gone. Not every engine answers in a transaction in which
   * a statement failed.
   */
  runAfterRefusal(statement: CompiledStatement, slots?: SlotValues): Promise<StatementResult>
  /** Compiles once per key and keeps it for the life of the database: keys must be a closed set. */
  prepared(key: string, deleted: DeletedMode, build: () => RootOperationNode): CompiledStatement
  /**
   * The same for keys that follow what somebody asks for: the 500 used last are kept, and only the first 1,000 of a database have a name,
   * because nobody forgets those.
   */
  preparedOpen(key: string, deleted: DeletedMode, build: () => RootOperationNode): CompiledStatement
  /** As `Database.releaseConnection`, for this session's own unit of work. */
  releaseConnection(): Promise<boolean>
  /** A Kysely whose every execution goes through this session's compiler: for hand-written queries. */
  queryBuilder(options?: Partial<Pick<CompileOptions, 'deleted' | 'allowUnbounded'>>): Kysely<never>
}
