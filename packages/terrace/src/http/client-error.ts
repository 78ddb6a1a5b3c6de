import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { errors } from '../errors/index.ts'
import type { TerraceError } from '../errors/index.ts'
import { written } from './encode-answer.ts'
import { refusalOf } from './refusal-of.ts'
import type { ResponseStyle } from './response-style.ts'
import { securityHeaders } from './security-headers.ts'

/** By the code of Node's error. Source: Node's documentation of the event "clientError" and of ERR_HTTP_REQUEST_TIMEOUT. */
const outcomes: Readonly<Record<string, () => TerraceError>> = {
  ERR_HTTP_REQUEST_TIMEOUT: () => errors.REQUEST_TIMEOUT(),
  HPE_HEADER_OVERFLOW: () => errors.HEADERS_TOO_LARGE(),
}

/**
 * Answers what never became a request: broken HTTP, headers too large, bytes that do not come. Gives the status, or null
 * where there is nobody to answer: the client has gone, or an answer is already on its way.
 */
export function answerClientError(
  error: Error & { readonly code?: string },
  socket: Socket,
  { style, requestId }: { readonly style: ResponseStyle; readonly requestId: string },
): number | null {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy()
    return null
  }
  const { problem } = refusalOf((outcomes[error.code ?? ''] ?? errors.REQUEST_MALFORMED)())
  const { status, headers, payload } = written(style.failure({ ...problem, requestId }), {})
  const body = payload ?? ''
  const lines = Object.entries({
    ...securityHeaders,
    'content-type': 'application/json; charset=utf-8',
    ...headers,
    'x-request-id': requestId,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`)
  return status
}
