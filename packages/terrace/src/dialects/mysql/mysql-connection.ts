import type { Connection as Client, FieldPacket, PrepareStatementInfo, QueryError, ResultSetHeader } from 'mysql2'
import type {
  BeginOptions,
  Capabilities,
  Connection,
  DriverError,
  IsolationLevel,
  Statement,
  StatementResult,
} from '../../database/index.ts'
import { isStaleStatement, isUnpreparable, mysqlError } from './errors.ts'
import { parameterOf, type ParameterTypes } from './parameters.ts'
import { fixRows } from './rows.ts'
import { quoteName } from './schema-flavour.ts'

const isolationSql = {
  readCommitted: 'read committed',
  repeatableRead: 'repeatable read',
  serializable: 'serializable',
} as const satisfies Record<IsolationLevel, string>

/** Locks are the server's, at most 64 characters long: the database belongs to the name. */
const lockName = "sha2(concat(database(), ':', ?), 256)"

type Rows = Record<string, unknown>[]
type Settle = (error: QueryError | null, result: unknown, fields?: readonly FieldPacket[]) => void

/** One connection of `mysql2`. Everything is prepared and sent in the binary protocol: only there floats are exact. */
export class MysqlConnection implements Connection {
  readonly capabilities: Capabilities
  readonly #client: Client
  readonly #types: ParameterTypes
  /** Taken in the transaction that is open. */
  readonly #locks: string[] = []
  #isBroken = false

  constructor(client: Client, capabilities: Capabilities, types: ParameterTypes) {
    this.capabilities = capabilities
    this.#client = client
    this.#types = types
    // The loss of an idle connection is told by events; whoever uses it next learns it from `isBroken` or an error.
    client.on('error', () => this.#lose())
    client.on('end', () => this.#lose())
  }

  get isBroken(): boolean {
    return this.#isBroken
  }

  execute(statement: Statement): Promise<StatementResult> {
    return this.#prepared(statement).catch((error: unknown) => this.#recover(error, statement))
  }

  /** Read committed is the default of each connection of ours; other levels are said before, for the next transaction only. */
  async begin({ isolation, readOnly }: BeginOptions): Promise<void> {
    if (isolation !== 'readCommitted') await this.#command(`set transaction isolation level ${isolationSql[isolation]}`)
    await this.#command(`start transaction ${readOnly ? 'read only' : 'read write'}`)
  }

  async commit(): Promise<void> {
    await this.#command('commit')
    if (this.#locks.length > 0) await this.#unlock()
  }

  async rollback(): Promise<void> {
    await this.#command('rollback')
    if (this.#locks.length > 0) await this.#unlock()
  }

  /** Of the connection, not of the transaction: given back right after that, when others see what it has written. */
  async tryLock(name: string): Promise<boolean> {
    const { rows } = await this.execute({ sql: `select get_lock(${lockName}, 0) as held`, parameters: [name] })
    // Null where the server could not say.
    const isHeld = rows[0]?.['held'] === 1
    if (isHeld) this.#locks.push(name)
    return isHeld
  }

  savepoint(name: string): Promise<void> {
    return this.#command(`savepoint ${quoteName(name)}`)
  }

  rollbackToSavepoint(name: string): Promise<void> {
    return this.#command(`rollback to savepoint ${quoteName(name)}`)
  }

  releaseSavepoint(name: string): Promise<void> {
    return this.#command(`release savepoint ${quoteName(name)}`)
  }

  isAlive(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#abandon()
        resolve(false)
      }, withinMs)
      this.#client.ping((error) => {
        clearTimeout(timer)
        resolve(!error)
      })
    })
  }

  /** Says goodbye; a server that does not answer in time is left without. */
  end(withinMs: number): Promise<void> {
    if (this.#isBroken) {
      this.#client.destroy()
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#client.destroy()
        resolve()
      }
      const timer = setTimeout(done, withinMs)
      this.#client.end(done)
    })
  }

  #prepared({ sql, parameters }: Statement): Promise<StatementResult> {
    return new Promise((resolve, reject) => {
      const values = parameters.map((value) => parameterOf(value, this.#types))
      // Prepared once, then found by its text.
      this.#client.prepare(sql, (error, prepared) => {
        if (error !== null) return reject(error)
        const places = placesOf(prepared)
        if (places !== values.length) return reject(new Error(`${values.length} values for ${places} places`))
        prepared.execute(values as never[], settling(sql, resolve, reject))
      })
    })
  }

  #unprepared(sql: string): Promise<StatementResult> {
    return new Promise((resolve, reject) => {
      this.#client.query(sql, settling(sql, resolve, reject))
    })
  }

  async #recover(error: unknown, statement: Statement): Promise<StatementResult> {
    try {
      if (isUnpreparable(error) && statement.parameters.length === 0) return await this.#unprepared(statement.sql)
      if (!isStaleStatement(error)) throw error
      this.#client.unprepare(statement.sql)
      return await this.#prepared(statement)
    } catch (final) {
      throw this.#classified(final, statement.sql)
    }
  }

  /** A connection that keeps a lock would keep everybody out: it is not used again. */
  async #unlock(): Promise<void> {
    try {
      for (const name of this.#locks.splice(0))
        await this.execute({ sql: `select release_lock(${lockName}) as released`, parameters: [name] })
    } catch {
      this.#abandon()
    }
  }

  async #command(sql: string): Promise<void> {
    try {
      await this.#unprepared(sql)
    } catch (error) {
      throw this.#classified(error, sql)
    }
  }

  #classified(error: unknown, sql: string): DriverError {
    const classified = mysqlError(error, sql)
    if (classified.kind === 'connection') this.#lose()
    return classified
  }

  #abandon(): void {
    this.#lose()
    this.#client.destroy()
  }

  #lose(): void {
    this.#isBroken = true
  }
}

/**
 * How many values a statement takes. A server that is sent more reads each as a part of another: of raw SQL with a quoted
 * place (`name = '${name}'`) it would write what nobody gave. Missing in the types of mysql2 3.
 */
function placesOf(prepared: PrepareStatementInfo): number {
  return (prepared as unknown as { readonly parameters: readonly unknown[] }).parameters.length
}

const changes = /^\s*(?:insert|update|delete|replace)\b/i

function settling(sql: string, resolve: (result: StatementResult) => void, reject: (error: unknown) => void): Settle {
  return (error, result, fields) => {
    if (error === null) resolve(resultOf(sql, result, fields))
    else reject(error)
  }
}

function resultOf(sql: string, result: unknown, fields: readonly FieldPacket[] | undefined): StatementResult {
  if (!Array.isArray(result)) return headerResult(result as ResultSetHeader)
  // With RETURNING the server sends the rows and no count.
  const changed = changes.test(sql) ? result.length : 0
  return { rows: fixRows(result as Rows, fields ?? []), changed, insertId: null }
}

function headerResult({ affectedRows, insertId }: ResultSetHeader): StatementResult {
  return { rows: [], changed: affectedRows, insertId: insertIdOf(insertId) }
}

/** Text beyond 2^53 - 1; 0 where nothing was numbered. */
function insertIdOf(id: number | string): number | bigint | null {
  if (typeof id === 'string') return BigInt(id)
  return id === 0 ? null : id
}
