import { request, type Agent, type ClientRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'

/** What a client of HTTP has seen of its request. */
export interface Asked {
  /** Null where no answer came. */
  readonly status: number | null
  readonly code: string | null
  readonly retryAfter: string | null
  /** False where the answer broke off. */
  readonly isWhole: boolean
  readonly text: string
}

export const unanswered: Asked = { status: null, code: null, retryAfter: null, isWhole: false, text: '' }

export interface Asking {
  readonly url: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly agent?: Agent
  /** Told when the request is on its way, for whoever wants to break it off. */
  readonly begun?: (asked: ClientRequest) => void
  /** Told when the first piece of the answer is there. */
  readonly received?: (asked: ClientRequest) => void
}

/** Asks over a socket; never rejects. */
export function ask({ url, method = 'POST', headers = {}, body, agent, begun, received }: Asking): Promise<Asked> {
  const given =
    body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
  const options = { method, headers: { ...given, ...headers }, ...(agent === undefined ? {} : { agent }) }
  return new Promise((resolve) => {
    const asked = request(url, options, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        if (text.length < 100_000) text += piece
        received?.(asked)
      })
      // `close` comes after `end`, and after whatever else ends an answer.
      response.once('close', () => resolve(seen(response, text)))
      response.on('error', () => undefined)
    })
    asked.once('error', () => resolve(unanswered))
    begun?.(asked)
    asked.end(body)
  })
}

function seen(response: IncomingMessage, text: string): Asked {
  const { statusCode = 0, headers, complete } = response
  return { status: statusCode, code: codeIn(text), retryAfter: headers['retry-after'] ?? null, isWhole: complete, text }
}

function codeIn(text: string): string | null {
  return /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? null
}

/** Sends the beginning of a request and waits for what comes back until the connection ends, or ends it itself. */
export function sendBegun(
  url: string,
  text: string,
  { leaveAfterMs }: { readonly leaveAfterMs?: number } = {},
): Promise<Asked> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text))
    let received = ''
    socket.on('data', (bytes) => (received += bytes.toString()))
    socket.on('error', () => undefined)
    socket.once('close', () => {
      const status = /^HTTP\/1.1 (\d+)/.exec(received)?.[1]
      resolve(
        status === undefined
          ? unanswered
          : { ...unanswered, status: Number(status), code: codeIn(received), isWhole: true },
      )
    })
    if (leaveAfterMs !== undefined) setTimeout(() => socket.destroy(), leaveAfterMs)
  })
}
