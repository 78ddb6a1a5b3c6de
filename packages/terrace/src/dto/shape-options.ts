import type { Model, Row } from '../model/index.ts'
import type { Computed } from './computed.ts'
import type { Changeable, Readable, Sendable, VariantsOf } from './dto-types.ts'
import type { Parts } from './parts.ts'

/** Which columns of a model travel, and under which names. */
export interface ColumnChoice<All extends string, Only extends All, Except extends All> {
  /** The name of its schema in OpenAPI; default by rule. Two shapes of one model that differ need two names. */
  readonly name?: string
  /** These columns and no other; not together with `except`. */
  readonly only?: readonly Only[]
  /** All columns but these. */
  readonly except?: readonly Except[]
  /** Names on the wire that are not the columns' own, kept as they are under `wire: 'snake'` too. */
  readonly as?: { readonly [K in All]?: string }
}

export interface CreateOptions<
  M extends Model,
  Only extends Sendable<M>,
  Except extends Sendable<M>,
  Optional extends Sendable<M>,
  W extends Parts,
  V extends VariantsOf<M>,
> extends ColumnChoice<Sendable<M>, Only, Except> {
  /** Columns that need not be sent although nothing stands in for them: the service gives them. */
  readonly optional?: readonly Optional[]
  /**
   * Groups of columns of which exactly one is sent, whole, and nothing of the others; null counts as not sent and is left out.
   * Columns that are in none of them stay as they are.
   */
  readonly variants?: V
  /** What is sent besides and stored nowhere under this name. */
  readonly with?: W
}

export interface PatchOptions<
  M extends Model,
  Only extends Changeable<M>,
  Except extends Changeable<M>,
  W extends Parts,
> extends ColumnChoice<Changeable<M>, Only, Except> {
  /** What may be sent besides and is stored nowhere under this name. */
  readonly with?: W
}

export interface ReadOptions<
  M extends Model,
  Only extends Readable<M>,
  Except extends Readable<M>,
  C extends Readonly<Record<string, Computed<Row<M>>>>,
  W extends Parts,
> extends ColumnChoice<Readable<M>, Only, Except> {
  /** Properties that follow from the whole row: the handler then gives whole rows. */
  readonly computed?: C
  /** Shapes within, which the handler gives beside the columns: `{ portions: list(read(models.Portion)) }`. */
  readonly with?: W
}
