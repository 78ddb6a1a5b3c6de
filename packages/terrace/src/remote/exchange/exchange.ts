import type { Readable } from 'node:stream'
import type { Agent } from 'undici'
import { errors } from '../../errors/index.ts'
import { Failed } from '../failed.ts'
import { urlProblem } from '../network/host-rules.ts'
import type { HostRules } from '../network/host-rules.ts'
import type { RemoteMethod } from '../operation-types.ts'
import type { Place } from '../place.ts'
import { failureOf } from './failure-of.ts'
import { acceptedEncodings, readBody, UnreadableBody } from './read-body.ts'
import { Watch } from './watch.ts'

type Headers = Readonly<Record<string, string>>

/** A request with everything that is sent. */
export interface Outgoing {
  readonly method: RemoteMethod
  readonly url: URL
  readonly headers: Headers
  /** Of the credentials: sent to the first origin alone. */
  readonly credentials: { readonly headers: Headers; readonly query: Headers }
  readonly body: string | null
}

export interface Answer {
  readonly status: number
  /** Names in lower case; of several values the first. */
  readonly headers: Headers
  readonly bytes: Uint8Array
}

export interface ExchangeParts {
  readonly agent: Agent
  readonly rules: HostRules
  readonly timeouts: { readonly connectMs: number; readonly headersMs: number; readonly idleMs: number }
  readonly mostBytes: number
  readonly redirects: number
}

export interface Exchanging {
  readonly parts: ExchangeParts
  readonly place: Place
  readonly signal: AbortSignal
}

/**
 * Sends a request and reads its answer, whatever its status, following redirects as far as that is allowed. Throws `Failed`, or the
 * signal's own reason.
 */
export async function exchange(outgoing: Outgoing, exchanging: Exchanging): Promise<Answer> {
  const { redirects } = exchanging.parts
  let current = outgoing
  for (let hop = 0; ; hop += 1) {
    requireUrl(current.url, exchanging)
    const answer = await sendOnce(current, exchanging)
    const location = redirects === 0 || current.method !== 'GET' ? undefined : locationOf(answer)
    if (location === undefined) return answer
    if (hop === redirects) throw tooManyRedirects(answer.status, exchanging)
    current = redirected(current, location, exchanging)
  }
}

function requireUrl(url: URL, { parts, place }: Exchanging): void {
  const problem = urlProblem(url, parts.rules)
  if (problem !== null) throw refusedAddress(place, problem)
}

function refusedAddress(place: Place, reason: string): Failed {
  return new Failed(errors.REMOTE_ADDRESS({ values: { ...place, reason } }), { isTransient: false })
}

function tooManyRedirects(status: number, { parts: { redirects }, place }: Exchanging): Failed {
  const reason = `more than ${redirects} redirects`
  return new Failed(errors.REMOTE_REFUSED({ values: { ...place, reason } }), { isTransient: false, status })
}

function locationOf({ status, headers }: Answer): string | undefined {
  return [301, 302, 303, 307, 308].includes(status) ? headers['location'] : undefined
}

/** The next hop. From an encrypted connection to a plain one none is followed; to another origin no credentials go. */
function redirected(from: Outgoing, location: string, { place }: Exchanging): Outgoing {
  if (!URL.canParse(location, from.url.href)) throw refusedAddress(place, 'a redirect to what is no URL')
  const url = new URL(location, from.url.href)
  if (from.url.protocol === 'https:' && url.protocol === 'http:')
    throw refusedAddress(place, 'a redirect from https to http')
  const isSameOrigin = url.origin === from.url.origin
  // Those of the query are in the location where the source wants them there.
  return { ...from, url, credentials: { headers: isSameOrigin ? from.credentials.headers : {}, query: {} } }
}

async function sendOnce(outgoing: Outgoing, { parts, place, signal }: Exchanging): Promise<Answer> {
  const { agent, timeouts, mostBytes } = parts
  const { headers: secretHeaders, query: secretQuery } = outgoing.credentials
  const url = withQuery(outgoing.url, secretQuery)
  using watch = new Watch({ place, signal, limitsMs: timeouts })
  watch.waitFor('headersMs')
  try {
    const { statusCode, headers, body } = await agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: outgoing.method,
      headers: { 'accept-encoding': acceptedEncodings, ...outgoing.headers, ...secretHeaders },
      body: outgoing.body,
      signal: watch.signal,
    })
    const flat = flatHeaders(headers)
    const bytes = await bytesOf(body, { status: statusCode, headers: flat, mostBytes, watch })
    return { status: statusCode, headers: flat, bytes }
  } catch (error) {
    if (watch.signal.aborted) throw watch.signal.reason
    if (error instanceof UnreadableBody)
      throw new Failed(errors.REMOTE_MISMATCH({ values: { ...place, reason: error.message } }), { isTransient: false })
    const secrets = [...Object.values(secretHeaders), ...Object.values(secretQuery)]
    throw failureOf(error, { place, secrets, connectMs: timeouts.connectMs })
  }
}

function withQuery(url: URL, query: Headers): URL {
  const complete = new URL(url.href)
  for (const [name, value] of Object.entries(query)) complete.searchParams.append(name, value)
  return complete
}

function flatHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value
    return first === undefined ? [] : [[name.toLowerCase(), first] as const]
  })
  return Object.fromEntries(entries)
}

interface ReadingParts {
  readonly status: number
  readonly headers: Headers
  readonly mostBytes: number
  readonly watch: Watch
}

/** What says itself that it is too large is not begun to be read. */
async function bytesOf(body: Readable, { status, headers, mostBytes, watch }: ReadingParts): Promise<Uint8Array> {
  // What goes wrong while reading is thrown below; what comes later, without a listener, would end the process.
  body.on('error', () => {})
  try {
    if (Number(headers['content-length'] ?? 0) > mostBytes)
      throw new UnreadableBody(`it is larger than ${mostBytes} bytes`)
    const encoding = status === 204 ? undefined : headers['content-encoding']
    const wait = (): void => watch.waitFor('idleMs')
    wait()
    return await readBody(body, { encoding, mostBytes, onPiece: wait })
  } catch (error) {
    body.destroy()
    throw error
  }
}
