/** Once a minute is exact enough to find devices that are gone, and spares a write at almost every request. */
const seenEveryMs = 60_000

/**
 * Whether a visit is worth noting again: there was none, or the last one noted is a minute ago. `nowMs` is what
 * `authentication`'s `isDue` is given, milliseconds since 1970 by the database's clock.
 */
export function isSeenDue(lastSeenAt: Date | null, nowMs: number = Date.now()): boolean {
  return lastSeenAt === null || nowMs - lastSeenAt.getTime() >= seenEveryMs
}
