import type { AppliedRevision, MigrationHistory, Revision, Target } from './history.ts'

/** What an upgrade applies, in its order. */
export function upgradePath(
  history: MigrationHistory,
  applied: readonly AppliedRevision[],
  target: Target,
): readonly Revision[] {
  return history.revisions.filter(({ revision }) => revision === target && applied.length === 0)
}
