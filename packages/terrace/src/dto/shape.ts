import type { Issue } from '../errors/index.ts'
import type { ColumnFact, RuleViolation } from '../model/index.ts'
import type { JsonSchema } from './json-schema.ts'
import type { WireType } from './wire-type.ts'

/** Where a shape keeps the type of its value in process; no value ever has it. */
export declare const shapeValue: unique symbol

/** Where a shape keeps the type of what a handler gives to be answered in it; no value ever has it. */
export declare const shapeAnswer: unique symbol

/**
 * JSON on one side, a value in process (a `Date`, a `bigint`) on the other: what a request sends or an answer holds.
 *
 * `object` is made of columns, `list` of items of another shape, `foreign` checks and describes itself (TypeBox, any Standard
 * Schema).
 */
export type Shape<T = unknown> = ObjectShape<T> | ListShape<T> | ForeignShape<T>

/** The value in process of what was sent in a shape. */
export type ValueOf<S> = S extends { readonly [shapeValue]?: infer T } ? T : never

/**
 * What a handler gives for an answer in this shape: properties that need not be sent are answered all the same, and a foreign
 * shape may turn the value into something else on its way out.
 */
export type AnswerOf<S> = S extends { readonly [shapeAnswer]?: infer A } ? A : never

interface ShapeBase<T, A> {
  /** The name of its schema in OpenAPI; null for those that stand in one place only. */
  readonly name: string | null
  readonly schema: JsonSchema
  readonly [shapeValue]?: T
  readonly [shapeAnswer]?: A
}

/** An object with known properties, derived from columns: a request's body or query, or the projection of a row. */
export interface ObjectShape<T = unknown, A = T> extends ShapeBase<T, A> {
  readonly kind: 'object'
  /** By their names in process, in the order in which they are written. */
  readonly fields: ReadonlyMap<string, ShapeField>
  /** The same fields by their names on the wire. */
  readonly keys: ReadonlyMap<string, ShapeField>
  /** Groups of properties of which exactly one is sent; empty for none. */
  readonly variants: Variants
}

/**
 * Properties of which one group is sent: `[['productId', 'grams'], ['productId', 'portionId', 'quantity'], ['foodId', 'grams']]`. All of
 * one group are given and none of the others' own; null counts as not given. By their names in process.
 */
export type Variants = readonly (readonly string[])[]

/** How many entries an array has; absent for any number. */
export interface ListBounds {
  readonly atLeast?: number
  readonly atMost?: number
}

/** An array whose entries have one shape. */
export interface ListShape<T = unknown, A = T> extends ShapeBase<T, A> {
  readonly kind: 'list'
  readonly item: Shape
  readonly bounds: ListBounds
}

/** A schema that Terrace did not derive. `parse` and `render` may take their time. */
export interface ForeignShape<T = unknown, A = T> extends ShapeBase<T, A> {
  readonly kind: 'foreign'
  /** The schema of what leaves, where it is not `schema`, which describes what is sent. */
  readonly answered: JsonSchema
  /** What was sent, checked and converted. */
  readonly parse: (json: unknown, place: Issue['in']) => Parsed<T> | Promise<Parsed<T>>
  /** Plain JSON of a value; `RESPONSE_MISMATCH` for one that does not fit. */
  readonly render: (value: unknown) => unknown
}

/** Either the value of a shape or what stands against it, at most 50 issues. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly Issue[] }

/** One property of an object: the value of a column, a shape within, or what is computed from the whole row. */
export type ShapeField = ColumnField | NestedField | ComputedField

interface FieldBase {
  /** The property in process. */
  readonly name: string
  /** The property on the wire. */
  readonly key: string
  /** Must be sent, and is always answered. */
  readonly required: boolean
  readonly nullable: boolean
  /** May be left out of an answer too; absent for false, and nested fields that are not required may be in any case. */
  readonly omittable?: boolean
  readonly schema: JsonSchema
  readonly describe: string | null
}

export interface ColumnField extends FieldBase {
  readonly kind: 'column'
  readonly column: ColumnFact
  readonly wire: WireType
  readonly check: (value: unknown) => RuleViolation | null
  /** Whether a value in process is of the column's type at all, whatever its rules. */
  readonly isOfType: (value: unknown) => boolean
  /** Gives the value where none was sent; absent where the DAO does, or nobody. */
  readonly fallback?: () => unknown
}

export interface NestedField extends FieldBase {
  readonly kind: 'nested'
  readonly shape: ObjectShape | ListShape
}

/** Leaves only: nobody sends it. */
export interface ComputedField extends FieldBase {
  readonly kind: 'computed'
  readonly column: ColumnFact
  readonly wire: WireType
  readonly isOfType: (value: unknown) => boolean
  readonly compute: (row: never) => unknown
}
