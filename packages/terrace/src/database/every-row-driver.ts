import type {
  AcquireOptions,
  BeginOptions,
  Connection,
  Driver,
  Eventually,
  Statement,
  StatementResult,
} from './driver.ts'
import type { RowIdentity } from './row-identity.ts'

/**
 * The same database for work on its structure, which has to see every row where policies of the database hold for its role: each
 * transaction is begun with `everyRow`, and a statement outside of one that reads or writes rows gets one of its own.
 */
export function everyRowDriver(driver: Driver, everyRow: RowIdentity): Driver {
  return {
    capabilities: driver.capabilities,
    acquire: (options: AcquireOptions): Eventually<Connection> => {
      const acquired = driver.acquire(options)
      const wrap = (connection: Connection): Connection => new EveryRowConnection(connection, everyRow)
      return acquired instanceof Promise ? acquired.then(wrap) : wrap(acquired)
    },
    release: (connection, options) => driver.release((connection as EveryRowConnection).inner, options),
    stats: () => driver.stats(),
    close: () => driver.close(),
  }
}

// Everything else is a command, on which policies have no say, and some of which refuse a transaction.
const rowCommand = /^\s*(?:select|insert|update|delete|with|merge|table|values|explain|copy)\b/i

class EveryRowConnection implements Connection {
  readonly inner: Connection
  readonly #everyRow: RowIdentity
  #isInside = false

  constructor(inner: Connection, everyRow: RowIdentity) {
    this.inner = inner
    this.#everyRow = everyRow
  }

  get capabilities(): Connection['capabilities'] {
    return this.inner.capabilities
  }

  execute(statement: Statement): Eventually<StatementResult> {
    return this.#isInside || !rowCommand.test(statement.sql) ? this.inner.execute(statement) : this.#alone(statement)
  }

  async begin(options: BeginOptions): Promise<void> {
    await this.inner.begin({ ...options, identity: options.identity ?? this.#everyRow })
    this.#isInside = true
  }

  async commit(): Promise<void> {
    await this.inner.commit()
    this.#isInside = false
  }

  async rollback(): Promise<void> {
    await this.inner.rollback()
    this.#isInside = false
  }

  tryLock(name: string): Eventually<boolean> {
    return this.inner.tryLock?.(name) ?? true
  }

  savepoint(name: string): Eventually<void> {
    return this.inner.savepoint(name)
  }

  rollbackToSavepoint(name: string): Eventually<void> {
    return this.inner.rollbackToSavepoint(name)
  }

  releaseSavepoint(name: string): Eventually<void> {
    return this.inner.releaseSavepoint(name)
  }

  async #alone(statement: Statement): Promise<StatementResult> {
    await this.begin({ isolation: 'readCommitted', readOnly: false })
    try {
      const result = await this.inner.execute(statement)
      await this.commit()
      return result
    } catch (error) {
      await this.rollback()
      throw error
    }
  }
}
