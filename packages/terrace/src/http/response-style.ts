import type { JsonSchema, WireNames } from '../dto/index.ts'
import type { Issue } from '../errors/index.ts'

/** What leaves in answer to one request. `body` is plain JSON; `undefined` sends none. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Where a list stands in the whole. `total` is null when it was not counted. */
export interface PageInfo {
  readonly limit: number
  /** Rows before the first of the page; null where the list is read by cursor. */
  readonly offset: number | null
  /** `next`: by which the list goes on, null at its end. Null where it is not read by cursor. */
  readonly cursor: { readonly next: string | null } | null
  readonly total: number | null
  /** Relative URLs of the neighbours, where there are any. */
  readonly links: Readonly<Partial<Record<'first' | 'prev' | 'next' | 'last', string>>>
}

export interface SuccessFacts {
  readonly status: number
  /** Null for anything but a list. */
  readonly page: PageInfo | null
}

/** One error as the outside may see it. Never a stack, SQL, a driver's text, a path, raw input or a secret. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly message: string
  /** Which values broke which rules; empty for other errors. At most 50. */
  readonly issues: readonly Issue[]
  /** By which the request is found in the log; sent as `x-request-id` in every style. */
  readonly requestId: string
}

/**
 * How every answer of an app is written: successes, errors, and the schemas of both. Pure.
 *
 * ```ts
 * export const house: ResponseStyle = {
 *   name: 'house',
 *   success: (value, { status, page }) => ({ status, headers: {}, body: { ok: true, value, total: page?.total } }),
 *   failure: ({ status, code, requestId }) => ({ status, headers: {}, body: { ok: false, code, requestId } }),
 *   schema: { success: (item, list) => …, failure: (codes) => … },
 * }
 * ```
 *
 * A `content-type` among the headers of an answer replaces `application/json`. Answers that have no body whatever the style
 * says (204, 205 and 304, and any to HEAD) are sent without it.
 *
 * Headers that do not depend on the style (`x-request-id`, `retry-after`, `location`, `allow`, `www-authenticate`) are added
 * by the server.
 */
export interface ResponseStyle {
  readonly name: string
  success(value: unknown, facts: SuccessFacts): Answer
  failure(problem: Problem): Answer
  readonly schema: {
    /** The body of a success. `item` is the schema of the value, or of one entry where `list` is true; null for no value. */
    success(item: JsonSchema | null, list: boolean): JsonSchema | null
    failure(codes: readonly string[]): JsonSchema
  }
  /** The same style with its own properties named as the app's `wire` says; without it they stay as they are. */
  inWire?(names: WireNames): ResponseStyle
}
