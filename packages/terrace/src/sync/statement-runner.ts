import type { Connection } from '../database/index.ts'
import type { Query } from '../schema/index.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** Runs plain SQL on one connection and counts it. */
export class StatementRunner {
  readonly connection: Connection
  count = 0
  /** The text of the latest one. */
  last = ''

  constructor(connection: Connection) {
    this.connection = connection
  }

  async rows({ sql, parameters }: Query): Promise<Rows> {
    this.last = sql
    this.count += 1
    const result = await this.connection.execute({ sql, parameters })
    return result.rows
  }

  async run(sql: string, parameters: readonly unknown[] = []): Promise<void> {
    await this.changed(sql, parameters)
  }

  /** Rows that the statement has changed. */
  async changed(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    this.last = sql
    this.count += 1
    return (await this.connection.execute({ sql, parameters, returnsRows: false })).changed
  }

  /** One transaction: commits when the work returns, rolls back when it throws. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    const { isolationLevels } = this.connection.capabilities
    await this.connection.begin({ isolation: isolationLevels[0] ?? 'serializable', readOnly: false })
    try {
      const result = await work()
      await this.connection.commit()
      return result
    } catch (error) {
      await this.rollback(error)
      throw error
    }
  }

  /** A connection that cannot even roll back keeps the first error, which says more. */
  private async rollback(first: unknown): Promise<void> {
    try {
      await this.connection.rollback()
    } catch (error) {
      throw new AggregateError([first, error], 'the transaction failed and could not be rolled back', { cause: error })
    }
  }
}
