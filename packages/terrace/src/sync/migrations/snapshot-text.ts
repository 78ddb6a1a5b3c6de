import type { Revision } from './history.ts'

/** The format of the file beside a revision's; raised when an older version could not read it. */
export const snapshotFormat = 1

/** The file beside a revision's: keys in the order of their names and a line for each value, so that two of them differ in few lines. */
export function snapshotText({
  dialect,
  revision,
  renames,
  snapshot,
}: Pick<Revision, 'dialect' | 'revision' | 'renames' | 'snapshot'>): string {
  return `${JSON.stringify({ format: snapshotFormat, dialect, revision, renames, ...sorted({ snapshot }) }, null, 2)}\n`
}

function sorted<T>(value: T): T
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]))
}
