import { buildColumn } from './build-column.ts'
import type { Built, Column, Columns, Flag, Link } from './column.ts'
import type { Json } from './column-type.ts'
import type { OnDelete } from './graph-facts.ts'
import type { Model } from './model-spec.ts'
import type { ColumnValue, With } from './row-types.ts'

type Plain<T, F extends Flag = never> = Built<'plain', T, F, null>

/** A UUID as its canonical lower-case text; as a primary key made by the session, version 7 (sortable by time). */
export function uuid(): Built<'uuid', string, never, null> {
  return buildColumn({ kind: 'uuid' })
}

/** Text, compared by code point. Unbounded until `.length(min, max)`; U+0000 and lone surrogates are refused. */
export function text(): Built<'text', string, never, null> {
  return buildColumn({ kind: 'text', maxLength: null })
}

/** A whole number from -2147483648 to 2147483647. */
export function integer(): Built<'number', number, never, null> {
  return buildColumn({ kind: 'integer' })
}

/** A whole number from -32768 to 32767. */
export function smallint(): Built<'number', number, never, null> {
  return buildColumn({ kind: 'smallint' })
}

/** A whole number of 64 bits, as a `bigint`; a string on the wire. */
export function bigint(): Built<'number', bigint, never, null> {
  return buildColumn({ kind: 'bigint' })
}

/** A key that the database numbers, from 1 to 2^53 - 1, as a number. Always the primary key. */
export function identity(): Plain<number, 'key' | 'made' | 'optional' | 'immutable'> {
  return buildColumn({ kind: 'identity' }, { isPrimaryKey: true, immutable: true, stamp: 'identity' })
}

/**
 * An exact decimal as a string: `precision` digits in all, `scale` of them after the point. In JSON it is a string too, or with
 * `{ json: 'number' }` a number, which takes at most 15 digits: within those each decimal is one number and back.
 */
export function decimal(
  precision: number,
  scale: number,
  options: { readonly json?: 'number' } = {},
): Built<'number', string, never, null> {
  return buildColumn({ kind: 'decimal', precision, scale, ...options })
}

/** A double. NaN and the infinities are refused. */
export function float(): Built<'number', number, never, null> {
  return buildColumn({ kind: 'float' })
}

export function boolean(): Plain<boolean> {
  return buildColumn({ kind: 'boolean' })
}

/** An instant. By default a `Date`, truncated to milliseconds; with `{ precision: 6 }` an ISO string in UTC, in microseconds. */
export function timestamp(): Plain<Date>
export function timestamp(options: { readonly precision: 6 }): Plain<string>
export function timestamp(options: { readonly precision: 3 | 6 } = { precision: 3 }): Column {
  return buildColumn({ kind: 'timestamp', precision: options.precision })
}

/** A calendar date, `YYYY-MM-DD`. */
export function date(): Plain<string> {
  return buildColumn({ kind: 'date' })
}

/** A time of day without a zone, `HH:MM:SS`. */
export function time(): Plain<string> {
  return buildColumn({ kind: 'time' })
}

/** Any JSON value, typed by the caller. Not comparable with `=`. */
export function json<T extends Json = Json>(): Plain<T> {
  return buildColumn({ kind: 'json' })
}

/** A list of values of one scalar column, each under its rules: `array(text().length(1, 20))`. Items are never null. */
export function array<X extends Column>(item: X): Plain<readonly ColumnValue<X>[]> {
  return buildColumn({ kind: 'array', item: item.spec.type }, { item: item.spec })
}

export function bytes(): Plain<Uint8Array> {
  return buildColumn({ kind: 'bytes' })
}

/** One of these texts; a CHECK in the database, a union in the types. */
export function oneOf<const V extends readonly [string, ...string[]]>(...values: V): Plain<V[number]> {
  return buildColumn({ kind: 'oneOf', values }, { rules: [{ kind: 'oneOf', values }] })
}

/** A type that only some engines know (`native('tsvector')`): readable, never compared, never rewritten. */
export function native(name: string): Plain<unknown, 'stamped' | 'readOnly' | 'optional'> {
  return buildColumn({ kind: 'native', name }, { readOnly: true })
}

export interface ReferenceOptions {
  /** The include name of the other side, on the target. */
  readonly inverse?: string
  /** The include name of this side, where the column's name (`productId` → `product`) does not give it. */
  readonly as?: string
  /** What a delete of the target does here. Default `restrict`. */
  readonly onDelete?: OnDelete
}

type Name<O, K extends string> = O extends { readonly [P in K]: infer N extends string } ? N : undefined
export interface LinkTo<T extends string, O> extends Link {
  readonly table: T
  readonly as: Name<O, 'as'>
  readonly inverse: Name<O, 'inverse'>
}
/** The type of the single key of a model. */
type SingleKey<M extends Model> = ColumnValue<M['columns'][With<M['columns'], 'key'>]>

