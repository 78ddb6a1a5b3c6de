import type { IncomingHttpHeaders } from 'node:http'

/** Of a request, by lower-case name. */
export type RequestHeaders = Readonly<Record<string, string | undefined>>

/** The headers of a request without the only one that Node gives as a list, which no request has. */
export function headersOf(headers: IncomingHttpHeaders): RequestHeaders {
  if (headers['set-cookie'] === undefined) return headers as RequestHeaders
  const { 'set-cookie': _, ...others } = headers
  return others as RequestHeaders
}
