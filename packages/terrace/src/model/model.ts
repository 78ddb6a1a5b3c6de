import type { Columns } from './column.ts'
import type { SeedSource, SharedWrite } from './graph-facts.ts'
import type { Insert } from './row-types.ts'

/** A table, its columns and its rules as declared; `graph()` binds it. */
export interface Model<T extends string = string, C extends Columns = Columns> {
  readonly table: T
  readonly columns: C
  readonly options: ModelOptionsSpec
}

/** How rows are reached that carry no owner's column of their own. */
export type AccessSpec =
  | { readonly kind: 'actor' }
  | { readonly kind: 'ownedThrough'; readonly column: string }
  | { readonly kind: 'shared'; readonly write: SharedWrite }

export interface CompositeReferenceSpec {
  readonly columns: readonly string[]
  readonly target: { readonly table: string } | string
  readonly targetColumns: readonly string[]
  readonly as?: string
  readonly inverse?: string
  readonly onDelete?: 'restrict' | 'cascade' | 'setNull'
}

export interface UniqueSpec {
  readonly columns: readonly string[]
  readonly global?: boolean
  readonly where?: Readonly<Record<string, string | number | boolean | null>>
}

/** Options of a model, by column property; a leading `-` in an index means descending. */
export interface ModelOptionsSpec {
  readonly access?: AccessSpec
  readonly indexes?: readonly (readonly string[])[]
  readonly uniques?: readonly (readonly string[] | UniqueSpec)[]
  readonly references?: readonly CompositeReferenceSpec[]
  readonly describe?: string
  readonly seeds?: SeedSource
}

type ColumnName<C extends Columns> = Extract<keyof C, string>

/** `ModelOptionsSpec` with the model's own column names and row types. */
export interface ModelOptions<C extends Columns> extends ModelOptionsSpec {
  readonly access?: AccessSpec
  readonly indexes?: readonly (readonly (ColumnName<C> | `-${ColumnName<C>}`)[])[]
  readonly uniques?: readonly (readonly ColumnName<C>[] | (UniqueSpec & { readonly columns: readonly ColumnName<C>[] }))[]
  readonly references?: readonly (CompositeReferenceSpec & { readonly columns: readonly ColumnName<C>[] })[]
  readonly seeds?: readonly Insert<Model<string, C>>[] | (() => readonly Insert<Model<string, C>>[] | Promise<readonly Insert<Model<string, C>>[]>)
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
export function model<const T extends string, C extends Columns>(table: T, columns: C, options: ModelOptions<C> = {}): Model<T, C> {
  return Object.freeze({ table, columns: Object.freeze({ ...columns }), options: Object.freeze({ ...options }) })
}
