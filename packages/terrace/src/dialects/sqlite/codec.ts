import { arrayCodec, jsonCodec, type Codec } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import { canonicalValue, type ColumnFact, type ColumnKind, type ColumnType } from '../../model/index.ts'

type CodecMakers = { readonly [K in ColumnKind]: (type: Extract<ColumnType, { readonly kind: K }>) => Codec }

const same: Codec = { encode: null, decode: null }

const codecMakers: CodecMakers = {
  uuid: () => same,
  text: () => same,
  integer: () => same,
  smallint: () => same,
  bigint: () => bigintCodec,
  identity: () => same,
  decimal: decimalCodec,
  float: () => same,
  boolean: () => booleanCodec,
  timestamp: ({ precision }) => (precision === 3 ? instantCodec : microsecondsCodec),
  date: () => same,
  time: () => same,
  json: () => jsonCodec,
  array: ({ item }) => arrayCodec(item),
  bytes: () => bytesCodec,
  oneOf: () => same,
  native: () => nativeCodec,
}

/** Between values of the model and what STRICT tables hold: NULL, INTEGER, REAL, TEXT, BLOB. */
export function sqliteCodec({ type }: ColumnFact): Codec {
  return (codecMakers[type.kind] as (type: ColumnType) => Codec)(type)
}

const bigintCodec: Codec = { encode: null, decode: (value: number | bigint) => BigInt(value) }

const booleanCodec: Codec = { encode: (value: boolean) => (value ? 1 : 0), decode: (value: number) => value !== 0 }

const instantCodec: Codec = { encode: (value: Date) => value.getTime(), decode: instantOf }

// The first and the last instant of a `Date`, in milliseconds.
const lastInstantMs = 8_640_000_000_000_000

/** Other writers may have left a number that is no instant of JavaScript's, a bigint where it is beyond 2^53. */
function instantOf(value: number | bigint): Date {
  if (value <= lastInstantMs && value >= -lastInstantMs) return new Date(Number(value))
  throw errors.VALUE_UNREADABLE({ values: { type: 'timestamp' } })
}

// All of one length, so that the order of the texts is the order of the instants.
const microsecondsCodec: Codec = {
  encode: (value: string) => canonicalValue({ type: { kind: 'timestamp', precision: 6 } }, value),
  decode: null,
}

// The driver's Buffer has methods that other engines' values have not.
const bytesCodec: Codec = {
  encode: null,
  decode: ({ buffer, byteOffset, byteLength }: Uint8Array) => new Uint8Array(buffer, byteOffset, byteLength),
}

/** Whatever is in a column that others have made: values of each kind as the other codecs give them. */
const nativeCodec: Codec = {
  encode: null,
  decode: (value: unknown) => (value instanceof Uint8Array ? bytesCodec.decode?.(value as never) : value),
}

/** `decimal(10, 2)` keeps 12.5 as the integer 1250: exact, and ordered as numbers are. */
function decimalCodec({ scale }: Extract<ColumnType, { readonly kind: 'decimal' }>): Codec {
  return { encode: (value: string) => scaled(value, scale), decode: (value: number | bigint) => unscaled(value, scale) }
}

// Below it a double can stand between two whole numbers.
const halvesEnd = 2n ** 52n

function scaled(value: string, scale: number): bigint | number {
  const [whole = '', fraction = ''] = value.split('.')
  const digits = clamped(BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0')))
  return /[1-9]/.test(fraction.slice(scale)) ? between(digits, whole.startsWith('-')) : digits
}

// Columns have at most 18 digits: beyond these bounds a value is above or below all of them, whatever it is.
const least = -(2n ** 63n)
const most = 2n ** 63n - 1n

function clamped(digits: bigint): bigint {
  if (digits > most) return most
  return digits < least ? least : digits
}

/**
 * Of a value with more digits than the column has, which conditions may compare with: no stored number equals it, and it is
 * ordered rightly among them. A STRICT table does not take it.
 */
function between(digits: bigint, isNegative: boolean): bigint | number {
  if (digits === most || digits === least) return digits
  if (digits >= halvesEnd || digits <= -halvesEnd) throw new RangeError('has more digits than can be compared here')
  return Number(digits) + (isNegative ? -0.5 : 0.5)
}

function unscaled(value: number | bigint, scale: number): string {
  const isNegative = value < 0
  const digits = String(isNegative ? -value : value).padStart(scale + 1, '0')
  const sign = isNegative ? '-' : ''
  if (scale === 0) return sign + digits
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
