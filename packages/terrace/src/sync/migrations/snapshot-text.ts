import type { Revision } from './history.ts'
import { sortedKeys } from './sorted-keys.ts'

/** The format of the file beside a revision's; raised when an older version could not read it. */
export const snapshotFormat = 1

/** The file beside a revision's: keys in the order of their names and a line for each value, so that two of them differ in few lines. */
export function snapshotText({
  dialect,
  revision,
  renames,
  snapshot,
}: Pick<Revision, 'dialect' | 'revision' | 'renames' | 'snapshot'>): string {
  const { tables } = sortedKeys(snapshot)
  return `${JSON.stringify({ format: snapshotFormat, dialect, revision, renames, snapshot: { tables } }, null, 2)}\n`
}
