import { errors, issueIn, TerraceError } from '../errors/index.ts'
import type { Language } from '../errors/index.ts'
import type { Problem } from './response-style.ts'
import { statusOf } from './status-of.ts'
import { inWireTerms } from './wire-terms.ts'
import type { WireTerms } from './wire-terms.ts'

/** A refusal as the outside sees it, with the headers that belong to it in every style. */
export interface Refusal {
  /** All that a style is told but for the request. */
  readonly problem: Omit<Problem, 'requestId'>
  readonly headers: Readonly<Record<string, string>>
}

const mostIssues = 50

/**
 * What may be said about an error. Anything unforeseen, and any defect of the server's own code, is the constant text of
 * `INTERNAL`: what it was is for the log alone. Columns have the names by which clients of the route know them.
 */
export function refusalOf(error: unknown, language: Language = 'en', route?: WireTerms): Refusal {
  const isForeseen = error instanceof TerraceError && statusOf(error) !== 500
  const known = isForeseen ? inWireTerms(error, route) : errors.INTERNAL()
  const problem = {
    status: statusOf(known),
    code: known.code,
    message: known.messageIn(language),
    issues: known.issues.slice(0, mostIssues).map((issue) => issueIn(issue, language)),
  }
  // Of a request that may have been carried out, nobody should think that sending it again is the thing to do.
  const isTemporary = known.kind === 'unavailable' && known.code !== errors.COMMIT_UNKNOWN.code
  const retryAfter = isTemporary ? { 'retry-after': String(known.retryAfterSeconds ?? 1) } : {}
  return { problem, headers: { 'content-language': language, ...retryAfter } }
}
