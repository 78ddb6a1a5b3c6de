import type { ColumnType } from './column-type.ts'
import type { ByEngine, ColumnStorage } from './stored.ts'
import type { DefaultFact, OnDelete, RuleFact, Stamp, TextFilter } from './graph-facts.ts'

/**
 * What the type system knows of a column beside its value:
 *
 * - `null`: may be null
 * - `optional`: need not be given on insert (a default, or the database numbers it, or the session makes it)
 * - `stamped`: never given by a caller of the DAO (timestamps, deletion, native columns)
 * - `owner`: the actor's key
 * - `key`: part of the primary key; `made`: a key that Terrace makes
 * - `hidden`, `writeOnly`, `readOnly`, `immutable`: access marks
 * - `unique`: one row per value
 */
export type Flag =
  | 'null'
  | 'optional'
  | 'stamped'
  | 'owner'
  | 'key'
  | 'made'
  | 'hidden'
  | 'writeOnly'
  | 'readOnly'
  | 'immutable'
  | 'unique'

/** What the type system knows of a reference: the target's table and the names used in includes. */
export interface Link {
  readonly table: string
  readonly as: string | undefined
  readonly inverse: string | undefined
}

/** Everything a column was declared with: frozen plain data, read by `graph()`. */
export interface ColumnSpec {
  readonly type: ColumnType
  readonly sqlName: string | null
  /** The property's former name, or the column's. */
  readonly renamedFrom: FormerName | null
  readonly nullable: boolean
  readonly default: DefaultFact | null
  readonly rules: readonly RuleFact[]
  readonly hidden: boolean
  readonly writeOnly: boolean
  readonly readOnly: boolean
  readonly immutable: boolean
  readonly stamp: Stamp | null
  readonly isPrimaryKey: boolean
  readonly unique: { readonly global: boolean } | null
  readonly indexed: boolean
  readonly ignoreCase: boolean
  readonly filterable: readonly TextFilter[]
  readonly filterAs: string | null
  readonly describe: string | null
  readonly example: unknown
  readonly stored: ByEngine<ColumnStorage> | null
  readonly reference: ReferenceSpec | null
  readonly owner: OwnerSpec | null
  /** What an array's items were declared with. */
  readonly item: ColumnSpec | null
}

/** What `renamedFrom()` takes: a property's former name, or a column's where the convention did not give it. */
export type FormerName = string | { readonly column: string }

export interface ReferenceSpec {
  readonly table: string
  /** The declared target where it is known as a value; null for a reference by table name. */
  readonly target: { readonly table: string } | null
  readonly as: string | null
  readonly inverse: string | null
  readonly onDelete: OnDelete
}

export interface OwnerSpec {
  readonly table: string
  readonly read: 'owner' | 'everyone'
  readonly readable: boolean
}

/** Where a column keeps its phantom types; no value ever has it. */
export declare const columnTypes: unique symbol

/**
 * A column under declaration. Immutable: each method gives a new column.
 *
 * `T` is the value in a row (without null), `F` the union of its flags, `L` its reference.
 */
export interface Column<T = unknown, F extends Flag = Flag, L extends Link | null = Link | null> {
  readonly spec: ColumnSpec
  readonly [columnTypes]?: { readonly value: T; readonly flags: F; readonly link: L }
}

/** Methods of every column; `K` says which rules it has on top. */
export interface AnyColumn<K extends keyof Rules<T, F, L>, T, F extends Flag, L extends Link | null> extends Column<
  T,
  F,
  L
> {
  /** The value may be null. */
  nullable(): Built<K, T, F | 'null', L>
  /** Part of the primary key. A `uuid()` key is made by the session (version 7) unless the caller gives one. */
  primaryKey(): Built<K, T, F | 'key' | 'immutable' | (K extends 'uuid' ? 'optional' | 'made' : never), L>
  /**
   * At most one row per value: per owner and among the rows that are not soft-deleted. `{ global: true }` is a plain UNIQUE
   * over the whole table, other owners' and deleted rows included.
   */
  unique(options?: { readonly global?: boolean }): Built<K, T, F | 'unique', L>
  /** An index on this column alone. */
  index(): Built<K, T, F, L>
  /** Never leaves through the API, never filters, never sorts, and cannot be sent. */
  hidden(): Built<K, T, F | 'hidden', L>
  /** May be sent, never leaves. */
  writeOnly(): Built<K, T, F | 'writeOnly', L>
  /** Leaves, cannot be sent through the API; services set it. */
  readOnly(): Built<K, T, F | 'readOnly', L>
  /** Set once, on create. */
  immutable(): Built<K, T, F | 'immutable', L>
  /** A value becomes the column's DEFAULT too; a function runs in the DAO, once per row. */
  default(value: T | (() => T)): Built<K, T, F | 'optional', L>
  /** The name in the database, where the convention does not give the right one. */
  column(name: string): Built<K, T, F, L>
  /**
   * The property was called so before, or its column: `renamedFrom('title')`, `renamedFrom({ column: 'kcal_100g' })`. The next
   * start renames the column, and the companion of `ignoreCase()` with it; the values stay. Leave it there until every database
   * has seen it: what was renamed once is not renamed again.
   */
  renamedFrom(former: FormerName): Built<K, T, F, L>
  /**
   * How an engine keeps the column, where that is not what the type means there: `stored({ mysql: { type: 'year(4)' } })`, for
   * databases that others have made. Values are read and written as those of the declared type.
   */
  stored(storage: ByEngine<ColumnStorage>): Built<K, T, F, L>
  /** The name by which lists of the API filter, where its own means something else there: `page`, `sort`, `fields`, … */
  filterAs(name: string): Built<K, T, F, L>
  describe(text: string): Built<K, T, F, L>
  /** Shown in the API's documentation. */
  example(value: T): Built<K, T, F, L>
}

type Bound<T> = T extends string ? string : T

interface NumberRules<T, F extends Flag, L extends Link | null> {
  /** Both ends inclusive; null leaves one open. Held by the DAO, the API and a CHECK. */
  range(min: Bound<T> | null, max: Bound<T> | null): Built<'number', T, F, L>
}

interface TextRules<T, F extends Flag, L extends Link | null> {
  /** In code points, both ends inclusive. The maximum also sizes the column (`varchar(max)`). */
  length(min: number, max: number): Built<'text', T, F, L>
  /** Checked by the DAO and the API, not by the database: engines differ in regular expressions. */
  pattern(expression: RegExp): Built<'text', T, F, L>
  /** An e-mail address, by the same rule as an HTML form; checked by the DAO and the API. */
  email(): Built<'text', T, F, L>
  /** Equality and uniqueness without case (NFKC, lower case), by a companion column; the value itself keeps its case. */
  ignoreCase(): Built<'text', T, F, L>
  /** Lets lists of the API filter by these operators too. Without it a text is found by equality, `in` and `null` only. */
  filterable(...operators: readonly [TextFilter, ...TextFilter[]]): Built<'text', T, F, L>
}

/** Which rules a column of each family has. */
export interface Rules<T, F extends Flag, L extends Link | null> {
  readonly plain: unknown
  readonly uuid: unknown
  readonly number: NumberRules<T, F, L>
  readonly text: TextRules<T, F, L>
}

/** A column of family `K`: the methods of every column and its own rules. */
export type Built<K extends keyof Rules<T, F, L>, T, F extends Flag, L extends Link | null> = AnyColumn<K, T, F, L> &
  Rules<T, F, L>[K]

/** The columns of a model, by property. */
export type Columns = Readonly<Record<string, Column>>
