import type * as mysqlPackage from 'mysql2'
import type { Connection as Client, ConnectionOptions } from 'mysql2'
import {
  loadDriver,
  openPooledDriver,
  reachRemedy,
  socketReason,
  type ConnectionSource,
  type Driver,
  type LoadPackage,
  type OpenOptions,
} from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import { mysqlCapabilities } from './capabilities.ts'
import { parseServerUrl, type ServerUrl } from './connection-url.ts'
import { MysqlConnection } from './mysql-connection.ts'
import { parseServer, tooOld, type Server } from './server.ts'

type Mysql = Pick<typeof mysqlPackage, 'createConnection' | 'TypedParameter'>

const connectWithinMs = 10_000
const pingWithinMs = 1_000
const endWithinMs = 1_000

const driverOptions: ConnectionOptions = {
  connectTimeout: connectWithinMs,
  // Exact values: text beyond 2^53, and dates and json as the server writes them.
  supportBigNumbers: true,
  dateStrings: true,
  jsonStrings: true,
  timezone: 'Z',
  // `changed` counts matched rows; the server may not ask for files of this machine.
  flags: ['FOUND_ROWS', '-LOCAL_FILES'],
  multipleStatements: false,
  // A server has 16382 for all its connections unless configured otherwise.
  maxPreparedStatements: 500,
}

/** `mysql://` and `mariadb://`, by the package `mysql2`. */
export async function openServer({ url, pool }: OpenOptions, load?: LoadPackage): Promise<Driver> {
  const loaded = await loadDriver({ package: 'mysql2', scheme: 'mysql:', load }, () => import('mysql2'))
  return openPooledDriver(serverConnections(exportsOf(loaded), parseServerUrl(url)), pool)
}

// Node sees only those exports of a CommonJS package that its text assigns; `TypedParameter` is behind a getter.
function exportsOf(loaded: Mysql): Mysql {
  return (loaded as { readonly default?: Mysql }).default ?? loaded
}

function serverConnections(mysql: Mysql, url: ServerUrl): ConnectionSource<MysqlConnection> {
  return {
    open: () => connect(mysql, url),
    destroy: (connection) => connection.end(endWithinMs),
    isBroken: (connection) => connection.isBroken,
    ping: (connection) => connection.isAlive(pingWithinMs),
  }
}

async function connect(mysql: Mysql, url: ServerUrl): Promise<MysqlConnection> {
  const client = mysql.createConnection({ ...url.forDriver, ...driverOptions })
  // An error event nobody listens to ends the process; the statement or the handshake under way fails with the same error.
  client.on('error', () => undefined)
  try {
    const server = await settledWithin(connectWithinMs, prepare(client))
    return new MysqlConnection(client, mysqlCapabilities(server), mysql.TypedParameter)
  } catch (error) {
    client.destroy()
    const values = { url: url.forMessages, reason: reasonOf(error), remedy: remedyOf(error, url) }
    throw errors.DATABASE_UNREACHABLE({ values, cause: error })
  }
}

async function prepare(client: Client): Promise<Server> {
  await handshake(client)
  const server = parseServer(await versionOf(client))
  const problem = tooOld(server)
  if (problem !== null) throw new Error(problem)
  for (const sql of settingsOf(server)) await query(client, sql)
  return server
}

/** The driver's own limit ends with the handshake, and a client that is destroyed answers nothing more. */
async function settledWithin<R>(withinMs: number, work: Promise<R>): Promise<R> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })), withinMs)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** What the meaning of statements and values depends on; the server's own defaults differ from one to the next. */
function settingsOf({ product }: Server): readonly string[] {
  const collation = product === 'MariaDB' ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin'
  const modes = [
    'STRICT_ALL_TABLES',
    'NO_ZERO_DATE',
    'NO_ZERO_IN_DATE',
    'ERROR_FOR_DIVISION_BY_ZERO',
    'NO_ENGINE_SUBSTITUTION',
    // `a || b` joins texts as on every other engine. NO_BACKSLASH_ESCAPES stays off: Kysely escapes for the default.
    'PIPES_AS_CONCAT',
  ]
  const settings = [
    `names utf8mb4 collate ${collation}`,
    `sql_mode = '${modes.join(',')}'`,
    `time_zone = '+00:00'`,
    'autocommit = 1',
    'foreign_key_checks = 1',
    'unique_checks = 1',
    // Errors are told apart by their text too.
    `lc_messages = 'en_US'`,
    // JSON_ARRAYAGG ends in the middle at this length on MariaDB.
    'group_concat_max_len = 4294967295',
    // By default sorting compares the first 1024 bytes and leaves the rest to chance. This is the longest varchar; of longer
    // texts the rest is left out still. Fifteen such keys must fit into the buffer, which MySQL makes smaller than that.
    // Source: MariaDB, sql/filesort.cc, MERGEBUFF2.
    'max_sort_length = 65535',
    'sort_buffer_size = greatest(@@session.sort_buffer_size, 2097152)',
  ]
  return [`set ${settings.join(', ')}`, 'set session transaction isolation level read committed']
}

function handshake(client: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    client.connect((error) => (error ? reject(error) : resolve()))
  })
}

function query(client: Client, sql: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    client.query(sql, (error: Error | null, result: unknown) => (error ? reject(error) : resolve(result)))
  })
}

async function versionOf(client: Client): Promise<string> {
  const [row] = (await query(client, 'select version() as version')) as readonly { readonly version: string }[]
  return row?.version ?? ''
}

const missingDatabase = 1049

function remedyOf(error: unknown, { database }: ServerUrl): string {
  if ((error as { readonly errno?: number }).errno !== missingDatabase) return reachRemedy
  return `Create it: CREATE DATABASE \`${database.replaceAll('`', '``')}\`, or correct the URL`
}

// Sources: MySQL 8.4, "Server Error Message Reference"; MariaDB knowledge base, "MariaDB Error Code Reference".
const reasons: Readonly<Record<number, string>> = {
  1040: 'the server has no connection left',
  1044: 'this user may not use the database',
  1045: 'the user or the password was refused',
  [missingDatabase]: 'there is no such database',
  1130: 'the server refuses connections from here',
  1203: 'this user has no connection left',
  1698: 'the user or the password was refused',
}

function reasonOf(error: unknown): string {
  const {
    errno,
    code,
    message = '',
  } = error as { readonly errno?: number; readonly code?: string; readonly message?: string }
  if (errno !== undefined && reasons[errno] !== undefined) return reasons[errno]
  if (code === 'ETIMEDOUT') return `no answer within ${connectWithinMs / 1000} s`
  if (code === undefined) return message
  return socketReason(code) ?? `the driver reports ${code}`
}
