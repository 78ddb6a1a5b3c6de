import { errors } from '../errors/index.ts'
import type { Issue, TerraceError } from '../errors/index.ts'
import type { ServerLimits } from './server-limits.ts'

type Translate = (cause: unknown, limits: ServerLimits) => TerraceError

const translations: Readonly<Record<string, Translate>> = {
  FST_ERR_BAD_URL: (cause) => errors.URL_MALFORMED({ cause }),
  FST_ERR_MAX_PARAM_LENGTH: (cause) => errors.ROUTE_NOT_FOUND({ cause }),
  FST_ERR_CTP_BODY_TOO_LARGE: (cause, { bodyBytes }) => errors.BODY_TOO_LARGE({ values: { limit: bodyBytes }, cause }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (cause) =>
    errors.UNSUPPORTED_MEDIA_TYPE({ values: { accepted: 'application/json' }, cause }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: (cause) => errors.BODY_INCOMPLETE({ cause }),
}

/** What a route outside the layers, or a plugin, refuses by a status alone. */
const byStatus: Readonly<Record<number, Translate>> = {
  400: (cause) => errors.REQUEST_REFUSED({ cause }),
  401: (cause) => errors.UNAUTHENTICATED({ cause }),
  404: (cause) => errors.ROUTE_NOT_FOUND({ cause }),
  413: (cause, { bodyBytes }) => errors.BODY_TOO_LARGE({ values: { limit: bodyBytes }, cause }),
  415: (cause) => errors.UNSUPPORTED_MEDIA_TYPE({ values: { accepted: 'another media type' }, cause }),
  422: (cause) => errors.VALIDATION({ cause }),
  429: (cause) => errors.RATE_LIMITED({ retryAfterSeconds: 1, cause }),
  503: (cause) =>
    errors.NOT_READY({ values: { reason: 'a plugin refuses requests at present' }, retryAfterSeconds: 1, cause }),
}

interface FastifyError extends Error {
  readonly code?: unknown
  readonly statusCode?: unknown
  readonly validation?: readonly {
    readonly instancePath: string
    readonly keyword: string
    readonly message?: string
  }[]
  readonly validationContext?: string
}

export interface Refused {
  readonly limits: ServerLimits
  /** Whether all bytes of the request have come. */
  readonly isComplete: boolean
}

/**
 * What Fastify, Node or a plugin refused before a route of the app could, in our own terms; null for any other error. Plugins
 * say what they refuse by `statusCode`, as Fastify has it.
 */
export function refusedByFastify(error: unknown, { limits, isComplete }: Refused): TerraceError | null {
  if (!(error instanceof Error)) return null
  const { code, statusCode, validation, validationContext } = error as FastifyError
  // The client went away, or its bytes did not come in time: nobody is left to read the answer.
  if (code === 'ECONNRESET' && !isComplete) return errors.BODY_INCOMPLETE({ cause: error })
  const known = typeof code === 'string' && Object.hasOwn(translations, code) ? translations[code] : undefined
  if (known !== undefined) return known(error, limits)
  if (validation !== undefined)
    return errors.VALIDATION({ issues: issuesOf(validation, validationContext), cause: error })
  if (typeof statusCode !== 'number') return null
  const isRefusal = statusCode >= 400 && statusCode <= 499
  const byOwnStatus = Object.hasOwn(byStatus, statusCode) ? byStatus[statusCode] : isRefusal ? byStatus[400] : undefined
  return byOwnStatus?.(error, limits) ?? null
}

const places: Readonly<Record<string, Issue['in']>> = {
  body: 'body',
  querystring: 'query',
  params: 'path',
  headers: 'header',
}

function issuesOf(validation: NonNullable<FastifyError['validation']>, context = 'body'): readonly Issue[] {
  return validation.map(({ instancePath, keyword, message = 'is not valid' }) => ({
    in: places[context] ?? 'body',
    path: instancePath,
    code: keyword.toUpperCase(),
    message,
  }))
}
