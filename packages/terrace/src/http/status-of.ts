import type { ErrorKind, TerraceError } from '../errors/index.ts'

/** The one place where an outcome of the domain becomes a status. */
const statusByKind = {
  malformed: 400,
  authentication: 401,
  permission: 403,
  notFound: 404,
  conflict: 409,
  validation: 422,
  tooLarge: 413,
  unavailable: 503,
  upstream: 502,
  misuse: 500,
  declaration: 500,
  structure: 500,
  internal: 500,
} as const satisfies Record<ErrorKind, number>

/** Outcomes that only a server of HTTP knows, and tells apart more finely than by their kind. */
const statusByCode: Readonly<Record<string, number>> = {
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  IDEMPOTENCY_KEY_IN_USE: 409,
  PRECONDITION_FAILED: 412,
  URL_TOO_LONG: 414,
  UNSUPPORTED_MEDIA_TYPE: 415,
  EXPECTATION_FAILED: 417,
  PRECONDITION_REQUIRED: 428,
  RATE_LIMITED: 429,
  QUOTA_EXCEEDED: 429,
  TOO_MANY_ATTEMPTS: 429,
  HEADERS_TOO_LARGE: 431,
  REMOTE_TIMEOUT: 504,
  // Never sent, only logged: nginx's number for it, which whoever reads logs knows.
  CLIENT_GONE: 499,
}

export function statusOf({ kind, code }: Pick<TerraceError, 'kind' | 'code'>): number {
  return Object.hasOwn(statusByCode, code) ? (statusByCode[code] as number) : statusByKind[kind]
}
