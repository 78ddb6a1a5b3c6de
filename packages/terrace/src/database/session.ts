import type { Kysely } from 'kysely'
import type { ModelGraph } from '../model/index.ts'
import type { Capabilities, IsolationLevel } from './capabilities.ts'
import type { CompiledStatement, CompileOptions, DeletedMode, SlotValues, StatementCompiler } from './compile/compiled-statement.ts'
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
  /** Runs after the outermost commit, in order; a throw is logged and changes nothing. */
  afterCommit(work: () => void | Promise<void>): void
  /** Runs when the unit was rolled back, in a new unit with the same scope, once the first connection is released. */
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
}

export interface Database {
  readonly graph: ModelGraph
  readonly dialect: RuntimeDialect
  readonly capabilities: Capabilities
  session<R>(scope: Scope, work: (session: Session) => Promise<R>, options?: SessionOptions): Promise<R>
  stats(): PoolStats
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
   * Runs a compiled statement and decodes its rows in place. A statement that another compiler made is
   * `SESSION_FOREIGN_STATEMENT`; one while another is unsettled is `SESSION_CONCURRENT`.
   */
  run(statement: CompiledStatement, slots?: SlotValues): Eventually<StatementResult>
  /** Compiles once per key and keeps it for the life of the database: keys must be a closed set. */
  prepared(key: string, deleted: DeletedMode, build: () => import('kysely').RootOperationNode): CompiledStatement
  /** A Kysely whose every execution goes through this session's compiler: for hand-written queries. */
  queryBuilder(options?: Pick<CompileOptions, 'deleted'>): Kysely<never>
}
