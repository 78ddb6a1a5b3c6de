import {
  DialectAdapterBase,
  Kysely,
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type QueryCompiler,
  type QueryResult,
} from 'kysely'
import { errors } from '../../errors/index.ts'
import type { StatementResult } from '../driver.ts'
import type { SessionExecutor } from '../session.ts'
import type { CompiledStatement, CompileOptions } from './compiled-statement.ts'
import { refused } from './refuse.ts'
import { requireReferences } from './require-references.ts'

/** What a hand-written query needs of its session. */
export type QuerySession = Pick<SessionExecutor, 'scope' | 'compiler' | 'capabilities' | 'now' | 'newId' | 'run'>

export type QueryBuilderOptions = Partial<Pick<CompileOptions, 'deleted' | 'allowUnbounded'>>

/**
 * A Kysely for hand-written queries. Whatever way a query is run, it was compiled by the session's compiler or is refused:
 * plugins may be added and removed, but only change the tree before it is compiled; `CompiledQuery.raw` and queries of another
 * Kysely are `SCOPE_FOREIGN_QUERY`; transactions, streams, structure and introspection are `SCOPE_REFUSED`.
 */
export function createQueryBuilder(session: QuerySession, options: QueryBuilderOptions = {}): Kysely<never> {
  return new Kysely<never>({ dialect: new SessionDialect(session, options) })
}

class SessionDialect implements Dialect {
  readonly #session: QuerySession
  readonly #options: QueryBuilderOptions
  readonly #statements = new WeakMap<CompiledQuery, CompiledStatement>()

  constructor(session: QuerySession, options: QueryBuilderOptions) {
    this.#session = session
    this.#options = options
  }

  createQueryCompiler(): QueryCompiler {
    const session = this.#session
    const { deleted = 'without', allowUnbounded = false } = this.#options
    return {
      compileQuery: (node, queryId) => {
        const { scope } = session
        const statement = session.compiler.compile(node, {
          scope,
          deleted,
          byRule: false,
          allowUnbounded,
          stamps: session,
        })
        const query = Object.freeze({ query: node, queryId, sql: statement.sql, parameters: statement.bindings })
        this.#statements.set(query, statement)
        return query
      },
    }
  }

  createDriver(): Driver {
    return new SessionDriver((query) => this.#run(query))
  }

  createAdapter(): SessionAdapter {
    return new SessionAdapter()
  }

  createIntrospector(): DatabaseIntrospector {
    throw refused(
      'Introspection',
      'catalogues are no models',
      'Read the structure from the models, or by the sync commands',
    )
  }

  async #run(query: CompiledQuery): Promise<QueryResult<never>> {
    const statement = this.#statements.get(query)
    if (statement === undefined) throw errors.SCOPE_FOREIGN_QUERY()
    await requireReferences(this.#session, statement)
    return resultOf(statement, await this.#session.run(statement))
  }
}

function resultOf(statement: CompiledStatement, { rows, changed, insertId }: StatementResult): QueryResult<never> {
  const written = statement.operation === 'select' ? {} : { numAffectedRows: BigInt(changed) }
  const numbered = statement.operation === 'insert' && insertId !== null ? { insertId: BigInt(insertId) } : {}
  return { rows: rows as never[], ...written, ...numbered }
}

class SessionAdapter extends DialectAdapterBase {
  /** Where the engine has none, the compiler refuses RETURNING before. */
  override get supportsReturning(): boolean {
    return true
  }

  override acquireMigrationLock(): Promise<void> {
    return Promise.reject(migrations())
  }

  override releaseMigrationLock(): Promise<void> {
    return Promise.reject(migrations())
  }
}

function migrations(): Error {
  return refused('Kysely’s migrator', 'the structure follows from the models', 'Use the sync commands')
}

class SessionDriver implements Driver {
  readonly #connection: DatabaseConnection

  constructor(run: (query: CompiledQuery) => Promise<QueryResult<never>>) {
    this.#connection = {
      executeQuery: run as DatabaseConnection['executeQuery'],
      streamQuery: () => {
        throw refused(
          'stream()',
          'a session has one statement at a time, and a stream would hold it',
          'Read page by page: order by the key, limit',
        )
      },
    }
  }

  init(): Promise<void> {
    return Promise.resolve()
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(this.#connection)
  }

  beginTransaction(): Promise<void> {
    return Promise.reject(transactions())
  }

  commitTransaction(): Promise<void> {
    return Promise.reject(transactions())
  }

  rollbackTransaction(): Promise<void> {
    return Promise.reject(transactions())
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve()
  }

  destroy(): Promise<void> {
    return Promise.resolve()
  }
}

function transactions(): Error {
  return refused(
    'transaction()',
    'the session is one already',
    'Use session.nested(work) for a part that is undone alone',
  )
}
