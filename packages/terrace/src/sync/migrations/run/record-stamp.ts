import type { StructureParts } from '../../structure.ts'
import type { AppliedRevision, MigrationHistory, Revision } from '../history.ts'

export interface Stamp {
  readonly history: MigrationHistory
  /** A function is asked while the lock is held. */
  readonly change: StampChange | ((applied: readonly AppliedRevision[]) => StampChange)
  /** Also where the structure is another one. Default false. */
  readonly unchecked?: boolean
}

export interface StampChange {
  /** To be recorded, parents first. */
  readonly applied: readonly Revision[]
  /** Ids of revisions to be forgotten. */
  readonly removed: readonly string[]
}

/**
 * Records revisions as applied, or not, without running them. Afterwards the ledger is as after a run. `STRUCTURE_DRIFT` where the
 * structure is not what the revisions declare. Gives what was recorded or forgotten.
 */
export async function recordStamp(parts: StructureParts, stamp: Stamp): Promise<StampChange> {
  return Promise.reject(new Error(`${parts.lockTimeoutMs} ${stamp.history.folder}`))
}
