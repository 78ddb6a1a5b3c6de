/** So many within so long, for each of those that are counted. */
export interface RateLimit {
  readonly max: number
  readonly windowMs: number
}

/** Whether a limit lets anything through; one that does not is a mistake. */
export function letsThrough({ max, windowMs }: RateLimit): boolean {
  return Number.isInteger(max) && max > 0 && Number.isFinite(windowMs) && windowMs > 0
}

/** What adding up fractions of milliseconds may be off. */
const roundingMs = 0.001

/** How long one has to wait who found the bucket this full, in milliseconds: 0 for who was let through. */
export function waitMsOf(emptyInMs: number, { windowMs }: RateLimit): number {
  const waitMs = emptyInMs - windowMs
  return waitMs > roundingMs ? waitMs : 0
}

/** How many more would be let through at once. */
export function remainingOf(emptyInMs: number, { max, windowMs }: RateLimit): number {
  const free = ((windowMs - emptyInMs) / windowMs) * max
  return Math.max(0, Math.min(max, Math.floor(free + roundingMs)))
}
