import type { BackupDialect, RowSecurityDialect, RuntimeDialect, ScratchDialect } from '../database/index.ts'
import type { SchemaDialectFactory, ServerVersion } from '../schema/index.ts'

/** The contracts of one engine. */
export interface Dialect {
  readonly runtime: RuntimeDialect
  readonly schema: SchemaDialectFactory
  readonly scratch: ScratchDialect
  /** What a structure may be declared for where no database is asked. */
  readonly servers: readonly ServerVersion[]
  readonly backup: BackupDialect
  /** Absent where the engine has no policies on rows. */
  readonly rowSecurity?: RowSecurityDialect
}

const sqlite = async (): Promise<Dialect> => {
  const { backupDialect, createSchemaDialect, sqliteDialect, scratchDialect, servers } =
    await import('../dialects/sqlite/index.ts')
  return {
    runtime: sqliteDialect,
    schema: createSchemaDialect,
    scratch: scratchDialect,
    servers,
    backup: backupDialect,
  }
}

const postgres = async (): Promise<Dialect> => {
  const { backupDialect, createSchemaDialect, postgresDialect, rowSecurity, scratchDialect, servers } =
    await import('../dialects/postgres/index.ts')
  return {
    runtime: postgresDialect,
    schema: createSchemaDialect,
    scratch: scratchDialect,
    servers,
    backup: backupDialect,
    rowSecurity,
  }
}

const mysql = async (): Promise<Dialect> => {
  const { backupDialect, createSchemaDialect, mysqlDialect, scratchDialect, servers } =
    await import('../dialects/mysql/index.ts')
  return { runtime: mysqlDialect, schema: createSchemaDialect, scratch: scratchDialect, servers, backup: backupDialect }
}

/** By the scheme of a URL. A dialect is loaded when the first URL asks for it, its driver when a database is opened. */
export const dialectsByScheme: Readonly<Record<string, () => Promise<Dialect>>> = Object.freeze({
  sqlite,
  postgres,
  postgresql: postgres,
  pglite: postgres,
  mysql,
  mariadb: mysql,
})

/** By a scheme, the engine's name: of the folder of its migrations and of `stored`. */
export const enginesByScheme: Readonly<Record<string, string>> = Object.freeze({
  sqlite: 'sqlite',
  postgres: 'postgres',
  postgresql: 'postgres',
  pglite: 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
})

/** What a URL looks like, for messages. */
export const exampleUrls = 'sqlite:app.db or postgres://user@host/database'

/** An empty database in this process: fast, gone when it is closed, and needing no server. */
export const memoryUrl = 'sqlite::memory:'
