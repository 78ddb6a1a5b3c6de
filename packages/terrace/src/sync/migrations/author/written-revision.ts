import type { Plan, Snapshot } from '../../../schema/index.ts'
import type { Revision } from '../history.ts'

export interface RevisionOptions {
  readonly description: string
  /** No steps: for statements and data steps written by hand. Default false. */
  readonly empty?: boolean
  /** Drops that are no half of a rename: `drop-column products.kcal`. */
  readonly allow?: readonly string[]
  /** Ways that keep others working, where the engine has them, in steps outside of a transaction. Default false. */
  readonly online?: boolean
}

export interface WrittenRevision {
  readonly revision: Revision
  /** Null for one without generated steps. */
  readonly plan: Plan | null
  readonly snapshot: Snapshot
  readonly verified: VerifiedRevision
}

export interface VerifiedRevision {
  readonly revision: string
  /** False where there is no way back; then it was tried up alone. */
  readonly reversible: boolean
  /** Rows that were there while it was tried. */
  readonly sampleRows: number
  /** Values that the way up or down lost, as its steps name them: `drop-column products.kcal`. */
  readonly losses: readonly string[]
  /** Tables on which it was tried without rows, each with the reason, in the database's own words where it took none. */
  readonly notes: readonly string[]
}
