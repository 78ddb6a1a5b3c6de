import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

type RequestIdOf = (request: { readonly headers: IncomingHttpHeaders }) => string

/** What a log can hold without being misread. */
const plainId = /^[\w.~:+/=@-]{1,128}$/

/** A new id for each request; with `isAccepted` the caller's own `X-Request-Id` where it is 1 to 128 plain characters. */
export function requestIds({ isAccepted }: { readonly isAccepted: boolean }): RequestIdOf {
  if (!isAccepted) return () => randomUUID()
  return ({ headers }) => {
    const given = headers['x-request-id']
    return typeof given === 'string' && plainId.test(given) ? given : randomUUID()
  }
}
