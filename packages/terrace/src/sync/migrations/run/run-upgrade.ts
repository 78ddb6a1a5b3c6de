import type { StructureParts } from '../../structure.ts'
import type { Revision } from '../history.ts'
import type { MigrationRun } from './migration-run.ts'

/**
 * Applies revisions, each in a transaction of its own where the engine has them for DDL. Gives what this very run has applied:
 * what another process did meanwhile is left out.
 */
export async function runUpgrade(parts: StructureParts, run: MigrationRun): Promise<readonly Revision[]> {
  return Promise.reject(new Error(`${parts.lockTimeoutMs} ${run.history.folder}`))
}
