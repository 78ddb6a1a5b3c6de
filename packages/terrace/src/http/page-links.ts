import type { PageInfo } from './response-style.ts'
import type { QueryTexts } from './query-string.ts'

/** The parameters of paging as they travel. */
export interface PageNames {
  readonly limit: string
  readonly offset: string
  readonly page: string
  readonly pageSize: string
  readonly cursor: string
}

/** The part of a list that a client asked for: rows from 0, or behind a cursor. */
export interface PageRequest {
  readonly limit: number
  readonly offset: number
  /** Asked for by page and pageSize: its neighbours are named in the same way. */
  readonly byPage: boolean
  /** Where the page begins, as it was sent: empty for the first one; null where the list is not read by cursor. */
  readonly cursor: string | null
  /** The whole query, which the neighbours keep. */
  readonly texts: QueryTexts
  readonly names: PageNames
}

export interface PageFacts {
  readonly path: string
  readonly request: PageRequest
  /** Rows in this answer. */
  readonly count: number
  readonly total: number | null
  /** Where a list that is read by cursor goes on; null at its end. */
  readonly nextCursor?: string | null
}

/** Where a page stands, with relative links to its neighbours. */
export function pageInfo(facts: PageFacts): PageInfo {
  return facts.request.cursor === null ? offsetPage(facts) : cursorPage(facts)
}

function cursorPage({ path, request, total, nextCursor = null }: PageFacts): PageInfo {
  const { limit, names } = request
  const base = `${path}?${keptText(request)}`
  const link = (cursor: string): string => `${base}${pairText(names.limit, limit)}&${pairText(names.cursor, cursor)}`
  const links = { first: link(''), ...(nextCursor === null ? {} : { next: link(nextCursor) }) }
  return { limit, offset: null, cursor: { next: nextCursor }, total, links }
}

function offsetPage({ path, request, count, total }: PageFacts): PageInfo {
  const { limit, offset } = request
  const base = `${path}?${keptText(request)}`
  const link = (at: number): string => `${base}${pageText(request, at)}`
  const hasNext = total === null ? count === limit : offset + limit < total
  const links = {
    first: link(0),
    ...(offset > 0 ? { prev: link(Math.max(0, offset - limit)) } : {}),
    ...(hasNext ? { next: link(offset + limit) } : {}),
    ...(total === null ? {} : { last: link(lastOffset(total, limit)) }),
  }
  return { limit, offset, cursor: null, total, links }
}

function lastOffset(total: number, limit: number): number {
  return total === 0 ? 0 : Math.floor((total - 1) / limit) * limit
}

/** What of the query is the same on every page, with its last `&`. */
function keptText({ texts, names }: PageRequest): string {
  const own: readonly string[] = Object.values(names)
  let text = ''
  for (const [name, values] of texts)
    if (!own.includes(name)) for (const value of values) text += `${pairText(name, value)}&`
  return text
}

function pageText({ limit, byPage, names }: PageRequest, offset: number): string {
  return byPage
    ? `${pairText(names.page, Math.floor(offset / limit) + 1)}&${pairText(names.pageSize, limit)}`
    : `${pairText(names.limit, limit)}&${pairText(names.offset, offset)}`
}

function pairText(name: string, value: string | number): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
}
