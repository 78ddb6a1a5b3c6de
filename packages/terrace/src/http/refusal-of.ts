import { errors, TerraceError } from '../errors/index.ts'
import type { Issue, Language } from '../errors/index.ts'
import type { Problem } from './response-style.ts'
import { statusOf } from './status-of.ts'

/** A refusal as the outside sees it, with the headers that belong to it in every style. */
export interface Refusal {
  /** All that a style is told but for the request. */
  readonly problem: Omit<Problem, 'requestId'>
  readonly headers: Readonly<Record<string, string>>
}

const mostIssues = 50

/**
 * What may be said about an error. Anything unforeseen, and any defect of the server's own code, is the constant text of
 * `INTERNAL`: what it was is for the log alone.
 */
export function refusalOf(error: unknown, language: Language = 'en'): Refusal {
  const known = error instanceof TerraceError && statusOf(error) !== 500 ? error : errors.INTERNAL()
  const problem = {
    status: statusOf(known),
    code: known.code,
    message: known.messageIn(language),
    issues: known.issues.slice(0, mostIssues).map(outsideIssue),
  }
  const isTemporary = known.kind === 'unavailable'
  return { problem, headers: isTemporary ? { 'retry-after': String(known.retryAfterSeconds ?? 1) } : {} }
}

/** What a DAO says of a row was sent in the body. */
function outsideIssue(issue: Issue): Issue {
  return issue.in === 'row' ? { ...issue, in: 'body' } : issue
}
