import { fileError } from '../file-problem.ts'
import { historyOf } from '../history-of.ts'
import type { MigrationHistory, Revision } from '../history.ts'

/** The history as it will be once a revision is written. */
export function withRevision({ dialect, folder, revisions }: MigrationHistory, revision: Revision): MigrationHistory {
  const history = historyOf({ dialect, folder, revisions: [...revisions, revision] })
  if ('problems' in history) throw fileError(history.problems)
  return history
}
