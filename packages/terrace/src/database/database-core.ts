import type { ModelGraph } from '../model/index.ts'
import type { StatementCompiler } from './compile/compiled-statement.ts'
import type { DatabaseCounts } from './database-counts.ts'
import type { DatabaseObserver } from './database-observer.ts'
import type { Driver } from './driver.ts'
import type { PreparedStatements } from './prepared-statements.ts'
import type { RuntimeDialect } from './runtime-dialect.ts'
import type { ToldIdentities } from './told-identities.ts'

/** What the sessions of one database share. */
export interface DatabaseCore {
  readonly graph: ModelGraph
  readonly dialect: RuntimeDialect
  readonly driver: Driver
  readonly compiler: StatementCompiler
  readonly statements: PreparedStatements
  readonly observer: DatabaseObserver
  /** Told to the database before the first statement of a scope; null where only the compiler limits rows. */
  readonly identities: ToldIdentities | null
  readonly counts: DatabaseCounts
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly newId: () => string
  /** How long a session waits for a connection, in milliseconds. */
  readonly acquireTimeoutMs: number
  /** How long the answer to one statement of a session is waited for, in milliseconds; 0: without end. */
  readonly statementTimeoutMs: number
}
