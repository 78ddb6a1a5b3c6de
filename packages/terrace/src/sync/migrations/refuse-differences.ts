import type { AppliedRevision, MigrationHistory } from './history.ts'

/** `MIGRATION_EDITED`, `MIGRATION_MISSING`: where the database has run what the folder does not have. */
export function refuseDifferences(history: MigrationHistory, applied: readonly AppliedRevision[]): void {
  if (applied.some(({ revision }) => !history.byId.has(revision))) throw new Error('missing')
}
