import type { ConnectionOptions } from 'mysql2'
import { errors } from '../../errors/index.ts'

export interface ServerUrl {
  readonly forDriver: ConnectionOptions
  /** Its name, decoded. */
  readonly database: string
  /** For messages: user, host, port and database, nothing else. */
  readonly forMessages: string
}

// Other options of mysql2 would change how values are read, or let one text hold several statements.
const understood = ['ssl', 'socketPath'] as const

export function parseServerUrl(text: string): ServerUrl {
  if (!URL.canParse(text)) throw unusable('it is not a URL')
  const url = new URL(text)
  // The rest of a password, which would be shown as part of the host and the database.
  if (url.pathname.includes('@')) throw unusable('it has an @ behind a / or ?, as if a password had one')
  for (const name of url.searchParams.keys())
    if (!(understood as readonly string[]).includes(name)) throw unusable(`its option "${name}" is unknown`)
  const database = decoded(url.pathname.slice(1))
  if (database === '') throw unusable('it names no database')
  const socketPath = url.searchParams.get('socketPath')
  const user = url.username === '' ? '' : `${url.username}@`
  return {
    forDriver: {
      host: decoded(url.hostname.replace(/^\[(.*)\]$/, '$1')) || 'localhost',
      port: url.port === '' ? 3306 : Number(url.port),
      user: decoded(url.username),
      password: decoded(url.password),
      database,
      ...(socketPath === null ? {} : { socketPath }),
      ...sslOf(url.searchParams.get('ssl')),
    },
    database,
    forMessages: `${url.protocol}//${user}${url.host}${url.pathname}`,
  }
}

/** `true`: encrypted, the certificate checked by the system's authorities; or Node's TLS options as JSON. */
function sslOf(text: string | null): Pick<ConnectionOptions, 'ssl'> {
  if (text === null || text === 'false') return {}
  if (text === 'true') return { ssl: {} }
  const options = jsonOf(text)
  if (typeof options !== 'object' || options === null)
    throw unusable('its option "ssl" is neither true, false nor a JSON object')
  return { ssl: options }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw unusable('a % in it is not followed by two hexadecimal digits')
  }
}

function unusable(problem: string): Error {
  const remedy = `Write it as mysql://user:password@host:3306/database, with special characters percent-encoded; options: ${understood.join(', ')}`
  return errors.DATABASE_URL({ values: { problem, remedy } })
}
