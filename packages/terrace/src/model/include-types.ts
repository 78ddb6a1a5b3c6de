import type { Column, Columns } from './column.ts'
import type { Model } from './model-spec.ts'
import type { ColumnFlags, LinkOf, Row, With } from './row-types.ts'

/**
 * Related rows to load, by value: `{ portions: models.Portion }`, deeper ones with `of`:
 * `{ portions: { of: models.Portion, include: { product: models.Product } } }`.
 *
 * By value and not by name: the compiler then looks at the two models concerned and never at the whole graph
 * (figures in `bench/types`).
 */
export interface Include {
  readonly [name: string]: Model | NestedInclude
}

export interface NestedInclude {
  readonly of: Model
  readonly include?: Include
}

type TargetOf<I> = I extends { readonly of: infer M extends Model } ? M : I extends Model ? I : never
type DeeperOf<I> = I extends { readonly include: infer D extends Include } ? D : object

/** The name by which a reference column is included: its `as`, or its own name without `Id`. */
type ToOneName<K, As> = As extends string ? As : K extends `${infer N}Id` ? N : never

/** The link of a column; null and not `never` where it has none, because `never` extends every pattern. */
type Linked<X extends Column> = [LinkOf<X>] extends [never] ? null : LinkOf<X>

/** Columns of `C` that are included as `N` and lead to table `T`. */
type ToOneColumn<C extends Columns, N, T extends string> = {
  [K in keyof C]: Linked<C[K]> extends { readonly table: T; readonly as: infer As }
    ? N extends ToOneName<K, As>
      ? K
      : never
    : never
}[keyof C]

/** Columns of the other side `C` that lead to table `T` and call it `N`. */
export type InverseColumn<C extends Columns, N, T extends string> = {
  [K in keyof C]: Linked<C[K]> extends { readonly table: T; readonly inverse: N } ? K : never
}[keyof C]

/** The references of a model, each as `name:table`: `author:users`. */
export type ToOneLinks<C extends Columns> = {
  [K in keyof C]: Linked<C[K]> extends { readonly table: infer T extends string; readonly as: infer As }
    ? `${ToOneName<K, As> & string}:${T}`
    : never
}[keyof C]

/** The tables whose rows the rows of a model are called `N` by. */
export type TablesWithInverse<C extends Columns, N> = {
  [K in keyof C]: Linked<C[K]> extends { readonly table: infer T extends string; readonly inverse: N } ? T : never
}[keyof C]

type Loaded<M extends Model, N, I> = [ToOneColumn<M['columns'], N, TargetOf<I>['table']>] extends [never]
  ? LoadedInverse<I, InverseColumn<TargetOf<I>['columns'], N, M['table']>>
  : WithIncluded<TargetOf<I>, DeeperOf<I>> | null

type LoadedInverse<I, K extends keyof TargetOf<I>['columns']> = [K] extends [never]
  ? never
  : IsSole<TargetOf<I>['columns'], K> extends true
    ? WithIncluded<TargetOf<I>, DeeperOf<I>> | null
    : readonly WithIncluded<TargetOf<I>, DeeperOf<I>>[]

/** At most one row has one value of `K`: it is unique, or the whole primary key. */
type IsSole<C extends Columns, K extends keyof C> =
  'unique' extends ColumnFlags<C[K]>
    ? true
    : 'key' extends ColumnFlags<C[K]>
      ? [With<C, 'key'>] extends [K]
        ? true
        : false
      : false

/** A row with what was included; a to-one is null when its target is hidden, even if the key is not null. */
export type WithIncluded<M extends Model, I> = keyof I extends never
  ? Row<M>
  : Row<M> & { readonly [N in keyof I]: Loaded<M, N, I[N]> }

/**
 * The includes that models `M` and their values agree on: a name that is neither a reference of `M` nor an inverse declared
 * by the included model does not type-check.
 */
export type ValidInclude<M extends Model, I> = {
  readonly [N in keyof I]: [Loaded<M, N, I[N]>] extends [never]
    ? `${M['table']} has no include "${N & string}" of this model`
    : I[N]
}
