import type { Capabilities, IsolationLevel } from './capabilities.ts'
import type { RowIdentity } from './row-identity.ts'

/** A value that may be there already: embedded engines answer at once, servers later. */
export type Eventually<T> = T | Promise<T>

/** SQL for the engine at hand with its placeholders, and the encoded values in their order. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /**
   * Set only for the closed set of statements that are derived by rule: the driver may keep them prepared under this name
   * (at most 60 bytes, a hash of the text).
   */
  readonly name?: string
  /** False for statements that return no rows, so that embedded drivers need not guess. Default true. */
  readonly returnsRows?: boolean
  /**
   * True when no output can be a whole number beyond 2^53 - 1, so that a driver whose numbers would be rounded need not look
   * at each. Default false.
   */
  readonly integersFit?: boolean
}

export interface StatementResult {
  /**
   * One object per row by output name, owned by the caller. Values as every driver gives them before codecs decode: null;
   * whole numbers as numbers, beyond 2^53 - 1 as bigint; floats as numbers; text, decimals, json, dates and times as the
   * engine's text; binary as Uint8Array; booleans as the engine has them (boolean, or 0 and 1).
   */
  readonly rows: Record<string, unknown>[]
  /** Rows inserted, updated or deleted (matched, where an engine tells matched from changed). */
  readonly changed: number
  /** The key that the database numbered last, where the engine cannot return it as a row. */
  readonly insertId: bigint | number | null
}

export interface BeginOptions {
  readonly isolation: IsolationLevel
  readonly readOnly: boolean
  /** Told with BEGIN, at once where the protocol lets it. Only where `capabilities.rowLevelSecurity`. Default nobody. */
  readonly identity?: RowIdentity | null
}

/** One connection, used by one session at a time, one statement at a time. Every rejection is a `DriverError`. */
export interface Connection {
  readonly capabilities: Capabilities
  execute(statement: Statement): Eventually<StatementResult>
  begin(options: BeginOptions): Eventually<void>
  /**
   * Inside a transaction: whose rows it is for from here on, until it ends or is rolled back to a savepoint before. Only where
   * `capabilities.rowLevelSecurity`.
   */
  identify?(identity: RowIdentity): Eventually<void>
  commit(): Eventually<void>
  rollback(): Eventually<void>
  /**
   * Inside a transaction, until it ends: a lock that every connection of this database knows by its name, had at once or not at
   * all. Not there where a transaction that writes is alone anyway.
   */
  tryLock?(name: string): Eventually<boolean>
  savepoint(name: string): Eventually<void>
  rollbackToSavepoint(name: string): Eventually<void>
  releaseSavepoint(name: string): Eventually<void>
}

export interface AcquireOptions {
  /** A `write` connection also reads. Where `separateWriter` is false both are the same. */
  readonly access: 'read' | 'write'
  /** How long to wait in the queue, in milliseconds; then `POOL_TIMEOUT`. */
  readonly timeoutMs: number
}

export interface PoolStats {
  readonly size: number
  readonly idle: number
  readonly waiting: number
}

/** The connections of one database. */
export interface Driver {
  readonly capabilities: Capabilities
  acquire(options: AcquireOptions): Eventually<Connection>
  /** `broken`: its state is unknown, it is destroyed and replaced. */
  release(connection: Connection, options?: { readonly broken?: boolean }): Eventually<void>
  stats(): PoolStats
  /** Waits for connections in use, then closes all. */
  close(): Promise<void>
}
