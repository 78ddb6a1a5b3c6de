import { errors } from '../../errors/index.ts'
import { Failed } from '../failed.ts'
import type { Place } from '../place.ts'

export interface RefusedAnswer {
  readonly status: number
  readonly retryAfterMs: number | null
}

/** Statuses by which a source says that it may work in a moment (RFC 9110, 6585). */
const transient: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

/** What an answer means whose status is not 2xx. Nothing of its body is told: it is the source's, and may be about anybody. */
export function statusFailure({ status, retryAfterMs }: RefusedAnswer, place: Place): Failed {
  const isTransient = transient.has(status)
  const facts = { isTransient, retryAfterMs, status }
  if (!isTransient && status < 500) {
    const reason = status >= 300 && status <= 399 ? `a redirect (status ${status})` : `status ${status}`
    return new Failed(errors.REMOTE_REFUSED({ values: { ...place, reason } }), facts)
  }
  const seconds = retryAfterMs === null ? {} : { retryAfterSeconds: Math.max(Math.ceil(retryAfterMs / 1_000), 1) }
  return new Failed(errors.REMOTE_UNAVAILABLE({ values: { ...place, reason: `status ${status}` }, ...seconds }), facts)
}
