import type { StructureParts } from '../../structure.ts'
import type { Revision } from '../history.ts'
import { goPath } from './go-path.ts'
import type { MigrationRun } from './migration-run.ts'

/**
 * Takes revisions back, as `runUpgrade` applies them. Gives what this very run has taken back. Afterwards the journal knows nothing of
 * them. `MIGRATION_IRREVERSIBLE` before the first change where one of them has no way back.
 */
export function runDowngrade(parts: StructureParts, run: MigrationRun): Promise<readonly Revision[]> {
  return goPath(parts, run, 'downgrade')
}
