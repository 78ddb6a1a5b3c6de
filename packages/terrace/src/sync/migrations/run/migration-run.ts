import type { AppliedRevision, MigrationHistory, Revision } from '../history.ts'
import type { MigrationObserver } from '../migration-observer.ts'

/** Which revisions to go through, and who is told. */
export interface MigrationRun {
  /** All that the path, its ancestors and what is applied consist of. */
  readonly history: MigrationHistory
  /**
   * In the order to go them: parents first on the way up, children first on the way down. A function is asked while the lock is
   * held, with what is applied then, in the order of application; what it throws ends the run before its first change.
   */
  readonly path: MigrationPath
  readonly observer?: MigrationObserver
  /** Ends the run between two statements: `MIGRATION_INTERRUPTED`, with what was done. */
  readonly signal?: AbortSignal
}

export type MigrationPath = readonly Revision[] | ((applied: readonly AppliedRevision[]) => readonly Revision[])
