import { errors } from '../errors/index.ts'
import type { TerraceError } from '../errors/index.ts'
import type { ServerLimits } from './server-limits.ts'

type Translate = (cause: unknown, limits: ServerLimits) => TerraceError

const translations: Readonly<Record<string, Translate>> = {
  FST_ERR_BAD_URL: (cause) => errors.URL_MALFORMED({ cause }),
  FST_ERR_MAX_PARAM_LENGTH: (cause) => errors.ROUTE_NOT_FOUND({ cause }),
  FST_ERR_CTP_BODY_TOO_LARGE: (cause, { bodyBytes }) => errors.BODY_TOO_LARGE({ values: { limit: bodyBytes }, cause }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (cause) =>
    errors.UNSUPPORTED_MEDIA_TYPE({ values: { accepted: 'application/json' }, cause }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: (cause) => errors.BODY_INCOMPLETE({ cause }),
  // The client went away, or its bytes did not come in time: nobody is left to read the answer.
  ECONNRESET: (cause) => errors.BODY_INCOMPLETE({ cause }),
}

/** What Fastify or Node refused before a route could, in our own terms; null for any other error. */
export function refusedByFastify(error: unknown, limits: ServerLimits): TerraceError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return Object.hasOwn(translations, code) ? (translations[code] as Translate)(error, limits) : null
}
