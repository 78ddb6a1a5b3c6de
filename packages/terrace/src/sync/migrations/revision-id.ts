import { randomInt } from 'node:crypto'

/**
 * `20261121093000a1b2`: the instant in UTC, and four digits by chance for those of one second. Sorts by time, and behind its parents also
 * where they are of the same second or of a clock that goes ahead.
 */
export function newRevisionId(now: Date, parents: readonly string[] = []): string {
  const instant = instantOf(now)
  const last = parents
    .filter((id) => /^\d{14}[0-9a-f]{4}$/.test(id))
    .toSorted()
    .at(-1)
  if (last === undefined || last.slice(0, 14) < instant) return instant + digitsFrom(0)
  const next = Number.parseInt(last.slice(14), 16) + 1
  return next > 0xffff ? instantOf(secondAfter(last)) + digitsFrom(0) : last.slice(0, 14) + digitsFrom(next)
}

function instantOf(date: Date): string {
  return date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
}

function digitsFrom(least: number): string {
  return randomInt(least, 0x1_0000).toString(16).padStart(4, '0')
}

function secondAfter(id: string): Date {
  const part = (from: number): number => Number(id.slice(from, from + 2))
  return new Date(Date.UTC(Number(id.slice(0, 4)), part(4) - 1, part(6), part(8), part(10), part(12) + 1))
}
