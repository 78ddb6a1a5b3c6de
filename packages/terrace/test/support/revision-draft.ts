import type { RevisionDraft } from '../../src/sync/migrations/revision-draft.ts'
import type { MigrationStep } from '../../src/sync/migrations/migration.ts'
import { historyOf } from '../../src/sync/migrations/history-of.ts'
import type { AppliedRevision, MigrationHistory, Revision } from '../../src/sync/migrations/history.ts'
import { revisionOf } from '../../src/sync/migrations/revision-of.ts'

type SqlStep = Exclude<MigrationStep, { readonly data: string }>

export interface DraftedSteps extends Partial<Omit<RevisionDraft, 'up' | 'down'>> {
  readonly revision: string
  readonly up?: readonly SqlStep[]
  readonly down?: readonly SqlStep[]
}

/** A draft with what is given, and nothing besides. */
export function revisionDraft({ up = [], down = [], ...given }: DraftedSteps): RevisionDraft {
  const steps = (list: readonly SqlStep[]) => list.map((step) => ({ comments: [], step }))
  return {
    dialect: 'sqlite',
    parents: [],
    description: `about ${given.revision}`,
    snapshot: { tables: {} },
    renames: [],
    ...given,
    up: steps(up),
    down: steps(down),
  }
}

/** A history in memory. */
export function draftedHistory(...drafts: readonly DraftedSteps[]): MigrationHistory {
  const revisions = drafts.map((draft) => revisionOf('migrations', revisionDraft(draft)))
  const history = historyOf({ dialect: 'sqlite', folder: 'migrations', revisions })
  if ('problems' in history) throw new Error(history.problems.map(({ problem }) => problem).join(', '))
  return history
}

/** Revisions as a database knows them that has applied them in this order. */
export function appliedRevisions(history: MigrationHistory, ...ids: readonly string[]): readonly AppliedRevision[] {
  return ids.map((id, at) => {
    const { revision, parents, description, checksum, stepHashes } = history.byId.get(id) as Revision
    const appliedAt = new Date(Date.UTC(2026, 10, 21, 9, 0, at))
    return {
      revision,
      parents,
      description,
      checksum,
      upHashes: stepHashes.up,
      state: 'done',
      stamped: false,
      appliedAt,
    }
  })
}
