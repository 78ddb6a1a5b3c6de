import type { Revision } from './history.ts'
import type { RevisionDraft } from './revision-draft.ts'
import { revisionOf } from './revision-of.ts'

/** Writes both files of a revision, whole or not at all. `MIGRATION_FILE` where they are there already. */
export async function writeRevision(folder: string, draft: RevisionDraft): Promise<Revision> {
  return revisionOf(folder, draft)
}
