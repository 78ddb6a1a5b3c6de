import type { SchemaDialect } from '../schema-dialect.ts'
import type { LiveStructure } from '../snapshot.ts'
import type { Rename } from '../rename/rename.ts'

/** Start-up does not block a table that has more rows than this. */
export const blockingLimitRows = 100_000

/**
 * `everything`: all that differs is planned, and its hazards are named; a person reviews it. `startup`: only what loses nothing
 * on the rows that are there and breaks no other release; the rest is refused.
 */
export type PlanMode =
  | {
      readonly kind: 'everything'
      /** Drops that a person says are no half of a rename: `drop-column products.kcal`. */
      readonly allow: readonly string[]
    }
  | {
      readonly kind: 'startup'
      /** `drop-column products.kcal`: changes that a person has allowed by name. */
      readonly allow: readonly string[]
      /** Nobody else is at work: what breaks other releases, or blocks them for long, is done too. */
      readonly maintenance: boolean
      /** Steps that block and are about more rows than this are refused. Default 100,000. */
      readonly blockingLimitRows: number
    }

export interface PlanContext {
  readonly dialect: SchemaDialect
  /** The live structure under the names that the renames give it. */
  readonly live: LiveStructure
  readonly renames: readonly Rename[]
  readonly mode: PlanMode
  /** See `RenderContext.online`. */
  readonly online: boolean
  /** Whether the ledger says that the engine made the object of this kind and (new) path. */
  isOwned(kind: string, path: string): boolean
  /**
   * Whether the models of the last start that came to its end declared the object. What they had given up by then is an old story:
   * no half of a rename.
   */
  wasDeclared(kind: string, path: string): boolean
  /** Names that the object of this (new) path has had, as far as models have said so. Default none. */
  formerNames?(kind: string, path: string): readonly string[]
  /** Whether the check of this (new) path holds what a column's type needs, and no rule of the model. */
  holdsType(path: string): boolean
  /** Whether a person has changed the object since. */
  isHandChanged(kind: string, path: string): boolean
  /**
   * Why the engine would not build the object (`check products.ck_products_kcal`) to compare with it, in its words. Default: it
   * built all that it was asked for.
   */
  readonly notBuilt?: ReadonlyMap<string, string>
}
