import type { EngineName } from '../../src/testing/servers.ts'

/** `npm run test:sessions`: every engine, many requests, servers of its own. Without it, what is left of it takes seconds. */
export const isLong = process.env['TERRACE_TEST_SESSIONS'] !== undefined

export const longMs = isLong ? 2 * 3_600_000 : 60_000

/** All of them, or those that `npm test` has the time for. */
export function enginesFor(all: readonly EngineName[], few: readonly EngineName[]): readonly EngineName[] {
  return isLong ? all : few
}