/**
 * A key of another model's row. To a model by value; to itself or around a circle by table name, with the key's column:
 *
 * ```ts
 * productId: reference(Product, { inverse: 'portions', onDelete: 'cascade' })
 * parentId: reference('categories', { key: uuid(), inverse: 'children' }).nullable()
 * ```
 */
export function reference<M extends Model, const O extends ReferenceOptions = object>(
  target: M,
  options?: O,
): Built<'plain', SingleKey<M>, never, LinkTo<M['table'], O>>
export function reference<const T extends string, X extends Column, const O extends ReferenceOptions = object>(
  target: T,
  options: O & { readonly key: X },
): Built<'plain', ColumnValue<X>, never, LinkTo<T, O>>
export function reference(target: Model | string, options: ReferenceOptions & { readonly key?: Column } = {}): Column {
  const { as = null, inverse = null, onDelete = 'restrict' } = options
  const isName = typeof target === 'string'
  const table = isName ? target : target.table
  const type = options.key?.spec.type ?? (isName ? unknownKey : keyTypeOf(target))
  return buildColumn(type, { reference: { table, target: isName ? null : target, as, inverse, onDelete } })
}

export interface OwnerOptions {
  /** `everyone`: reads are filtered by deletion only, writes stay with the owner. Default `owner`. */
  readonly read?: 'owner' | 'everyone'
  /** True lets the owner's key leave through the API. Default false: the column is hidden. */
  readonly readable?: boolean
  readonly inverse?: string
  readonly as?: string
  readonly onDelete?: OnDelete
}

/** The key of the row's owner: stamped by the session, immutable, hidden unless `readable`. A model has at most one. */
export function owner<M extends Model, const O extends OwnerOptions = object>(
  target: M,
  options?: O,
): Built<
  'plain',
  SingleKey<M>,
  'owner' | 'immutable' | (O extends { readonly readable: true } ? 'readOnly' : 'hidden'),
  LinkTo<M['table'], O>
> {
  const given: OwnerOptions = options ?? {}
  const readable = given.readable ?? false
  return buildColumn(keyTypeOf(target), {
    immutable: true,
    hidden: !readable,
    readOnly: readable,
    stamp: 'owner',
    reference: {
      table: target.table,
      target,
      as: given.as ?? null,
      inverse: given.inverse ?? null,
      onDelete: given.onDelete ?? 'restrict',
    },
    owner: { table: target.table, read: given.read ?? 'owner', readable },
  })
}

/** `createdAt` and `updatedAt`: stamped by the session, read-only. `updatedAt` is set on create too. */
export function timestamps(): {
  readonly createdAt: Plain<Date, 'stamped' | 'readOnly' | 'optional' | 'immutable'>
  readonly updatedAt: Plain<Date, 'stamped' | 'readOnly' | 'optional'>
} {
  const type = { kind: 'timestamp', precision: 3 } as const
  const marks = { readOnly: true, default: { kind: 'now' } } as const
  return {
    createdAt: buildColumn(type, { ...marks, immutable: true, stamp: 'createdAt' }),
    updatedAt: buildColumn(type, { ...marks, stamp: 'updatedAt' }),
  }
}

/**
 * How often the row was changed: 1 when it is new, raised by one by each UPDATE of it, in the statement itself. Read-only, at most one
 * for each model; `ETag` and `If-Match` of its resource follow from it.
 *
 * ```ts
 * version: version(),
 * ```
 */
export function version(): Plain<number, 'stamped' | 'readOnly' | 'optional'> {
  return buildColumn({ kind: 'integer' }, { readOnly: true, stamp: 'version', default: { kind: 'value', value: 1 } })
}

/** `deletedAt` and `deletionId` (one per delete call, so that restore undoes exactly that call): hidden, written by the DAO only. */
export function softDelete(): {
  readonly deletedAt: Plain<Date, 'stamped' | 'hidden' | 'null' | 'optional'>
  readonly deletionId: Plain<string, 'stamped' | 'hidden' | 'null' | 'optional'>
} {
  const marks = { nullable: true, hidden: true } as const
  return {
    deletedAt: buildColumn({ kind: 'timestamp', precision: 3 }, { ...marks, stamp: 'deletedAt' }),
    deletionId: buildColumn({ kind: 'uuid' }, { ...marks, stamp: 'deletionId' }),
  }
}

// `graph()` refuses a reference by name whose key has no type; the column needs some type until then.
const unknownKey = { kind: 'native', name: '' } as const

function keyTypeOf(target: { readonly columns: Columns }): Column['spec']['type'] {
  const keys = Object.values(target.columns).filter((column) => column.spec.isPrimaryKey)
  const only = keys.length === 1 ? keys[0] : undefined
  return only?.spec.type ?? unknownKey
}
