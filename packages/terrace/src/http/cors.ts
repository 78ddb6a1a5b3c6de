import type { IncomingHttpHeaders } from 'node:http'

export interface CorsOptions {
  /** Origins whose pages may read the answers, as browsers write them: `https://app.example.org`. `'*'`: any page's. */
  readonly origins: readonly string[] | '*'
  /** Request headers that pages may send beside those of Terrace's own. */
  readonly headers?: readonly string[]
  /** How long a browser need not ask again, in seconds. Default 600. */
  readonly maxAgeSeconds?: number
}

type Headers = Readonly<Record<string, string>>

/** What is added to answers for pages of other origins. All of it is made once. */
export interface Cors {
  headersFor(origin: string | undefined): Headers
  /** The answer to the question that a browser asks before a request; null for any other request. */
  preflight(method: string, headers: IncomingHttpHeaders): Headers | null
}

const exposed =
  'x-total-count, x-next-cursor, link, location, etag, retry-after, idempotency-replayed, ratelimit, ratelimit-policy, x-request-id'
const methods = 'GET, HEAD, POST, PATCH, PUT, DELETE'
const ownHeaders = [
  'accept-language',
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'x-api-key',
  'x-request-id',
]

/**
 * Answers pages of the named origins. Cookies are never asked for: a credential is sent by the page itself. An origin that is
 * not named is answered as if nothing had been configured, and its browser keeps the answer from it.
 */
export function createCors({ origins, headers = [], maxAgeSeconds = 600 }: CorsOptions): Cors {
  const isOpen = origins === '*'
  // A cache must not give one origin's answer to another.
  const others: Headers = isOpen ? {} : { vary: 'Origin' }
  const open: Headers = { 'access-control-allow-origin': '*', 'access-control-expose-headers': exposed }
  const byOrigin = new Map(
    isOpen
      ? []
      : origins.map((origin) => [origin, { ...others, ...open, 'access-control-allow-origin': origin } as Headers]),
  )
  const asked: Headers = {
    'access-control-allow-methods': methods,
    'access-control-allow-headers': [...ownHeaders, ...headers].join(', '),
    'access-control-max-age': String(maxAgeSeconds),
  }
  const headersFor = (origin: string | undefined): Headers =>
    origin === undefined ? others : isOpen ? open : (byOrigin.get(origin) ?? others)
  return {
    headersFor,
    preflight: (method, { origin, 'access-control-request-method': wanted }) => {
      if (method !== 'OPTIONS' || origin === undefined || wanted === undefined) return null
      return isOpen || byOrigin.has(origin) ? asked : {}
    },
  }
}
