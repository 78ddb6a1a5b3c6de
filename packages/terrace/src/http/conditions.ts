import { errors } from '../errors/index.ts'
import { matchesStrongly, matchesWeakly, readTags, versionIn } from './entity-tag.ts'
import type { EntityTag, TagList } from './entity-tag.ts'
import type { Outgoing } from './outgoing.ts'
import type { RequestHeaders } from './headers-of.ts'

/** What a request asks of the state that it meets; null for nothing (RFC 9110, section 13.1). */
export interface Conditions {
  readonly ifMatch: TagList | null
  readonly ifNoneMatch: TagList | null
}

const none: Conditions = Object.freeze({ ifMatch: null, ifNoneMatch: null })

/** What of a route says whether it has anything to do with tags. */
export interface Tagging {
  readonly tagged: unknown
  readonly precondition: unknown
}

/** `PRECONDITION_MALFORMED` for what is no list of tags. A route without tags asks nothing of its own and looks at none. */
export function readConditions({ tagged, precondition }: Tagging, headers: RequestHeaders): Conditions {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers
  const isIgnored = tagged === null && precondition === null
  if (isIgnored || (match === undefined && noneMatch === undefined)) return none
  return { ifMatch: readTags('if-match', match), ifNoneMatch: readTags('if-none-match', noneMatch) }
}

/** Whether a change is made of any state (`optional`), must name the one it is made of, or has none that could be named. */
export type Precondition = 'optional' | 'required' | 'unsupported'

type StoredRow = Readonly<Record<string, unknown>>

/** What is expected of the row that a request changes, in the terms of services. */
export interface ExpectedRow {
  readonly options: { readonly version: (row: StoredRow) => void }
  /** Nobody asked whether the row is as expected: whoever wrote the service has not passed the options on. */
  wasDropped(): boolean
}

/**
 * Null where nothing is expected. It is asked of the row once that is known to be there and the caller's to change, so that a
 * missing or a forbidden row is never told from its state.
 *
 * `PRECONDITION_REQUIRED`, `PRECONDITION_FAILED`; `PRECONDITION_UNSUPPORTED` at once where rows have no version.
 */
export function expectedRow(
  conditions: Conditions,
  { precondition, column }: { readonly precondition: Precondition; readonly column: string | null },
): ExpectedRow | null {
  const { ifMatch, ifNoneMatch } = conditions
  if (ifMatch === null && ifNoneMatch === null && precondition !== 'required') return null
  if (column === null || precondition === 'unsupported') return unsupported(conditions)
  let isAsked = false
  const version = (row: StoredRow): void => {
    isAsked = true
    requireConditions(conditions, { version: row[column] as number, isRequired: precondition === 'required' })
  }
  return { options: { version }, wasDropped: () => !isAsked }
}

/** Of a row that is changed, `*` says no more than that it is there. */
function unsupported({ ifMatch, ifNoneMatch }: Conditions): null {
  if ((ifMatch ?? '*') === '*' && ifNoneMatch === null) return null
  throw errors.PRECONDITION_UNSUPPORTED()
}

interface KnownState {
  readonly version: number
  readonly isRequired: boolean
}

function requireConditions({ ifMatch, ifNoneMatch }: Conditions, { version, isRequired }: KnownState): void {
  if (ifMatch === null && isRequired) throw errors.PRECONDITION_REQUIRED()
  if (ifMatch !== null && !namesVersion(ifMatch, version)) throw errors.PRECONDITION_FAILED()
  if (ifNoneMatch !== null && namesVersion(strong(ifNoneMatch), version)) throw errors.PRECONDITION_FAILED()
}

/** The digest is left aside: what was shown of the row may be another part of it. */
function namesVersion(tags: TagList, version: number): boolean {
  return tags === '*' || tags.some((tag) => versionIn(tag) === version)
}

function strong(tags: TagList): TagList {
  return tags === '*' ? tags : tags.map((tag) => tag.replace(/^W\//, ''))
}

/** What a request expects of the state that it changes, for whoever writes the route by hand. */
export interface Expected {
  /**
   * Throws unless the row has the version that is expected. For a service: `update(id, body, { version: expected.version })`, which
   * asks once the row is known to be the caller's to change.
   */
  readonly version: (row: { readonly version?: unknown }) => void
  /** Throws unless this tag, of what is there now, is expected. Null: nothing is there. */
  readonly match: (etag: EntityTag | null) => void
}

/** As `Expected`, and whether anybody has asked. */
export function expectedBy(
  conditions: Conditions,
  isRequired: boolean,
): { readonly expected: Expected; wasDropped(): boolean } {
  const isSaid = isRequired || conditions.ifMatch !== null || conditions.ifNoneMatch !== null
  let isAsked = false
  const expected: Expected = {
    version: ({ version }) => {
      isAsked = true
      requireConditions(conditions, { version: Number(version), isRequired })
    },
    match: (etag) => {
      isAsked = true
      requireMatch(conditions, etag, isRequired)
    },
  }
  return { expected: Object.freeze(expected), wasDropped: () => isSaid && !isAsked }
}

function requireMatch({ ifMatch, ifNoneMatch }: Conditions, etag: EntityTag | null, isRequired: boolean): void {
  if (ifMatch === null && isRequired) throw errors.PRECONDITION_REQUIRED()
  if (ifMatch !== null && (etag === null || !matchesStrongly(ifMatch, etag))) throw errors.PRECONDITION_FAILED()
  if (ifNoneMatch !== null && etag !== null && matchesWeakly(ifNoneMatch, etag)) throw errors.PRECONDITION_FAILED()
}

/** What a 304 says too: all that a cache would take from the 200 in its place (RFC 9110, section 15.4.5). */
const keptHeaders: ReadonlySet<string> = new Set(['cache-control', 'content-location', 'etag', 'expires', 'vary'])

/** The answer to a GET, or that the client has it already. */
export function unlessKnown(outgoing: Outgoing, { ifNoneMatch }: Conditions): Outgoing {
  const { etag } = outgoing.headers
  if (ifNoneMatch === null || etag === undefined || outgoing.status !== 200) return outgoing
  if (!matchesWeakly(ifNoneMatch, etag)) return outgoing
  const headers = Object.entries(outgoing.headers).filter(([name]) => keptHeaders.has(name.toLowerCase()))
  return { status: 304, headers: Object.fromEntries(headers), payload: null }
}
