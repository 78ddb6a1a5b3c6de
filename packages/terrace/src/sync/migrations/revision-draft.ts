import type { Rename, Snapshot } from '../../schema/index.ts'
import type { MigrationStep } from './migration.ts'

/** A step that is yet to be written, with what a reader should know of it. */
export interface DraftStep {
  /** Lines without their `//`: what changes, the hazards with their reasons, what is locked and for how many rows. */
  readonly comments: readonly string[]
  /** No data step: those are written by hand. */
  readonly step: Exclude<MigrationStep, { readonly data: string }>
}

/** A revision that is yet to be written. */
export interface RevisionDraft {
  readonly dialect: string
  readonly revision: string
  readonly parents: readonly string[]
  readonly description: string
  readonly up: readonly DraftStep[]
  readonly down: readonly DraftStep[]
  /** The declared structure after it. */
  readonly snapshot: Snapshot
  /** Declared renames that its steps carry out. */
  readonly renames: readonly Rename[]
}
