import type { Snapshot } from '../../../schema/index.ts'
import { driftError } from '../../startup/describe-drift.ts'
import { structureOf } from '../../structure.ts'
import { draftOf } from '../draft-of.ts'
import type { MigrationHistory } from '../history.ts'
import type { RevisionDraft } from '../revision-draft.ts'
import { newRevisionId } from '../revision-id.ts'
import { revisionOf } from '../revision-of.ts'
import { runUpgrade } from '../run/run-upgrade.ts'
import { writeRevision } from '../write-revision.ts'
import { joinHeads } from './join-heads.ts'
import type { Scratch } from './scratch.ts'
import { tryRevision } from './try-revision.ts'
import { withRevision } from './with-revision.ts'
import type { RevisionOptions, VerifiedRevision, WrittenRevision } from './written-revision.ts'

/** Work on a scratch database that is made for it. */
export type OnScratch = <T>(work: (scratch: Scratch) => Promise<T>) => Promise<T>

export interface RevisionPlanning {
  readonly history: MigrationHistory
  readonly onScratch: OnScratch
  /** What the models want, on the engine at hand. */
  wanted(scratch: Scratch): Snapshot
}

/**
 * Writes the revision that leads from the heads of a history to what is wanted, once it was tried. Null where nothing differs.
 * `MIGRATION_CONFLICT`, `MIGRATION_UNVERIFIED`, `STRUCTURE_DRIFT`: nothing is written then.
 */
export async function planRevision(
  planning: RevisionPlanning,
  options: RevisionOptions,
): Promise<WrittenRevision | null> {
  const { history, onScratch } = planning
  const { description, empty = false, allow = [], online = false } = options
  if (empty) return emptyRevision(planning, description)
  return onScratch(async (scratch) => {
    const before = await makeHeads(scratch, history)
    const wanted = planning.wanted(scratch)
    const plan = await structureOf(scratch.parts).plan(wanted, { mode: 'everything', allow, online })
    if (plan.drift.length > 0) throw driftError(plan.drift, plan.steps)
    if (plan.steps.length === 0) return null
    const draft: RevisionDraft = { ...newDraft(history, description), ...draftOf(plan), snapshot: wanted }
    const revision = revisionOf(history.folder, draft)
    const after = withRevision(history, revision)
    const verified = await tryRevision({ scratch, history: after, revision, before, plan })
    return { revision: await writeRevision(history.folder, draft), plan, snapshot: wanted, verified }
  })
}

/** Makes what all heads together make. Gives what they declare. */
async function makeHeads(scratch: Scratch, history: MigrationHistory): Promise<Snapshot> {
  const { heads, revisions, byId } = history
  if (heads.length > 1) return (await joinHeads(scratch, history, heads)).snapshot
  await runUpgrade(scratch.parts, { history, path: revisions })
  return byId.get(heads[0] ?? '')?.snapshot ?? { tables: {} }
}

/** Only where heads are to be joined there is something to try. */
async function emptyRevision({ history, onScratch }: RevisionPlanning, description: string): Promise<WrittenRevision> {
  const { heads, byId } = history
  if (heads.length > 1) return joiningRevision({ history, onScratch }, description)
  return stillRevision(history, {
    description,
    snapshot: byId.get(heads[0] ?? '')?.snapshot ?? { tables: {} },
    sampleRows: 0,
  })
}

/** Writes the revision that joins all heads, without steps of its own. */
export async function joiningRevision(
  { history, onScratch }: Pick<RevisionPlanning, 'history' | 'onScratch'>,
  description: string,
): Promise<WrittenRevision> {
  const joined = await onScratch((scratch) => joinHeads(scratch, history, history.heads))
  return stillRevision(history, { description, ...joined })
}

async function stillRevision(
  history: MigrationHistory,
  {
    description,
    snapshot,
    sampleRows,
  }: { readonly description: string; readonly snapshot: Snapshot; readonly sampleRows: number },
): Promise<WrittenRevision> {
  const draft: RevisionDraft = { ...newDraft(history, description), up: [], down: [], renames: [], snapshot }
  const revision = await writeRevision(history.folder, draft)
  const verified: VerifiedRevision = {
    revision: revision.revision,
    reversible: true,
    sampleRows,
    losses: [],
    notes: [],
  }
  return { revision, plan: null, snapshot, verified }
}

function newDraft(
  { dialect, heads }: MigrationHistory,
  description: string,
): Pick<RevisionDraft, 'dialect' | 'revision' | 'parents' | 'description'> {
  return { dialect, revision: newRevisionId(new Date(), heads), parents: heads, description }
}
