import type { PageInfo } from './response-style.ts'
import type { QueryTexts } from './query-string.ts'

/** The parameters of paging as they travel. */
export interface PageNames {
  readonly limit: string
  readonly offset: string
  readonly page: string
  readonly pageSize: string
}

/** The part of a list that a client asked for, in rows from 0. */
export interface PageRequest {
  readonly limit: number
  readonly offset: number
  /** Asked for by page and pageSize: its neighbours are named in the same way. */
  readonly byPage: boolean
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
}

/** Where a page stands, with relative links to its neighbours. */
export function pageInfo({ path, request, count, total }: PageFacts): PageInfo {
  const { limit, offset } = request
  const link = (at: number): string => `${path}?${queryAt(request, at)}`
  const hasNext = total === null ? count === limit : offset + limit < total
  const links = {
    first: link(0),
    ...(offset > 0 ? { prev: link(Math.max(0, offset - limit)) } : {}),
    ...(hasNext ? { next: link(offset + limit) } : {}),
    ...(total === null ? {} : { last: link(lastOffset(total, limit)) }),
  }
  return { limit, offset, total, links }
}

function lastOffset(total: number, limit: number): number {
  return total === 0 ? 0 : Math.floor((total - 1) / limit) * limit
}

function queryAt({ limit, byPage, texts, names }: PageRequest, offset: number): string {
  const own: readonly string[] = Object.values(names)
  const kept = [...texts]
    .filter(([name]) => !own.includes(name))
    .flatMap(([name, values]) => values.map((value) => [name, value]))
  const page = byPage
    ? [
        [names.page, String(Math.floor(offset / limit) + 1)],
        [names.pageSize, String(limit)],
      ]
    : [
        [names.limit, String(limit)],
        [names.offset, String(offset)],
      ]
  return [...kept, ...page]
    .map(([name, value]) => `${encodeURIComponent(name as string)}=${encodeURIComponent(value as string)}`)
    .join('&')
}
