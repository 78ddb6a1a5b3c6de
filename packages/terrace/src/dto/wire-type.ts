import type { ColumnKind, ColumnType } from '../model/index.ts'
import { timestampText } from './timestamp-text.ts'
import type { JsonSchema } from './json-schema.ts'

/**
 * One storage type on the wire: its schema, and the way to and from the value in a row. Nulls never reach it.
 *
 * `parse` answers `undefined` where the JSON is of another type or names no value of this one (31 February); the rules of
 * the column are checked after it. `render` gives plain JSON. `fromText` reads the same value from a path or a query.
 */
export interface WireType {
  readonly schema: JsonSchema
  readonly parse: (wire: unknown) => unknown
  readonly render: (value: unknown) => unknown
  readonly fromText: (text: string) => unknown
}

/** How a value of this type travels as JSON. */
export function wireTypeOf(type: ColumnType): WireType {
  const make = wireTypes[type.kind] as (type: ColumnType) => WireType
  return make(type)
}

type MakeWireType = { readonly [K in ColumnKind]: (type: Extract<ColumnType, { kind: K }>) => WireType }

const same = (value: unknown): unknown => value
const string = (value: unknown): string => String(value)
const textOf = (wire: unknown): string | undefined => (typeof wire === 'string' ? wire : undefined)
const numberOf = (wire: unknown): number | undefined => (typeof wire === 'number' ? wire : undefined)
const booleanOf = (wire: unknown): boolean | undefined => (typeof wire === 'boolean' ? wire : undefined)
const never = (): undefined => undefined

/** A type whose value in a row is the JSON itself. */
function asIs(
  schema: JsonSchema,
  parse: (wire: unknown) => unknown,
  fromText = parse as (text: string) => unknown,
): WireType {
  return { schema, parse, render: same, fromText }
}

/** A type that travels as text and is something else in a row. */
function asText(schema: JsonSchema, read: (text: string) => unknown, render: (value: unknown) => unknown): WireType {
  const parse = (wire: unknown): unknown => (typeof wire === 'string' ? read(wire) : undefined)
  return { schema: { type: 'string', ...schema }, parse, render, fromText: read }
}

const uuidPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
const int64Pattern = '^(0|-?[1-9][0-9]{0,18})$'
// JavaScript takes 24:00:00 for the next day; RFC 3339 has no such hour.
const instantPattern =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$'
const timePattern = '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$'
const base64Pattern = '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$'

const int64 = new RegExp(int64Pattern)
const instantText = new RegExp(instantPattern)

const wireTypes: MakeWireType = {
  uuid: () => asIs({ type: 'string', format: 'uuid', pattern: uuidPattern }, textOf),
  text: () => asIs({ type: 'string' }, textOf),
  integer: () => wholeNumber(-2147483648, 2147483647),
  smallint: () => wholeNumber(-32768, 32767),
  bigint: () => asText({ pattern: int64Pattern }, bigintOf, string),
  identity: () => wholeNumber(1, Number.MAX_SAFE_INTEGER),
  decimal: ({ precision, scale, json }) =>
    json === 'number'
      ? decimalAsNumber(scale)
      : asIs({ type: 'string', pattern: decimalPattern(precision, scale) }, textOf),
  float: () => asIs({ type: 'number' }, numberOf, numberFromText),
  boolean: () => asIs({ type: 'boolean' }, booleanOf, booleanFromText),
  timestamp: ({ precision }) => (precision === 3 ? instantInMilliseconds : instantInMicroseconds),
  date: () => asIs({ type: 'string', format: 'date' }, textOf),
  time: () => asIs({ type: 'string', pattern: timePattern }, textOf),
  json: () => asIs({}, same, never),
  array: ({ item }) => arrayOf(wireTypeOf(item)),
  bytes: () => asText({ contentEncoding: 'base64', pattern: base64Pattern }, bytesOf, base64Of),
  oneOf: ({ values }) => asIs({ type: 'string', enum: values }, textOf),
  native: () => asIs({}, same, never),
}

const instantSchema = { format: 'date-time', pattern: instantPattern }
const instantInMilliseconds = asText(instantSchema, instantOf, (value) => timestampText(value as Date))
const instantInMicroseconds = asText(instantSchema, microsecondsOf, same)

function wholeNumber(minimum: number, maximum: number): WireType {
  return asIs({ type: 'integer', minimum, maximum }, numberOf, wholeNumberFromText)
}

// One spelling per number, so that `/products/07` and `/products/7` are not the same address.
function wholeNumberFromText(text: string): number | undefined {
  return /^(0|-?[1-9][0-9]{0,15})$/.test(text) ? Number(text) : undefined
}

function numberFromText(text: string): number | undefined {
  return /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(text) ? Number(text) : undefined
}

function booleanFromText(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined
}

function bigintOf(text: string): bigint | undefined {
  return int64.test(text) ? BigInt(text) : undefined
}

// Buffer reads anything as base64; only the canonical text of the bytes is taken.
function bytesOf(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : undefined
}

function base64Of(value: unknown): string {
  return Buffer.from(value as Uint8Array).toString('base64')
}

/** JavaScript rolls 31 February over to March; the calendar day must come back as it went in. */
function instantOf(wire: string): Date | undefined {
  if (!instantText.test(wire)) return undefined
  const instant = new Date(wire.toUpperCase())
  if (Number.isNaN(instant.getTime())) return undefined
  const day = new Date(`${wire.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === wire.slice(0, 10) ? instant : undefined
}

/** The same instant in UTC with exactly six digits; further ones are cut. */
function microsecondsOf(wire: string): string | undefined {
  const instant = instantOf(wire)
  if (instant === undefined) return undefined
  const fraction = /\.([0-9]+)/.exec(wire)?.[1] ?? ''
  return `${instant.toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, '0')}Z`
}

function decimalPattern(precision: number, scale: number): string {
  const whole = precision - scale
  const integerPart = whole === 0 ? '0' : `(0|[1-9][0-9]{0,${whole - 1}})`
  return scale === 0 ? `^-?${integerPart}$` : `^-?${integerPart}(\\.[0-9]{1,${scale}})?$`
}

/** Its digits are not in the schema: validators calculate `multipleOf` in doubles, where 0.29 is no multiple of 0.01. */
function decimalAsNumber(scale: number): WireType {
  return {
    schema: { type: 'number' },
    parse: (wire) => (typeof wire === 'number' ? decimalOf(wire, scale) : undefined),
    render: Number,
    fromText: (text) => (plainDecimal.test(text) ? text : decimalOf(numberFromText(text) ?? NaN, scale)),
  }
}

/** Digits are kept as they are, since a number might not hold them all. */
const plainDecimal = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/

/** A number with more digits than there is room for keeps one of them, for the column's own check to find. */
function decimalOf(wire: number, scale: number): string | undefined {
  if (!(Math.abs(wire) < 1e21)) return undefined
  const text = wire.toFixed(scale)
  return Number(text) === wire ? text : wire.toFixed(scale + 1)
}

function arrayOf(item: WireType): WireType {
  return {
    schema: { type: 'array', items: item.schema },
    parse: (wire) => (Array.isArray(wire) ? parsedItems(wire, item) : undefined),
    render: (value) => (value as readonly unknown[]).map(item.render),
    fromText: never,
  }
}

function parsedItems(wire: readonly unknown[], item: WireType): readonly unknown[] | undefined {
  const values = wire.map(item.parse)
  return values.includes(undefined) ? undefined : values
}
