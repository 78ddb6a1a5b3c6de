import type { Column, Columns, columnTypes, Flag, Link } from './column.ts'
import type { Model } from './model-spec.ts'

/** The declared columns of a model, bound or not. */
export type ColumnsOf<M extends Model> = M['columns']

type TypesOf<X extends Column> = NonNullable<X[typeof columnTypes]>
/** The value of a column in a row, without null. */
export type ColumnValue<X extends Column> = TypesOf<X>['value']
export type ColumnFlags<X extends Column> = TypesOf<X>['flags']
export type ColumnLink<X extends Column> = TypesOf<X>['link']

/** The value of a column in a row. */
export type Cell<X extends Column> = 'null' extends ColumnFlags<X> ? ColumnValue<X> | null : ColumnValue<X>

/** Do the flags of a column contain one of these? */
export type Has<X extends Column, W extends Flag> = Extract<ColumnFlags<X>, W> extends never ? false : true

type Flatten<T> = { readonly [K in keyof T]: T[K] } & {}

/** Names of columns that carry none of the flags `W`. */
export type Without<C extends Columns, W extends Flag> = {
  [K in keyof C]: Has<C[K], W> extends true ? never : K
}[keyof C]
/** Names of columns that carry one of the flags `W`. */
export type With<C extends Columns, W extends Flag> = { [K in keyof C]: Has<C[K], W> extends true ? K : never }[keyof C]

/** A row as the DAO returns it: every column, hidden ones too. */
export type Row<M extends Model> = { readonly [K in keyof M['columns']]: Cell<M['columns'][K]> }

type Needed<C extends Columns> = Without<C, 'null' | 'optional' | 'stamped' | 'owner'>
type Insertable<C extends Columns> = Without<C, 'stamped'>

/**
 * What a DAO creates a row from. Stamped columns are not in it; nullable ones and those with a default may be absent; the
 * owner's column may be absent inside the owner's scope and must be given outside any.
 */
export type Insert<M extends Model> = InsertOf<M['columns']>
export type InsertOf<C extends Columns> = Flatten<
  { readonly [K in Needed<C>]: Cell<C[K]> } & {
    readonly [K in Exclude<Insertable<C>, Needed<C>>]?: Cell<C[K]>
  }
>

/** What a DAO changes in a row: an absent key is untouched. Keys, owner, stamped and immutable columns are not in it. */
export type Update<M extends Model> = UpdateOf<M['columns']>
export type UpdateOf<C extends Columns> = {
  readonly [K in Without<C, 'key' | 'stamped' | 'owner' | 'immutable'>]?: Cell<C[K]>
}

/** The primary key of a model: the value of a single key, or an object of the values of a composite one. */
export type KeyOf<M extends Model> = KeyOfColumns<M['columns'], With<M['columns'], 'key'>>
type KeyOfColumns<C extends Columns, K extends keyof C> =
  IsUnion<K> extends true ? { readonly [P in K]: Cell<C[P]> } : Cell<C[K]>
type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never

export type LinkOf<X extends Column> = Extract<ColumnLink<X>, Link>
