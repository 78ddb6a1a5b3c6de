import { errors } from '../../errors/index.ts'

export interface ServerUrl {
  /** For the driver: without what only Terrace understands. */
  readonly forDriver: string
  /** For messages: user, host, port and database, nothing else. */
  readonly forMessages: string
  /** Its name, decoded. */
  readonly database: string
  /** `?prepare=false` turns named statements off, for poolers that cannot keep them. */
  readonly prepares: boolean
}

export function parseServerUrl(text: string): ServerUrl {
  if (!URL.canParse(text)) throw unusable('it is not a URL')
  const url = new URL(text)
  // The rest of a password, which would be shown as part of the host and the database.
  if (url.pathname.includes('@')) throw unusable('it has an @ behind a / or ?, as if a password had one')
  const database = decoded(url.pathname.slice(1))
  // The driver would take the one that the environment or the user's name says, often the server's own.
  if (database === '') throw unusable('it names no database')
  const prepares = url.searchParams.get('prepare') !== 'false'
  url.searchParams.delete('prepare')
  const user = url.username === '' ? '' : `${url.username}@`
  const forMessages = `${url.protocol}//${user}${url.host}${url.pathname}`
  return { forDriver: url.href, forMessages, database, prepares }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw unusable('a % in it is not followed by two hexadecimal digits')
  }
}

function unusable(problem: string): Error {
  const remedy = 'Write it as postgres://user:password@host:5432/database, with special characters percent-encoded'
  return errors.DATABASE_URL({ values: { problem, remedy } })
}
