import type { PageInfo } from './response-style.ts'

/**
 * Where a list stands in the whole, for styles whose lists are bare arrays: `x-total-count`, `link` (RFC 8288), and by cursor
 * `x-next-cursor` until the end.
 */
export function pageHeaders(page: PageInfo | null): Readonly<Record<string, string>> {
  if (page === null) return {}
  const { total, cursor, links } = page
  const link = Object.entries(links).map(([relation, url]) => `<${url}>; rel="${relation}"`)
  return {
    ...(total === null ? {} : { 'x-total-count': String(total) }),
    ...(cursor === null || cursor.next === null ? {} : { 'x-next-cursor': cursor.next }),
    ...(link.length === 0 ? {} : { link: link.join(', ') }),
  }
}
