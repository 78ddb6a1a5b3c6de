import { randomBytes } from 'node:crypto'

/** `20261121093000a1b2`: the instant in UTC, and four digits by chance for those of one second. Sorts by time. */
export function newRevisionId(now: Date): string {
  const instant = now.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
  return instant + randomBytes(2).toString('hex')
}
