import type { Deprecation } from './route-facts.ts'

/** `deprecation` (RFC 9745: a structured date, seconds since 1970) and `sunset` (RFC 8594: an HTTP date). */
export function deprecationHeaders({ since, sunset }: Deprecation): Readonly<Record<string, string>> {
  const headers = { deprecation: `@${Math.floor(Date.parse(since) / 1000)}` }
  return sunset === undefined ? headers : { ...headers, sunset: new Date(sunset).toUTCString() }
}

/** What is wrong with the dates of a deprecation; null for nothing. RFC 9745, section 4: no sunset before the deprecation. */
export function deprecationProblem({ since, sunset = since }: Deprecation): string | null {
  const wrong = [since, sunset].find((text) => !isDate(text))
  if (wrong !== undefined) return `it is deprecated with '${wrong}', which is no date`
  return Date.parse(sunset) < Date.parse(since) ? `its sunset ${sunset} is before its deprecation ${since}` : null
}

const dateOrInstant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/

function isDate(text: string): boolean {
  if (!dateOrInstant.test(text) || Number.isNaN(Date.parse(text))) return false
  // JavaScript reads February 31 as March 3.
  const day = text.slice(0, 10)
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}
