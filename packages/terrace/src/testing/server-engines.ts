import type { RuntimeDialect } from '../database/index.ts'

/** What a test needs of a database server. */
export interface ServerEngine {
  readonly name: 'postgres' | 'mysql'
  /** An existing database, and the user who may create others beside it. */
  url(): string
  /** Null when the server answers, else why not, with its address. */
  reasonUnavailable(): Promise<string | null>
  create(database: string): Promise<void>
  drop(database: string): Promise<void>
}

export const serverEngines = {
  postgres: serverEngine({
    name: 'postgres',
    variable: 'TERRACE_TEST_POSTGRES_URL',
    defaultUrl: 'postgres://postgres@127.0.0.1:5432/test',
    load: async () => (await import('../dialects/postgres/index.ts')).postgresDialect,
    // Another template's encoding or objects would leak into the tests.
    create: (name) => `create database "${name}" template template0 encoding 'UTF8'`,
    drop: (name) => `drop database if exists "${name}" with (force)`,
  }),
  mysql: serverEngine({
    name: 'mysql',
    variable: 'TERRACE_TEST_MYSQL_URL',
    defaultUrl: 'mysql://root@127.0.0.1:3306/test',
    load: async () => (await import('../dialects/mysql/index.ts')).mysqlDialect,
    create: (name) => `create database \`${name}\``,
    drop: (name) => `drop database if exists \`${name}\``,
  }),
} as const satisfies Record<ServerEngine['name'], ServerEngine>

interface ServerFacts {
  readonly name: ServerEngine['name']
  readonly variable: string
  readonly defaultUrl: string
  load(): Promise<RuntimeDialect>
  create(database: string): string
  drop(database: string): string
}

function serverEngine(facts: ServerFacts): ServerEngine {
  const url = (): string => process.env[facts.variable] ?? facts.defaultUrl
  const run = (sql: string): Promise<void> => runOne({ url: url(), load: facts.load, sql })
  return {
    name: facts.name,
    url,
    reasonUnavailable: () =>
      run('select 1').then(
        () => null,
        (error: unknown) => `${messageOf(error)}; start a server or set ${facts.variable}`,
      ),
    create: (database) => run(facts.create(database)),
    drop: (database) => run(facts.drop(database)),
  }
}

interface OneStatement extends Pick<ServerFacts, 'load'> {
  readonly url: string
  readonly sql: string
}

async function runOne({ url, load, sql }: OneStatement): Promise<void> {
  const dialect = await load()
  const driver = await dialect.open({ url, pool: { size: 1, overflow: 0 } })
  try {
    const connection = await driver.acquire({ access: 'write', timeoutMs: 5_000 })
    try {
      await connection.execute({ sql, parameters: [] })
    } finally {
      await driver.release(connection)
    }
  } finally {
    await driver.close()
  }
}

/** Of an error of ours: it shows no password. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
