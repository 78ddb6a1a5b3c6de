import { createHash, hash } from 'node:crypto'
import { pino } from 'pino'
import type { Page } from './product.ts'
import type { SubjectOptions } from './subject.ts'

/** What Terrace tells browsers with every answer. */
export const securityHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
} as const

export const timeouts = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 72_000 } as const

export const basePath = '/v1/products'

export const defaultLimit = 20

/** The hash under which the token of a request is stored; null where it has none. */
export function tokenHashOf(authorization: string | undefined): string | null {
  const token = /^bearer +([A-Za-z0-9_-]{43})$/i.exec(authorization ?? '')?.[1]
  return token === undefined ? null : createHash('sha256').update(token).digest('hex')
}

export const refusals = {
  400: { detail: 'Bad request', code: 'MALFORMED' },
  401: { detail: 'Invalid or expired token', code: 'UNAUTHENTICATED' },
  404: { detail: 'Product not found', code: 'NOT_FOUND' },
  422: { detail: 'Validation error', code: 'VALIDATION' },
} as const

/** The texts of refusals depend on the language that is asked for, and those of what is read with a token are its holder's. */
export const refusalHeaders = {
  vary: 'Accept-Language',
  'content-language': 'en',
  'cache-control': 'private, no-cache',
} as const

/** Of what is read: how it may be kept, and a tag of its bytes and of what headers tell of it. */
export function tagHeaders(payload: string, told: Readonly<Record<string, string>> | null) {
  const digest = hash('sha256', payload, 'base64url').slice(0, 22)
  const tag = told === null ? digest : hash('sha256', JSON.stringify(told) + digest, 'base64url').slice(0, 22)
  return { 'cache-control': 'private, no-cache', etag: `W/"${tag}"` }
}

/** The neighbours of a page and the number of all rows, as headers. */
export function pageHeaders(page: Page, total: number, include: string | undefined) {
  const { limit, offset } = page
  const base = `${basePath}?${include === undefined ? '' : `include=${include}&`}limit=${limit}&offset=`
  const links = [`<${base}0>; rel="first"`]
  if (offset > 0) links.push(`<${base}${Math.max(0, offset - limit)}>; rel="prev"`)
  if (offset + limit < total) links.push(`<${base}${offset + limit}>; rel="next"`)
  links.push(`<${base}${total === 0 ? 0 : Math.floor((total - 1) / limit) * limit}>; rel="last"`)
  return { 'x-total-count': String(total), link: links.join(', ') }
}

export interface Logged {
  readonly requestId: string
  readonly method: string
  readonly route: string | null
  readonly status: number
  readonly durationMs: number
}

/** Writes the line that Terrace writes for each request. */
export function requestLog({ logTo }: Pick<SubjectOptions, 'logTo'>): (line: Logged) => void {
  const options = { level: 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const log = logTo === undefined ? pino(options) : pino(options, logTo)
  return ({ durationMs, ...line }) => log.info({ ...line, durationMs: Math.round(durationMs * 10) / 10 }, 'request')
}
