import type {
  BoundModel,
  Cell,
  Column,
  Columns,
  ColumnValue,
  Include,
  Row,
  ToOneLinks,
  ValidInclude,
  WithIncluded,
} from '../model/index.ts'
import type { RelatedOf } from './related-types.ts'

/** The properties of a model's columns. */
export type ColumnName<M extends BoundModel> = Extract<keyof M['columns'], string>

/** Which soft-deleted rows are seen: none (`without`, the default), all (`with`), or the trash alone (`only`). */
export type Deleted = 'without' | 'with' | 'only'

/**
 * A condition on rows of `M`. Each column: a value is equality (`null`: is null), or an object of operators, all of which
 * must hold. Columns are joined by and; `and`, `or` and `not` combine whole conditions.
 *
 * ```ts
 * { name: 'Apple', kcal100g: { gte: 50, lt: 100 }, or: [{ note: null }, { note: { contains: 'raw' } }] }
 * ```
 *
 * As in SQL, a column that is null is neither equal nor unequal to any value: `not` and `notIn` leave such rows out.
 * `undefined` anywhere is `DAO_UNDEFINED`; `in: []` matches nothing, `notIn: []` everything. `related` asks rows of other models:
 *
 * ```ts
 * { title: 'Hello', related: some(models.Comment, 'comments', { isSpam: false }) }
 * ```
 */
export type Where<M extends BoundModel> = WhereOf<M['columns'], M['table']>
export type WhereOf<C extends Columns, T extends string> = Combined<C, T> & {
  readonly [K in keyof C]?: ConditionOf<C[K]>
}

interface Combined<C extends Columns, T extends string> {
  readonly and?: readonly WhereOf<C, T>[]
  readonly or?: readonly WhereOf<C, T>[]
  readonly not?: WhereOf<C, T>
  /** What `some`, `none` and `every` ask of related rows; of several, all. */
  readonly related?: RelatedOf<T, ToOneLinks<C>> | readonly RelatedOf<T, ToOneLinks<C>>[]
}

type ConditionOf<X extends Column> = Condition<ColumnValue<X>, Cell<X>>
type Condition<T, N> = [T] extends [string]
  ? N | TextOperators<T, N>
  : [T] extends [number | bigint | Date]
    ? N | OrderOperators<T, N>
    : [T] extends [boolean | Uint8Array]
      ? N | ValueOperators<T, N>
      : [T] extends [readonly (infer I)[]]
        ? Extract<N, null> | ListOperators<I>
        : Extract<N, null> | NullOperator

/** json, native types and arrays of what has several spellings are not comparable: only whether they are null. */
export interface NullOperator {
  readonly isNull?: boolean
}

/** Of arrays of texts, uuids, whole numbers, booleans, dates, times or `oneOf`: an item, one of several, each of several. */
export interface ListOperators<I> extends NullOperator {
  readonly has?: I
  readonly hasAny?: readonly I[]
  readonly hasAll?: readonly I[]
}

export interface ValueOperators<T, N = T> extends NullOperator {
  /** Unequal; `not: null` is "is not null". */
  readonly not?: N
  readonly in?: readonly T[]
  readonly notIn?: readonly T[]
}

export interface OrderOperators<T, N = T> extends ValueOperators<T, N> {
  readonly gt?: T
  readonly gte?: T
  readonly lt?: T
  readonly lte?: T
}

/**
 * Texts compare by code point. `contains`, `startsWith` and `endsWith` take their text literally, without wildcards; as equality, they
 * leave case aside where the column is declared `ignoreCase()`.
 */
export interface TextOperators<T, N = T> extends OrderOperators<T, N> {
  readonly contains?: string
  readonly startsWith?: string
  readonly endsWith?: string
}

/** Values, all equal, that can fit one row only: the key, or a declared unique rule (see `Dao.find`). */
export type UniqueWhere<M extends BoundModel> = { readonly [K in ColumnName<M>]?: ColumnValue<M['columns'][K]> }

/** `'name'` ascending, `'-name'` descending. NULL sorts first ascending. */
export type SortTerm<M extends BoundModel> = ColumnName<M> | `-${ColumnName<M>}`

