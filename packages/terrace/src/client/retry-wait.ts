import type { RetryOptions } from './api-client-options.ts'

/** How one call came out. */
export type Outcome =
  | { readonly response: Response; readonly error: null }
  | { readonly response: null; readonly error: unknown }

export interface RetryLimits extends Required<RetryOptions> {
  /** Calls made again so far. */
  readonly repeated: number
  /** From 0 to 1. Default `Math.random`. */
  readonly random?: () => number
}

/** Called twice they do what they do called once. Source: RFC 9110, section 9.2.2. */
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])

/** It may pass, and was no answer of what the call asks for. */
const passing: ReadonlySet<number> = new Set([502, 503, 504])

/** Nothing was done, and is told when it may be. */
const refusing: ReadonlySet<number> = new Set([429, 503])

/**
 * How long to wait before a call is made again, in milliseconds; null: its outcome stands. A call that may have been carried out is
 * repeated where twice means once: by its method, or by its `Idempotency-Key`. One that was refused with `Retry-After` was not.
 */
export function retryWaitMs(request: Request, outcome: Outcome, limits: RetryLimits): number | null {
  const { baseMs, longestMs, repeated, random = Math.random } = limits
  if (request.signal.aborted) return null
  const jitterMs = random() * Math.min(longestMs, baseMs * 2 ** repeated)
  const askedMs = outcome.response === null ? null : retryAfterMs(outcome.response)
  const isRefused = outcome.response !== null && refusing.has(outcome.response.status) && askedMs !== null
  if (!isRefused && !(isRepeatable(request) && isPassing(outcome))) return null
  // Not all at one moment.
  const waitMs = askedMs === null ? jitterMs : askedMs + jitterMs
  return waitMs <= longestMs ? waitMs : null
}

function isRepeatable({ method, headers }: Request): boolean {
  return idempotentMethods.has(method) || headers.has('idempotency-key')
}

/** A broken connection is a `TypeError` of `fetch`; the time of one call ends with a `TimeoutError`. */
function isPassing({ response, error }: Outcome): boolean {
  if (response !== null) return passing.has(response.status)
  return error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')
}

/** In seconds or as a date. Source: RFC 9110, section 10.2.3. */
function retryAfterMs({ headers }: Response): number | null {
  const text = headers.get('retry-after')?.trim()
  if (text === undefined || text === '') return null
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now())
}
