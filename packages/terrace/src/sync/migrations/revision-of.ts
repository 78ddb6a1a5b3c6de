import { join } from 'node:path'
import type { Revision } from './history.ts'
import type { RevisionDraft } from './revision-draft.ts'
import { slugOf } from './slug-of.ts'
import { hashesOf } from './step-hash.ts'

/** A draft as it will be once it is written to a folder of migrations: for trying it out before that. */
export function revisionOf(folder: string, draft: RevisionDraft): Revision {
  const { dialect, revision, description } = draft
  const steps = { up: draft.up.map(({ step }) => step), down: draft.down.map(({ step }) => step) }
  const file = join(folder, dialect, `${revision}_${slugOf(description)}.ts`)
  return { ...draft, ...steps, file, ...hashesOf(steps) }
}
