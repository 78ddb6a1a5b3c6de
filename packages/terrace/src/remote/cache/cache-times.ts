import type { RemoteCacheOptions } from '../operation-types.ts'

export interface CacheTimes {
  /** How long an answer is fresh, in milliseconds. */
  readonly ttlMs: number
  /** How much longer it stands in where the source fails. */
  readonly staleMs: number
}

type Headers = Readonly<Record<string, string>>

/** How long an answer is kept; null: not at all. A source can shorten what the operation says, never lengthen it. */
export function cacheTimes(
  { ttlMs, staleIfErrorMs = 0, heedsHeaders = false }: RemoteCacheOptions,
  headers: Headers,
): CacheTimes | null {
  if (!heedsHeaders) return { ttlMs, staleMs: staleIfErrorMs }
  const directives = directivesOf(headers['cache-control'] ?? '')
  if (directives.has('no-store') || directives.has('no-cache') || headers['vary']?.trim() === '*') return null
  const maxAge = secondsIn(directives, 'max-age')
  const ageMs = (/^[0-9]+$/.test(headers['age'] ?? '') ? Number(headers['age']) : 0) * 1_000
  const freshMs = maxAge === null ? ttlMs : Math.min(ttlMs, Math.max(maxAge * 1_000 - ageMs, 0))
  const staleIfError = secondsIn(directives, 'stale-if-error')
  const staleMs = directives.has('must-revalidate')
    ? 0
    : Math.min(staleIfErrorMs, staleIfError === null ? staleIfErrorMs : staleIfError * 1_000)
  return freshMs + staleMs === 0 ? null : { ttlMs: freshMs, staleMs }
}

/** `public, max-age=60` by name; a value in quotes as without them (RFC 9111, 5.2). */
function directivesOf(header: string): ReadonlyMap<string, string> {
  return new Map(
    header.split(',').map((part) => {
      const [name = '', value = ''] = part.trim().split('=')
      return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')]
    }),
  )
}

function secondsIn(directives: ReadonlyMap<string, string>, name: string): number | null {
  const value = directives.get(name)
  return value !== undefined && /^[0-9]{1,9}$/.test(value) ? Number(value) : null
}
