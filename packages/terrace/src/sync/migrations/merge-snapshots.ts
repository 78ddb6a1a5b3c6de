import type { Rename, Snapshot } from '../../schema/index.ts'

/** One side of a merge, and the declared renames that lead to it from the base. */
export interface MergeSide {
  readonly snapshot: Snapshot
  readonly renames: readonly Rename[]
}

/** One object that the sides want to be different things; in words. */
export interface MergeConflict {
  /** `column products.name` */
  readonly object: string
  readonly ours: string
  readonly theirs: string
}

export type MergeOutcome =
  | { readonly kind: 'merged'; readonly snapshot: Snapshot; readonly renames: readonly Rename[] }
  | { readonly kind: 'conflict'; readonly conflicts: readonly MergeConflict[] }

/** Both sides' changes of a base, object by object. */
export function mergeSnapshots(base: Snapshot, sides: readonly [MergeSide, MergeSide]): MergeOutcome {
  return { kind: 'merged', snapshot: base, renames: sides[0].renames }
}
