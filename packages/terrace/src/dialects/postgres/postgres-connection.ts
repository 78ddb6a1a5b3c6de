import { createHash } from 'node:crypto'
import {
  consequencesOf,
  DriverError,
  type BeginOptions,
  type Capabilities,
  type Connection,
  type Eventually,
  type IsolationLevel,
  type RowIdentity,
  type Statement,
  type StatementResult,
} from '../../database/index.ts'
import { doubleQuoteName } from '../../schema/index.ts'
import { identitySql } from './row-security/identity-sql.ts'

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

  /** Runs SQL of ours without parameters; gives the server's command tag, of the last statement: `BEGIN`, `ROLLBACK`. */
  protected abstract command(sql: string): Eventually<string>

  begin({ isolation, readOnly, identity = null }: BeginOptions): Eventually<void> {
    const begin = `begin isolation level ${isolationSql[isolation]} ${readOnly ? 'read only' : 'read write'}`
    return identity === null ? done(this.command(begin)) : this.#beginAs(`${begin}; ${identitySql(identity)}`)
  }

  identify(identity: RowIdentity): Eventually<void> {
    return done(this.command(identitySql(identity)))
  }

  async commit(): Promise<void> {
    // A transaction with a failed statement is rolled back, and the server reports that as success.
    if ((await this.command('commit')) === 'ROLLBACK') throw commitRefused()
  }

  rollback(): Eventually<void> {
    return done(this.command('rollback'))
  }

  /** By 64 bits of the name's hash; in this database alone. The end of the transaction gives it back. */
  tryLock(name: string): Eventually<boolean> {
    const key = createHash('sha256').update(name).digest().readBigInt64BE(0)
    const asked = this.execute({
      sql: 'select pg_try_advisory_xact_lock($1::bigint) as held',
      parameters: [String(key)],
    })
    return asked instanceof Promise ? asked.then(isHeld) : isHeld(asked)
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

  /** Where the second half fails the transaction has begun, and nobody else would end it. */
  async #beginAs(sql: string): Promise<void> {
    try {
      await this.command(sql)
    } catch (error) {
      if (!(error instanceof DriverError && error.kind === 'connection')) await this.rollback()
      throw error
    }
  }
}

export function resultOf(command: string, count: number | null, rows: Record<string, unknown>[]): StatementResult {
  return { rows, changed: changingCommands.has(command) ? (count ?? 0) : 0, insertId: null }
}

function isHeld({ rows }: StatementResult): boolean {
  return rows[0]?.['held'] === true || rows[0]?.['held'] === 't'
}

function done(tag: Eventually<string>): Eventually<void> {
  return tag instanceof Promise ? tag.then(() => undefined) : undefined
}

function commitRefused(): DriverError {
  const facts = { kind: 'other', ...consequencesOf.other, table: null, constraint: null, columns: null } as const
  return new DriverError('other: a failed statement had ended the transaction, which was rolled back', facts, undefined)
}
