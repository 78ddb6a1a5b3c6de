import type { Cell, Columns, Model, Without } from '../model/index.ts'

/** Columns whose value the API takes from nobody: what never travels, what only leaves, what Terrace or the session gives. */
type NeverSent = 'hidden' | 'readOnly' | 'stamped' | 'owner' | 'made'

/** Need not be sent: null or the default stands in. */
type Omittable = 'null' | 'optional'

type Flatten<T> = { readonly [K in keyof T]: T[K] } & {}

/**
 * What the API takes to create a row, as a service sees it (a `Date`, a `bigint`, not their JSON). Hidden, read-only and
 * stamped columns, the owner and keys that Terrace makes are not in it; nullable ones and those with a default may be absent.
 */
export type Create<M extends Model> = CreateOf<M['columns'], Without<M['columns'], NeverSent>>
type CreateOf<C extends Columns, K extends keyof C> = Flatten<
  { readonly [P in Extract<K, Without<C, Omittable>>]: Cell<C[P]> } & {
    readonly [P in Exclude<K, Without<C, Omittable>>]?: Cell<C[P]>
  }
>

/** What the API takes to change a row: as `Create` without keys and immutable columns. An absent property is untouched. */
export type Patch<M extends Model> = {
  readonly [K in Without<M['columns'], NeverSent | 'key' | 'immutable'>]?: Cell<M['columns'][K]>
}

/** What leaves through the API: every column but the hidden and the write-only ones, null included. */
export type Read<M extends Model> = {
  readonly [K in Without<M['columns'], 'hidden' | 'writeOnly'>]: Cell<M['columns'][K]>
}

/** The values of free-standing columns, as of a query: nullable ones and those with a default may be absent. */
export type ValuesOf<C extends Columns> = CreateOf<C, keyof C>
