import type { Rename, Snapshot } from '../../schema/index.ts'

/** One side of a merge, and the declared renames that lead to it from the base. */
export interface MergeSide {
  readonly snapshot: Snapshot
  readonly renames: readonly Rename[]
  /** What it has dropped and made again on its way, as `kind path`: `column products.name`. Default nothing. */
  readonly remade?: ReadonlySet<string>
}

export type MergeSides = readonly [ours: MergeSide, theirs: MergeSide]

/** Two sides and what they have come from, with the renames that both carry out done in it. */
export interface Merge {
  readonly base: Snapshot
  readonly sides: MergeSides
  readonly common: readonly Rename[]
}

/** One object that the sides want to be different things; in words. */
export interface MergeConflict {
  /** `column products.name` */
  readonly object: string
  /** `dropped`, `changed to text not null`. */
  readonly ours: string
  readonly theirs: string
}

export type MergeOutcome =
  | { readonly kind: 'merged'; readonly snapshot: Snapshot; readonly renames: readonly Rename[] }
  | { readonly kind: 'conflict'; readonly conflicts: readonly MergeConflict[] }
