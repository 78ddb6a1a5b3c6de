import {
  consequencesOf,
  DriverError,
  type BeginOptions,
  type Capabilities,
  type Connection,
  type Eventually,
  type IsolationLevel,
  type Statement,
  type StatementResult,
} from '../../database/index.ts'
import { doubleQuoteName } from '../../schema/index.ts'

const isolationSql = {
  readCommitted: 'read committed',
  repeatableRead: 'repeatable read',
  serializable: 'serializable',
} as const satisfies Record<IsolationLevel, string>

const changingCommands = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/** The transaction commands of both drivers. Nothing is SET: behind a pooler the next transaction has another server. */
export abstract class PostgresConnection implements Connection {
  readonly capabilities: Capabilities

  constructor(capabilities: Capabilities) {
    this.capabilities = capabilities
  }

  abstract execute(statement: Statement): Eventually<StatementResult>

  /** Runs SQL of ours without parameters; gives the server's command tag: `BEGIN`, `ROLLBACK`. */
  protected abstract command(sql: string): Eventually<string>

  begin({ isolation, readOnly }: BeginOptions): Eventually<void> {
    return done(
      this.command(`begin isolation level ${isolationSql[isolation]} ${readOnly ? 'read only' : 'read write'}`),
    )
  }

  async commit(): Promise<void> {
    // A transaction with a failed statement is rolled back, and the server reports that as success.
    if ((await this.command('commit')) === 'ROLLBACK') throw commitRefused()
  }

  rollback(): Eventually<void> {
    return done(this.command('rollback'))
  }

  savepoint(name: string): Eventually<void> {
    return done(this.command(`savepoint ${doubleQuoteName(name)}`))
  }

  rollbackToSavepoint(name: string): Eventually<void> {
    return done(this.command(`rollback to savepoint ${doubleQuoteName(name)}`))
  }

  releaseSavepoint(name: string): Eventually<void> {
    return done(this.command(`release savepoint ${doubleQuoteName(name)}`))
  }
}

export function resultOf(command: string, count: number | null, rows: Record<string, unknown>[]): StatementResult {
  return { rows, changed: changingCommands.has(command) ? (count ?? 0) : 0, insertId: null }
}

function done(tag: Eventually<string>): Eventually<void> {
  return tag instanceof Promise ? tag.then(() => undefined) : undefined
}

function commitRefused(): DriverError {
  const facts = { kind: 'other', ...consequencesOf.other, table: null, constraint: null, columns: null } as const
  return new DriverError('other: a failed statement had ended the transaction, which was rolled back', facts, undefined)
}
