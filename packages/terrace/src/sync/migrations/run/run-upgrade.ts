import type { StructureParts } from '../../structure.ts'
import type { Revision } from '../history.ts'
import { goPath } from './go-path.ts'
import type { MigrationRun } from './migration-run.ts'

/**
 * Applies revisions under the structure's lock. Gives what this very run has applied: what another process did meanwhile is left
 * out. Where DDL can be rolled back each is one transaction, so that one that fails leaves those before it applied and itself not at
 * all. Elsewhere each step is written down before and after, and the next run goes on with it. Errors: those of `goRevision`, and
 * `MIGRATION_CONFLICT`.
 */
export function runUpgrade(parts: StructureParts, run: MigrationRun): Promise<readonly Revision[]> {
  return goPath(parts, run, 'upgrade')
}
