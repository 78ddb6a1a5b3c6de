import type { ColumnKind, ColumnType } from './column-type.ts'
import type { ColumnFact } from './graph-facts.ts'
import { canonicalDecimal } from './validate/decimal.ts'

type Canonical = {
  readonly [K in ColumnKind]: (value: never, type: Extract<ColumnType, { readonly kind: K }>) => unknown
}

const same = (value: unknown): unknown => value
/** -0 becomes 0: engines disagree on whether they keep its sign. */
const withoutNegativeZero = (value: number): number => value + 0

const canonical: Canonical = {
  uuid: same,
  text: same,
  integer: withoutNegativeZero,
  smallint: withoutNegativeZero,
  bigint: same,
  identity: same,
  decimal: (value: string, { scale }) => canonicalDecimal(value, scale),
  float: withoutNegativeZero,
  boolean: same,
  timestamp: (value: Date | string) => (typeof value === 'string' ? sixDigits(value) : new Date(value.getTime())),
  date: same,
  time: same,
  json: canonicalJson,
  array: (values: readonly never[], { item }) => values.map((value) => canonicalOfType(item, value)),
  bytes: (value: Uint8Array) => new Uint8Array(value),
  oneOf: same,
  native: same,
}

/**
 * The one spelling of a valid value, as every engine gives it back after a write: decimals with exactly `scale` digits after
 * the point, `timestamp({ precision: 6 })` with six digits of a second, no negative zero (in json neither), bytes as a plain
 * `Uint8Array`. Null stays null. Objects are copies.
 */
export function canonicalValue(column: Pick<ColumnFact, 'type'>, value: unknown): unknown {
  return value === null ? null : canonicalOfType(column.type, value)
}

function canonicalOfType(type: ColumnType, value: unknown): unknown {
  return (canonical[type.kind] as (value: unknown, type: ColumnType) => unknown)(value, type)
}

function sixDigits(instant: string): string {
  const [seconds = '', fraction = ''] = instant.slice(0, -1).split('.')
  return `${seconds}.${fraction.padEnd(6, '0')}Z`
}

function canonicalJson(value: unknown): unknown {
  if (typeof value === 'number') return withoutNegativeZero(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(canonicalJson)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, canonicalJson(part)]))
}
