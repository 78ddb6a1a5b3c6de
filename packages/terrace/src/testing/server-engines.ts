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

type Run = (sql: string) => Promise<unknown>

const answerWithinMs = 3_000

export const serverEngines = {
  postgres: serverEngine({
    name: 'postgres',
    variable: 'TERRACE_TEST_POSTGRES_URL',
    defaultUrl: 'postgres://postgres@127.0.0.1:5432/test',
    withConnection: withPostgres,
    // Another template's encoding or collation would leak into the tests.
    create: (name) => `create database "${name}" template template0 encoding 'UTF8'`,
    drop: (name) => `drop database if exists "${name}" with (force)`,
  }),
  mysql: serverEngine({
    name: 'mysql',
    variable: 'TERRACE_TEST_MYSQL_URL',
    defaultUrl: 'mysql://root@127.0.0.1:3306/test',
    withConnection: withMysql,
    create: (name) => `create database \`${name}\``,
    drop: (name) => `drop database if exists \`${name}\``,
  }),
} as const satisfies Record<ServerEngine['name'], ServerEngine>

interface ServerFacts {
  readonly name: ServerEngine['name']
  readonly variable: string
  readonly defaultUrl: string
  withConnection(url: string, work: (run: Run) => Promise<void>): Promise<void>
  create(database: string): string
  drop(database: string): string
}

function serverEngine(facts: ServerFacts): ServerEngine {
  const url = (): string => process.env[facts.variable] ?? facts.defaultUrl
  const runOne = (sql: string): Promise<void> =>
    facts.withConnection(url(), async (run) => {
      await run(sql)
    })
  return {
    name: facts.name,
    url,
    reasonUnavailable: () =>
      runOne('select 1').then(
        () => null,
        (error: unknown) => unavailableReason(url(), facts.variable, error),
      ),
    create: (database) => runOne(facts.create(database)),
    drop: (database) => runOne(facts.drop(database)),
  }
}

function unavailableReason(url: string, variable: string, error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string }
  return `no answer from ${new URL(url).host} (${code ?? message ?? 'unknown reason'}); start a server or set ${variable}`
}

async function withPostgres(url: string, work: (run: Run) => Promise<void>): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: answerWithinMs })
  await client.connect()
  try {
    await work((sql) => client.query(sql))
  } finally {
    await client.end()
  }
}

async function withMysql(url: string, work: (run: Run) => Promise<void>): Promise<void> {
  const { createConnection } = await import('mysql2/promise')
  const connection = await createConnection({ uri: url, connectTimeout: answerWithinMs })
  try {
    await work((sql) => connection.query(sql))
  } finally {
    await connection.end()
  }
}
