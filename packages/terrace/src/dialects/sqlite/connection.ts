import type { Database } from 'better-sqlite3'
import type {
  BeginOptions,
  Capabilities,
  Connection,
  DriverError,
  Eventually,
  Statement,
  StatementResult,
} from '../../database/index.ts'
import { doubleQuoteName } from '../../schema/index.ts'
import { isBusy, sqliteError } from './errors.ts'
import { exactRows, isSpreadable } from './exact-rows.ts'
import { StatementCache, type StructureVersion } from './statement-cache.ts'
import { waitWhileBusy } from './wait-while-busy.ts'

export interface ConnectionSettings {
  readonly capabilities: Capabilities
  readonly structure: StructureVersion
  /** A `read` connection has `query_only` on for its whole life. */
  readonly access: 'read' | 'write'
  /** How long to wait for another process that has the write lock, in milliseconds. */
  readonly busyTimeoutMs: number
}

/** One connection of better-sqlite3. Answers at once, unless another process has the lock. */
export class SqliteConnection implements Connection {
  readonly capabilities: Capabilities
  readonly access: 'read' | 'write'
  readonly #database: Database
  readonly #statements: StatementCache
  readonly #structure: StructureVersion
  readonly #busyTimeoutMs: number
  #isBroken = false
  #isQueryOnly = false
  /** A transaction was begun and nobody has ended it. */
  #hasBegun = false
  #hasChangedStructure = false
  /** Something was run that returns no rows, since it was last made ready. */
  #hasCommanded = false

  constructor(database: Database, { capabilities, structure, access, busyTimeoutMs }: ConnectionSettings) {
    this.#database = database
    this.#structure = structure
    this.#statements = new StatementCache(database, structure)
    this.#busyTimeoutMs = busyTimeoutMs
    this.capabilities = capabilities
    this.access = access
    this.#setQueryOnly(access === 'read')
  }

  get isBroken(): boolean {
    return this.#isBroken
  }

  execute(statement: Statement): Eventually<StatementResult> {
    try {
      return this.#run(statement)
    } catch (error) {
      return this.#recover(error, () => this.#run(statement))
    }
  }

  begin({ readOnly }: BeginOptions): Eventually<void> {
    // The lock is taken now: a transaction that reads first and writes later can find its snapshot stale for good.
    const isWriting = this.access === 'write' && !readOnly
    if (readOnly) this.#setQueryOnly(true)
    this.#hasChangedStructure = false
    return this.#command(isWriting ? 'begin immediate' : 'begin', () => {
      this.#hasBegun = true
    })
  }

  commit(): Eventually<void> {
    return this.#command('commit', () => this.#ended())
  }

  rollback(): Eventually<void> {
    // SQLite may have rolled back by itself already.
    if (!this.#database.inTransaction) return this.#ended()
    return this.#command('rollback', () => {
      this.#forgetStructure()
      this.#ended()
    })
  }

  savepoint(name: string): Eventually<void> {
    return this.#command(`savepoint ${doubleQuoteName(name)}`)
  }

  rollbackToSavepoint(name: string): Eventually<void> {
    return this.#command(`rollback to ${doubleQuoteName(name)}`, () => this.#forgetStructure())
  }

  releaseSavepoint(name: string): Eventually<void> {
    return this.#command(`release ${doubleQuoteName(name)}`)
  }

  /** Ready for the next user: nothing begun, writes allowed again. */
  reset(): void {
    try {
      // Only what returns no rows can begin a transaction, and most users have run nothing of the kind.
      if (!this.#hasCommanded) return
      this.#hasCommanded = false
      if (this.#database.inTransaction) this.#database.exec('rollback')
      this.#forgetStructure()
      this.#ended()
    } catch {
      this.#isBroken = true
    }
  }

  close(): void {
    this.#isBroken = true
    this.#database.close()
  }

  #run(statement: Statement): StatementResult {
    const cached = this.#statements.get(statement)
    if (cached.returnsRows) {
      const rows = exactRows(cached, statement.parameters)
      return { rows, changed: cached.isReadOnly ? 0 : rows.length, insertId: null }
    }
    this.#hasCommanded = true
    const { parameters } = statement
    const { changes } = isSpreadable(parameters) ? cached.prepared.run(...parameters) : cached.prepared.run(parameters)
    if (cached.isDdl) this.#changeStructure()
    return { rows: [], changed: changes, insertId: null }
  }

  #command(sql: string, onDone?: () => void): Eventually<void> {
    const done = this.execute({ sql, parameters: [], name: sql, returnsRows: false })
    if (!(done instanceof Promise)) return onDone?.()
    return done.then(() => onDone?.())
  }

  #recover(error: unknown, attempt: () => StatementResult): Promise<StatementResult> {
    if (!isBusy(error)) throw this.#classified(error)
    return waitWhileBusy(attempt, this.#busyTimeoutMs).catch((last: unknown) => {
      throw this.#classified(last)
    })
  }

  #classified(error: unknown): DriverError {
    const classified = sqliteError(error, { lostTransaction: this.#hasBegun && !this.#database.inTransaction })
    if (classified.kind === 'connection') this.#isBroken = true
    return classified
  }

  #ended(): void {
    this.#hasBegun = false
    this.#setQueryOnly(this.access === 'read')
  }

  #setQueryOnly(isOn: boolean): void {
    if (this.#isQueryOnly === isOn) return
    this.#database.pragma(`query_only = ${isOn ? 'on' : 'off'}`)
    this.#isQueryOnly = isOn
  }

  #changeStructure(): void {
    this.#hasChangedStructure = true
    this.#structure.current += 1
  }

  /** What was learnt about tables that a rollback has changed back. */
  #forgetStructure(): void {
    if (this.#hasChangedStructure) this.#structure.current += 1
  }
}
