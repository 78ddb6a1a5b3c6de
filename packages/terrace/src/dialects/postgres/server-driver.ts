import type pgPackage from 'pg'
import type { Client } from 'pg'
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
import { postgresCapabilities } from './capabilities.ts'
import { parseServerUrl, type ServerUrl } from './connection-url.ts'
import { parserOf } from './row-values.ts'
import { ServerConnection } from './server-connection.ts'
import { StatementNames } from './statement-names.ts'

type Pg = typeof pgPackage

const connectWithinMs = 10_000
const pingWithinMs = 1_000
const endWithinMs = 1_000

/** `postgres://` and `postgresql://`, by the package `pg`. */
export async function openServer({ url, pool }: OpenOptions, load?: LoadPackage): Promise<Driver> {
  const { default: pg } = await loadDriver({ package: 'pg', scheme: 'postgres:', load }, () => import('pg'))
  return openPooledDriver(serverConnections(pg, parseServerUrl(url)), pool)
}

function serverConnections(pg: Pg, url: ServerUrl): ConnectionSource<ServerConnection> {
  const preparation = { isOn: url.prepares }
  return {
    open: () => connect(pg, url, () => new StatementNames(preparation)),
    destroy: (connection) => connection.end(endWithinMs),
    isBroken: (connection) => connection.isBroken,
    ping: (connection) => connection.isAlive(pingWithinMs),
  }
}

async function connect(pg: Pg, url: ServerUrl, makeNames: () => StatementNames): Promise<ServerConnection> {
  const client = clientOf(pg, url)
  const settings = settingsReportedTo(client)
  // An error event nobody listens to ends the process; `connect` rejects with the same error.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    throw unreachable(url, reasonOf(error), { cause: error, remedy: remedyOf(error, url) })
  }
  const problem = problemOf(settings)
  if (problem !== null) {
    await client.end()
    throw unreachable(url, problem)
  }
  const capabilities = postgresCapabilities('PostgreSQL', settings.get('server_version') ?? 'unknown')
  return new ServerConnection(client, capabilities, makeNames())
}

/** The driver reads the files that the URL's options name (`sslrootcert`), and refuses some options. */
function clientOf(pg: Pg, { forDriver }: ServerUrl): Client {
  try {
    return new pg.Client({
      connectionString: forDriver,
      connectionTimeoutMillis: connectWithinMs,
      keepAlive: true,
      types: { getTypeParser: parserOf as never },
    })
  } catch (error) {
    const problem = 'the driver cannot use what follows its "?", see the cause'
    throw errors.DATABASE_URL({ values: { problem, remedy: 'Correct or remove those options' }, cause: error })
  }
}

/** Servers report these settings while connecting, poolers too: no statement is needed to learn them. */
function settingsReportedTo(client: Client): ReadonlyMap<string, string> {
  const settings = new Map<string, string>()
  client.connection.on('parameterStatus', ({ parameterName, parameterValue }: Record<string, string>) => {
    if (parameterName !== undefined && parameterValue !== undefined) settings.set(parameterName, parameterValue)
  })
  return settings
}

function problemOf(settings: ReadonlyMap<string, string>): string | null {
  const dateStyle = settings.get('DateStyle') ?? 'ISO'
  if (!dateStyle.startsWith('ISO'))
    return `it writes dates in the style "${dateStyle}"; run: alter role current_user set datestyle = 'ISO'`
  // Where a backslash escapes, a quoted literal could end early.
  if (settings.get('standard_conforming_strings') === 'off')
    return 'a backslash escapes in its strings; run: alter role current_user set standard_conforming_strings = on'
  return null
}

interface UnreachableDetails {
  readonly remedy?: string
  readonly cause?: unknown
}

function unreachable(url: ServerUrl, reason: string, { remedy = reachRemedy, cause }: UnreachableDetails = {}): Error {
  return errors.DATABASE_UNREACHABLE({ values: { url: url.forMessages, reason, remedy }, cause })
}

const missingDatabase = '3D000'

function remedyOf(error: unknown, { database }: ServerUrl): string {
  if ((error as { readonly code?: string }).code !== missingDatabase) return reachRemedy
  return `Create it: CREATE DATABASE "${database.replaceAll('"', '""')}", or correct the URL`
}

// Source: PostgreSQL manual, appendix A, "PostgreSQL Error Codes".
const reasons: Readonly<Record<string, string>> = {
  // Also where there is no such user.
  '28P01': 'the user or the password was refused',
  '28000': 'the server refuses this user from here',
  [missingDatabase]: 'there is no such database',
  '42501': 'this user may not connect to the database',
  '53300': 'the server has no connection left',
  '57P03': 'the server is starting or stopping',
}

function reasonOf(error: unknown): string {
  const { code, message = '' } = error as { readonly code?: string; readonly message?: string }
  if (code !== undefined) return reasons[code] ?? socketReason(code) ?? `the server reports ${code}`
  if (message === 'timeout expired') return `no answer within ${connectWithinMs / 1000} s`
  return message.includes('password')
    ? 'the server asks for a password and the URL has none'
    : 'the driver gave up, see the cause'
}
