import type { Cell, Column, Columns, Has, Model, Row, Without } from '../model/index.ts'
import type { OptionalPart, PartAnswer, Parts, PartValue } from './parts.ts'

/** Columns whose value the API takes from nobody: what never travels, what only leaves, what Terrace or the session gives. */
type NeverSent = 'hidden' | 'readOnly' | 'stamped' | 'owner' | 'made'

/** Need not be sent: null or the default stands in. */
type Omittable = 'null' | 'optional'

type Flatten<T> = { readonly [K in keyof T]: T[K] } & {}

/** Names of the columns that may be sent to create a row. */
export type Sendable<M extends Model> = Extract<Without<M['columns'], NeverSent>, string>
/** Names of the columns that may be sent to change a row. */
export type Changeable<M extends Model> = Extract<Without<M['columns'], NeverSent | 'key' | 'immutable'>, string>
/** Names of the columns that may leave. */
export type Readable<M extends Model> = Extract<Without<M['columns'], 'hidden' | 'writeOnly'>, string>

/**
 * What the API takes to create a row, as a service sees it (a `Date`, a `bigint`, not their JSON). Hidden, read-only and
 * stamped columns, the owner and keys that Terrace makes are not in it; nullable ones and those with a default may be absent.
 */
export type Create<M extends Model> = CreateOf<M['columns'], Without<M['columns'], NeverSent>>
type CreateOf<C extends Columns, K extends keyof C, O = never> = Flatten<
  { readonly [P in Exclude<Extract<K, Without<C, Omittable>>, O>]: Cell<C[P]> } & {
    readonly [P in Exclude<K, Exclude<Without<C, Omittable>, O>>]?: Cell<C[P]>
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

/** `Create` of the columns `K`, those named `O` not needed, and of what else is sent. */
export type CreateWith<M extends Model, K extends keyof M['columns'], O, W extends Parts> = Flatten<
  CreateOf<M['columns'], K, O> & ValuesOf<W>
>

/** Groups of columns of which exactly one is sent. */
export type VariantsOf<M extends Model> = readonly (readonly Sendable<M>[])[]

/** `Base` with the columns of one variant, and none of the others' own: a union of them, told apart by what is there. */
export type WithVariants<M extends Model, Base, V extends VariantsOf<M>> = V extends readonly []
  ? Base
  : Variant<M, Base, V[number], V[number][number]>

type Variant<
  M extends Model,
  Base,
  One extends readonly PropertyKey[],
  All extends PropertyKey,
> = One extends readonly (infer P)[]
  ? Flatten<
      Base & { readonly [K in Extract<P, keyof M['columns']>]: NonNullable<Cell<M['columns'][K]>> } & {
        readonly [K in Exclude<All, P>]?: never
      }
    >
  : never

/** `Patch` of the columns `K` and of what else is sent. */
export type PatchWith<M extends Model, K extends keyof M['columns'], W extends Parts> = Flatten<
  { readonly [P in K]?: Cell<M['columns'][P]> } & { readonly [P in keyof W]?: PartValue<W[P]> }
>

/** What a handler gives to be read: the columns `K`, or the whole row where something is computed from it, and what is nested. */
export type ReadWith<M extends Model, K extends keyof M['columns'], C, W extends Parts> = Flatten<
  (keyof C extends never ? { readonly [P in K]: Cell<M['columns'][P]> } : Row<M>) & AnswersOf<W>
>

/** A default stands in where nothing is sent; what Terrace stamps is nobody's default. */
type IsOmittable<P> = P extends OptionalPart
  ? true
  : P extends Column
    ? Has<P, 'optional'> extends Has<P, 'stamped'>
      ? Has<P, 'null'>
      : false
    : false
type OmittableKeys<P> = { [K in keyof P]: IsOmittable<P[K]> extends true ? K : never }[keyof P]
type OptionalKeys<P> = { [K in keyof P]: P[K] extends OptionalPart ? K : never }[keyof P]

/** The values of a hand-written shape, as of a query: optional parts and nullable columns may be absent. */
export type ValuesOf<P extends Parts> = Flatten<
  { readonly [K in Exclude<keyof P, OmittableKeys<P>>]: PartValue<P[K]> } & {
    readonly [K in OmittableKeys<P>]?: PartValue<P[K]>
  }
>

/** The same of an answer, where only optional parts may be absent. */
export type AnswersOf<P extends Parts> = Flatten<
  { readonly [K in Exclude<keyof P, OptionalKeys<P>>]: PartAnswer<P[K]> } & {
    readonly [K in OptionalKeys<P>]?: PartAnswer<P[K]>
  }
>
