import type { Rename } from '../../../schema/index.ts'
import type { RowKind } from '../cells.ts'
import type { Draft } from '../draft.ts'
import type { DraftRows } from '../draft-rows.ts'
import type { Workbench } from '../workbench.ts'

/** One edit, with what it needs put into the first structure. Names are the first structure's. */
export interface MadeEdit {
  /** Makes it in a copy of the first structure. */
  edit(after: Draft): void
  /** Declared renames, done after all edits; `table` is the former name. */
  readonly renames?: readonly Rename[]
  /** Changes rows so that they satisfy both structures. */
  fit?(rows: DraftRows): void
  /** Changes rows so that they break the second structure and not the first. */
  violate?(rows: DraftRows): void
}

export interface Recipe {
  /** Null where the vocabulary has no words for it. */
  make(bench: Workbench, rows: RowKind): MadeEdit | null
  /** Why no rows can stand against it; absent where some can. */
  readonly safe?: string
}

export type Recipes = Readonly<Record<string, Recipe>>

export const rulesNothing = 'it holds rows to nothing'
export const looser = 'whatever satisfies the former satisfies the new one'
export const sameRule = 'the rule stays the same'
