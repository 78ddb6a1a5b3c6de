import { createHash } from 'node:crypto'
import type { Outgoing } from '../exchange/exchange.ts'

/**
 * Everything by which two requests may have different answers, as one text: whoever asks included, by a digest, so that no secret is
 * kept with the answers.
 */
export function requestKey(operation: string, { method, url, headers, credentials, body }: Outgoing): string {
  const parts = [
    operation,
    method,
    url.href,
    sorted(headers),
    sorted(credentials.headers),
    sorted(credentials.query),
    body,
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

function sorted(values: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(values)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}
