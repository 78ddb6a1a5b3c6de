import type { Columns } from './column.ts'
import type { AccessSpec, CompositeReferenceSpec, Model, ModelOptionsSpec, UniqueSpec } from './model-spec.ts'
import type { InsertOf } from './row-types.ts'

type ColumnName<C extends Columns> = Extract<keyof C, string>

/** `ModelOptionsSpec` with the model's own column names and row types. */
export interface ModelOptions<C extends Columns> extends ModelOptionsSpec {
  readonly access?: AccessSpec
  readonly indexes?: readonly (readonly (ColumnName<C> | `-${ColumnName<C>}`)[])[]
  readonly uniques?: readonly (
    | readonly ColumnName<C>[]
    | (UniqueSpec & { readonly columns: readonly ColumnName<C>[] })
  )[]
  readonly references?: readonly (CompositeReferenceSpec & { readonly columns: readonly ColumnName<C>[] })[]
  readonly exactlyOne?: readonly (readonly ColumnName<C>[])[]
  readonly atLeastOne?: readonly (readonly ColumnName<C>[])[]
  readonly seeds?: readonly InsertOf<C>[] | (() => readonly InsertOf<C>[] | Promise<readonly InsertOf<C>[]>)
}

/**
 * Declares a table, its columns and its rules once; everything else is derived from it.
 *
 * ```ts
 * const Product = model('products', {
 *   id: uuid().primaryKey(),
 *   deviceId: owner(Device),
 *   name: text().length(1, 100),
 * }, { indexes: [['deviceId', 'name']] })
 * ```
 *
 * Errors are thrown by `graph()`, which sees the whole: `MODEL_DECLARATION`.
 */
export function model<const T extends string, C extends Columns>(
  table: T,
  columns: C,
  options: ModelOptions<C> = {},
): Model<T, C> {
  return Object.freeze({ table, columns: Object.freeze({ ...columns }), options: Object.freeze({ ...options }) })
}
