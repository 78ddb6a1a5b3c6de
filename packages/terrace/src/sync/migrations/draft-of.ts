import type { Plan, Rename } from '../../schema/index.ts'
import type { DraftStep } from './revision-draft.ts'

/** The steps of a plan as those of a revision. */
export function draftOf(plan: Plan): {
  readonly up: readonly DraftStep[]
  readonly down: readonly DraftStep[]
  readonly renames: readonly Rename[]
} {
  return { up: [], down: [], renames: plan.renames }
}
