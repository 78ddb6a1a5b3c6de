import { errors } from '../../errors/index.ts'

export interface ServerUrl {
  /** For the driver: without what only Terrace understands. */
  readonly forDriver: string
  /** For messages: user, host, port and database, nothing else. */
  readonly forMessages: string
  /** `?prepare=false` turns named statements off, for poolers that cannot keep them. */
  readonly prepares: boolean
}

export function parseServerUrl(text: string): ServerUrl {
  if (!URL.canParse(text)) throw unreadable()
  const url = new URL(text)
  const prepares = url.searchParams.get('prepare') !== 'false'
  url.searchParams.delete('prepare')
  const user = url.username === '' ? '' : `${url.username}@`
  return { forDriver: url.href, forMessages: `${url.protocol}//${user}${url.host}${url.pathname}`, prepares }
}

function unreadable(): Error {
  const remedy = 'Write it as postgres://user:password@host:5432/database, with special characters percent-encoded'
  return errors.DATABASE_URL({ values: { problem: 'it is not a URL', remedy } })
}
