import type { Client, QueryResult } from 'pg'
import type { Capabilities, DriverError, Statement, StatementResult } from '../../database/index.ts'
import { isLostStatement, isStalePlan, postgresError, statementGone } from './errors.ts'
import { PostgresConnection, resultOf } from './postgres-connection.ts'
import type { StatementNames } from './statement-names.ts'

/** One connection of `pg`. */
export class ServerConnection extends PostgresConnection {
  readonly #client: Client
  readonly #names: StatementNames
  #isBroken = false

  constructor(client: Client, capabilities: Capabilities, names: StatementNames) {
    super(capabilities)
    this.#client = client
    this.#names = names
    // `pg` tells an idle connection's loss by events; whoever uses it next learns it from `isBroken` or an error.
    client.on('error', () => this.#lose())
    client.on('end', () => this.#lose())
  }

  get isBroken(): boolean {
    return this.#isBroken
  }

  execute(statement: Statement): Promise<StatementResult> {
    const name = this.#names.nameOf(statement.name)
    return new Promise((resolve, reject) => {
      this.#send(statement, name, (error, result) => {
        if (error === null) resolve(resultOf(result.command, result.rowCount, result.rows))
        else if (name === undefined) reject(this.#classified(error))
        else resolve(this.#recover(error, statement))
      })
    })
  }

  async isAlive(withinMs: number): Promise<boolean> {
    const timer = setTimeout(() => this.#client.connection.stream.destroy(), withinMs)
    try {
      await this.command('select 1')
      return true
    } catch {
      return false
    } finally {
      clearTimeout(timer)
    }
  }

  /** Says goodbye; a server that does not answer in time is left without. */
  async end(withinMs: number): Promise<void> {
    const timer = setTimeout(() => this.#client.connection.stream.destroy(), withinMs)
    await this.#client.end()
    clearTimeout(timer)
  }

  protected command(sql: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#client.query(sql, (error: Error | null, result: QueryResult | QueryResult[]) => {
        if (error === null) resolve((Array.isArray(result) ? result.at(-1) : result)?.command ?? '')
        else reject(this.#classified(error))
      })
    })
  }

  #send(
    { sql, parameters }: Statement,
    name: string | undefined,
    settle: (error: Error | null, result: QueryResult<Record<string, unknown>>) => void,
  ): void {
    // `extended` also without parameters: one statement per text, whatever the text is. Missing in the types of pg 8.
    const query = { text: sql, values: parameters as unknown[], name, queryMode: 'extended' }
    this.#client.query(query as { text: string; values: unknown[] }, settle as (error: Error) => void)
  }

  /**
   * A named statement failed. Where only the name was at fault and no transaction was open, nothing was done and it is sent
   * again at once; inside a transaction, which such an error aborts, the unit of work has to be repeated.
   */
  async #recover(error: Error, statement: Statement): Promise<StatementResult> {
    if (isLostStatement(error)) this.#names.turnOff()
    else if (isStalePlan(error)) this.#names.renew()
    else throw this.#classified(error)
    // What the server said last, before the failed statement.
    if (this.#client.getTransactionStatus() !== 'I') throw statementGone(error)
    return this.execute(statement)
  }

  #classified(error: Error): DriverError {
    const classified = postgresError(error)
    if (classified.kind === 'connection') this.#lose()
    return classified
  }

  #lose(): void {
    this.#isBroken = true
  }
}
