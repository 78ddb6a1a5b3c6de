import type { PageInfo } from './response-style.ts'

/** Where a list stands in the whole, for styles whose lists are bare arrays: `x-total-count`, and `link` (RFC 8288). */
export function pageHeaders(page: PageInfo | null): Readonly<Record<string, string>> {
  if (page === null) return {}
  const { total, links } = page
  const link = Object.entries(links).map(([relation, url]) => `<${url}>; rel="${relation}"`)
  return {
    ...(total === null ? {} : { 'x-total-count': String(total) }),
    ...(link.length === 0 ? {} : { link: link.join(', ') }),
  }
}