/** By page (from 1) or by limit and offset (from 0). */
export type PageOptions =
  | { readonly page: number; readonly pageSize: number }
  | { readonly limit: number; readonly offset?: number }

/** Nothing included. */
export type NoInclude = Readonly<Record<never, never>>

/** What of a row is read: columns `F`, related rows `I`. */
export interface FindOptions<M extends BoundModel, F extends ColumnName<M>, I> {
  /** Default: every column, hidden ones too. */
  readonly fields?: readonly F[]
  /** Related rows by value, one statement per relation and level: `{ portions: models.Portion }`. */
  readonly include?: I & ValidInclude<M, I>
}

export interface ReadOptions<M extends BoundModel, F extends ColumnName<M>, I> extends FindOptions<M, F, I> {
  /** Default `without`. Related rows are read `with` deleted ones as soon as this is not `without`. */
  readonly deleted?: Deleted
}

export interface ListOptions<M extends BoundModel, F extends ColumnName<M>, I> extends ReadOptions<M, F, I> {
  readonly where?: Where<M>
  /** The key is always the last term, so that pages never overlap. Default: the key alone. */
  readonly sort?: readonly SortTerm<M>[]
  /** Default: all rows. */
  readonly page?: PageOptions
  /**
   * Only rows behind this position in the order: what `next` of the list before was, or any row with the columns of `sort` and the key;
   * null begins. Rows that come or go meanwhile move no other row to another page, as they do with an offset, and an index over
   * the sort finds the place at once. With a `page` of a limit alone.
   */
  readonly after?: ListPosition | null
  /** Count all rows that match, on every page, by a second statement. Default false. */
  readonly total?: boolean
}

/** A place in an order: the values of its columns, those of the key included. Plain data. */
export type ListPosition = Readonly<Record<string, unknown>>

export interface Listing<R> {
  readonly rows: R[]
  /** All rows that match, on every page; null where `total` was not asked for. */
  readonly total: number | null
  /** Where the list goes on, for `after`; null at its end, and where `after` was not given. */
  readonly next: ListPosition | null
}

/** The row that `fields` `F` and `include` `I` give. */
export type RowOf<M extends BoundModel, F extends ColumnName<M>, I> = [ColumnName<M>] extends [F]
  ? WithIncluded<M, I>
  : Pick<WithIncluded<M, I>, F | Extract<keyof I, keyof WithIncluded<M, I>>>

/** The version that a row must have, or a function that throws unless the row is as it must be. */
export type RowVersion<R> = number | ((row: R) => void)

/** Only as long as nobody else has changed the row since it was read; for models with a `version()`. */
export interface VersionOptions<R> {
  /** `VERSION_MISMATCH` where the row has another one. Default: whatever it has. */
  readonly version?: RowVersion<R>
}

export interface HoldOptions<R> extends VersionOptions<R> {
  readonly deleted?: Deleted
}

export interface CountOptions {
  readonly deleted?: Deleted
}

/** Lets a condition without terms, `{}`, mean every row of the scope. */
export interface AllOptions {
  readonly all?: boolean
}

/** Which rows of the trash are erased for good. */
export interface PurgeOptions {
  /** Those that were deleted before this instant: the caller's clock, as `new Date(Date.now() - 30 * 86_400_000)`. */
  readonly before: Date
  /** How many rows one call erases at most, with all that goes with them. Default 1,000. */
  readonly limit?: number
  /** Where an earlier call stopped: part of its `next`. */
  readonly after?: PurgeCursor
}

/** The last row that was looked at; plain data. */
export interface PurgeCursor {
  readonly deletedAt: Date
  readonly key: readonly unknown[]
}

export interface Purged {
  /** Rows of the model that are gone. */
  readonly purged: number
  /** Rows that went with them, of any model, or before one that has more below it than `limit`. */
  readonly below: number
  /** Rows that stay, because others that stay refer to them by `restrict` or `keep`. */
  readonly restricted: number
  /** What to call with next, in a session of its own; null when no older row is left to look at. */
  readonly next: PurgeOptions | null
}

export interface UpsertOptions<M extends BoundModel> {
  /** Columns of the key or of one declared unique rule; its owner's or parent's column need not be named. */
  readonly by: ColumnName<M> | readonly ColumnName<M>[]
}

export type { Include, Row }
