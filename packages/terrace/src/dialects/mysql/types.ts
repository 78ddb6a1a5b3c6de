import { arrayCodec, jsonCodec, type Codec } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import type { ColumnFact, ColumnKind, ColumnType } from '../../model/index.ts'
import { ExactDecimal } from './parameters.ts'

type CodecMakers = { readonly [K in ColumnKind]: (type: Extract<ColumnType, { readonly kind: K }>) => Codec }

const same: Codec = { encode: null, decode: null }

const codecMakers: CodecMakers = {
  uuid: () => same,
  text: () => same,
  integer: () => same,
  smallint: () => same,
  bigint: () => ({ encode: null, decode: (value: number | bigint) => BigInt(value) }),
  identity: () => same,
  // As text it would be compared as a double, which tells apart no more than 15 digits.
  decimal: () => ({ encode: (text: string) => new ExactDecimal(text), decode: null }),
  float: () => same,
  boolean: () => ({ encode: null, decode: (value: number) => value !== 0 }),
  timestamp: ({ precision }) => (precision === 3 ? instantCodec : microsecondsCodec),
  date: () => same,
  time: () => same,
  json: () => jsonCodec,
  array: ({ item }) => arrayCodec(item),
  bytes: () => same,
  oneOf: () => same,
  native: () => same,
}

export function mysqlCodec({ type }: ColumnFact): Codec {
  return (codecMakers[type.kind] as (type: ColumnType) => Codec)(type)
}

// datetime knows no zone; connections are in UTC and nothing else ever writes there.
const instantCodec: Codec = {
  encode: (value: Date) => written(value.toISOString()),
  decode: (text: string) => new Date(existing(`${text.slice(0, 10)}T${text.slice(11)}Z`)),
}

const microsecondsCodec: Codec = {
  encode: written,
  decode: (text: string) => existing(`${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20).padEnd(6, '0')}Z`),
}

/**
 * As the server writes it. It reads a `T` too, but compares a parameter as a text where it is one of several of `coalesce`, and refuses
 * a final Z.
 */
function written(instant: string): string {
  return instant.replace('T', ' ').replace(/Z$/, '')
}

/** Other programs can have written `0000-00-00`, and days that no month has. */
function existing(instant: string): string {
  if (Number.isNaN(Date.parse(instant))) throw errors.VALUE_UNREADABLE({ values: { type: 'timestamp' } })
  return instant
}
