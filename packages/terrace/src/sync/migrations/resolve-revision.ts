import type { MigrationHistory, Revision, Target } from './history.ts'

/** One revision: `head`, its id or the beginning of one. `MIGRATION_TARGET`, `MIGRATION_HEADS`. */
export function resolveRevision(history: MigrationHistory, target: Target): Revision {
  const found = history.byId.get(target)
  if (found === undefined) throw new Error(target)
  return found
}
