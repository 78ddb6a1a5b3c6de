import type { Drift, LeftAlone } from '../../schema/index.ts'

/** What is told at each start, also where there was nothing to do. */
export interface Notes {
  readonly leftAlone: readonly LeftAlone[]
  readonly frozen: readonly Drift[]
  /** The engine's own tables that no model declares any more. */
  readonly orphaned: readonly string[]
  /** Declared tables that somebody else made. */
  readonly notOwned: readonly string[]
}
