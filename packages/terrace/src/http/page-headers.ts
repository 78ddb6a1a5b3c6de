import type { PageInfo } from './response-style.ts'

/** Clients and proxies take from 8 to 16 KiB of headers, and refuse an answer with more of them. */
const longestLinks = 6_000

/**
 * Where a list stands in the whole, for styles whose lists are bare arrays: `x-total-count`, `link` (RFC 8288), and by cursor
 * `x-next-cursor` until the end. Of links to a long query there is only the next one, or none.
 */
export function pageHeaders(page: PageInfo | null): Readonly<Record<string, string>> {
  if (page === null) return {}
  const { total, cursor, links } = page
  const link = linkHeader(links)
  return {
    ...(total === null ? {} : { 'x-total-count': String(total) }),
    ...(cursor === null || cursor.next === null ? {} : { 'x-next-cursor': cursor.next }),
    ...(link === null ? {} : { link }),
  }
}

function linkHeader(links: PageInfo['links']): string | null {
  const all = Object.entries(links).map(([relation, url]) => ({ relation, text: `<${url}>; rel="${relation}"` }))
  const next = all.filter(({ relation }) => relation === 'next')
  const texts = [all, next].map((some) => some.map(({ text }) => text).join(', '))
  return texts.find((text) => text !== '' && text.length <= longestLinks) ?? null
}
