import type { Driver, RuntimeDialect } from '../../src/database/index.ts'
import type { SchemaDialect, SchemaDialectFactory, ServerVersion, StructureVocabulary } from '../../src/schema/index.ts'
import { structureOf, type Structure } from '../../src/sync/index.ts'
import type { EngineName } from '../../src/testing/servers.ts'

export interface LawEngine {
  readonly runtime: RuntimeDialect
  readonly schema: SchemaDialectFactory
  readonly vocabulary: (server: ServerVersion) => StructureVocabulary
  /** Drops every table; null for an engine that makes a new database in no time. */
  readonly clear: ((bench: Clearing) => Promise<void>) | null
}

type Clearing = Pick<LawsBench, 'rows' | 'run'>

const tablesQuery = `select table_name as name from information_schema.tables
  where table_schema = %here% and table_type = 'BASE TABLE' and table_name not like 'terrace!_%' escape '!'`

const loaders = {
  sqlite: async (): Promise<LawEngine> => {
    const door = await import('../../src/dialects/sqlite/index.ts')
    const { sqliteDialect: runtime, createSchemaDialect: schema, structureVocabulary } = door
    return { runtime, schema, vocabulary: () => structureVocabulary, clear: null }
  },
  postgres: async (): Promise<LawEngine> => {
    const door = await import('../../src/dialects/postgres/index.ts')
    const { postgresDialect: runtime, createSchemaDialect: schema, structureVocabulary } = door
    return { runtime, schema, vocabulary: () => structureVocabulary, clear: clearSchema }
  },
  mysql: async (): Promise<LawEngine> => {
    const door = await import('../../src/dialects/mysql/index.ts')
    const { mysqlDialect: runtime, createSchemaDialect: schema, structureVocabulary: vocabulary } = door
    return { runtime, schema, vocabulary, clear: clearDatabase }
  },
}

async function clearSchema({ rows, run }: Clearing): Promise<void> {
  const tables = await rows(tablesQuery.replace('%here%', 'current_schema()'))
  const names = tables.map(({ name }) => `"${String(name).replaceAll('"', '""')}"`)
  if (names.length > 0) await run([`drop table ${names.join(', ')} cascade`])
}

async function clearDatabase({ rows, run }: Clearing): Promise<void> {
  const tables = await rows(tablesQuery.replace('%here%', 'database()'))
  const names = tables.map(({ name }) => `\`${String(name).replaceAll('`', '``')}\``)
  if (names.length === 0) return
  await run(['set foreign_key_checks = 0', `drop table ${names.join(', ')}`, 'set foreign_key_checks = 1'])
}

const loaderOf = {
  sqliteMemory: loaders.sqlite,
  sqliteFile: loaders.sqlite,
  pglite: loaders.postgres,
  postgres: loaders.postgres,
  mysql: loaders.mysql,
} as const satisfies Record<EngineName, () => Promise<LawEngine>>

export function lawEngine(name: EngineName): Promise<LawEngine> {
  return loaderOf[name]()
}

/** One database on which laws are tried, pair after pair. */
export interface LawsBench {
  readonly dialect: SchemaDialect
  readonly structure: Structure
  readonly vocabulary: StructureVocabulary
  rows(sql: string, parameters?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** On one connection, each by itself. */
  run(statements: readonly string[]): Promise<void>
  /** As a database that Terrace has never seen any table in. */
  clear(): Promise<void>
  /** Makes the next look compare everything anew, as after an upgrade of the server. */
  forget(): Promise<void>
  close(): Promise<void>
}

export async function openLawsBench(engine: LawEngine, url: string): Promise<LawsBench> {
  let driver = await open(engine, url)
  const dialect = engine.schema(driver.capabilities)
  const vocabulary = engine.vocabulary(driver.capabilities)
  let structure = structureOf({ driver, schema: engine.schema })
  const rows: LawsBench['rows'] = (sql, parameters = []) => onConnection(driver, async (run) => run(sql, parameters))
  const run: LawsBench['run'] = (statements) =>
    onConnection(driver, async (one) => {
      for (const sql of statements) await one(sql)
    })
  return {
    dialect,
    vocabulary,
    get structure() {
      return structure
    },
    rows,
    run,
    clear: async () => {
      if (engine.clear === null) {
        await driver.close()
        driver = await open(engine, url)
        structure = structureOf({ driver, schema: engine.schema })
        return
      }
      await run(vocabulary.strangers.remove(''))
      await engine.clear({ rows, run })
      const { hasJournal } = await structure.introspect()
      if (hasJournal) await run(['delete from terrace_object', `delete from terrace_meta where ${keyIs(dialect)}`])
    },
    forget: () =>
      run([`delete from terrace_meta where ${keyIs(dialect)}`, `update terrace_object set canonical_hash = ''`]),
    close: () => driver.close(),
  }
}

function keyIs({ quoteName }: SchemaDialect): string {
  return `${quoteName('key')} = 'structure'`
}

function open({ runtime }: LawEngine, url: string): Promise<Driver> {
  return runtime.open({ url, pool: { size: 2, overflow: 1 } })
}

type RunOne = (sql: string, parameters?: readonly unknown[]) => Promise<readonly Readonly<Record<string, unknown>>[]>

async function onConnection<T>(driver: Driver, work: (run: RunOne) => Promise<T>): Promise<T> {
  const connection = await driver.acquire({ access: 'write', timeoutMs: 5_000 })
  try {
    return await work(async (sql, parameters = []) => (await connection.execute({ sql, parameters })).rows)
  } finally {
    await driver.release(connection)
  }
}
