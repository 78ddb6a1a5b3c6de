import { snapshotFrom, type Snapshot } from '../../../schema/index.ts'
import { mergeHeads } from '../merge-heads.ts'
import type { MigrationHistory } from '../history.ts'

/** What some revisions declare together; null where they want different things. */
export function parentsSnapshot(history: MigrationHistory, parents: readonly string[]): Snapshot | null {
  const [first, ...others] = parents
  if (first === undefined) return snapshotFrom([])
  if (others.length === 0) return history.byId.get(first)?.snapshot ?? null
  const outcome = mergeHeads(history, parents)
  return outcome.kind === 'merged' ? outcome.snapshot : null
}
