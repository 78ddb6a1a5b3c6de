import type { AppliedRevision, MigrationHistory, Revision, Target } from './history.ts'

/** What a downgrade takes back, in its order. `applied` stands in the order of application. */
export function downgradePath(
  history: MigrationHistory,
  applied: readonly AppliedRevision[],
  target: Target,
): readonly Revision[] {
  return history.revisions.filter(({ revision }) => revision === target && applied.length === 0)
}
