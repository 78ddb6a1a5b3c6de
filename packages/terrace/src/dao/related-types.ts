import type { BoundModel, TablesWithInverse, ToOneLinks } from '../model/index.ts'

/** How many of the related rows must match: at least one, not one, or each (which holds where there is none). */
export type Quantifier = 'some' | 'none' | 'every'

/** Where the types of a condition on related rows are kept; no value ever has them. */
declare const asInverse: unique symbol
declare const asToOne: unique symbol

/** A condition on the rows of a relation, as `some`, `none` and `every` make it: frozen plain data. */
export interface RelatedRows {
  readonly quantifier: Quantifier
  /** Its include name. */
  readonly relation: string
  /** The model of the related rows. */
  readonly of: { readonly table: string }
  readonly where: object
}

/** A function of the tables, so that a condition for the rows of several is one for each of them. */
interface AsInverse<T extends string> extends RelatedRows {
  readonly [asInverse]?: (table: T) => void
}
interface AsToOne<L extends string> extends RelatedRows {
  readonly [asToOne]?: L
}

/** A condition on rows of `N` in the relation `K`: of rows that `N` refers to and that call it so, and of rows that call `N` so. */
export type RelatedBy<N extends BoundModel, K extends string> = AsInverse<TablesWithInverse<N['columns'], K>> &
  AsToOne<`${K}:${N['table']}`>

/** The conditions on related rows that rows of `M` can be asked. */
export type RelatedTo<M extends BoundModel> = RelatedOf<M['table'], ToOneLinks<M['columns']>>
export type RelatedOf<T extends string, L extends string> = AsInverse<T> | AsToOne<L>
