import { arrayCodec, jsonCodec, type Codec } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import type { ColumnFact, ColumnKind, ColumnType } from '../../model/index.ts'
import { instantOfUtc } from './instant-of-utc.ts'

type CodecMakers = { readonly [K in ColumnKind]: (type: Extract<ColumnType, { readonly kind: K }>) => Codec }

const same: Codec = { encode: null, decode: null }

const codecMakers: CodecMakers = {
  uuid: () => same,
  text: () => same,
  integer: () => same,
  smallint: () => same,
  bigint: () => ({ encode: null, decode: (value: number | bigint) => BigInt(value) }),
  identity: () => same,
  decimal: () => same,
  float: () => same,
  boolean: () => same,
  timestamp: ({ precision }) => (precision === 3 ? instantCodec : microsecondsCodec),
  date: () => same,
  time: () => same,
  json: () => jsonCodec,
  array: ({ item }) => arrayCodec(item),
  bytes: () => same,
  oneOf: () => same,
  native: () => same,
}

export function postgresCodec({ type }: ColumnFact): Codec {
  return (codecMakers[type.kind] as (type: ColumnType) => Codec)(type)
}

// Years of four digits, as the model's validators have them: others are written differently here than in ISO 8601.
const instantCodec: Codec = {
  encode: (value: Date) => value.toISOString(),
  // Nearly always the session is in UTC.
  decode: (text: string) => new Date(instantOfUtc(text) ?? instantOf(text)),
}

const microsecondsCodec: Codec = { encode: null, decode: microseconds }

// 2026-07-30 08:15:00.123456+02, with :mm and :ss where a zone has them; BC and infinity do not match.
const zonedForm = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/

interface Zoned {
  readonly seconds: string
  readonly fraction: string
  /** To be subtracted. */
  readonly offsetMs: number
}

/** Milliseconds since 1970 of the server's text, in whatever time zone its session is. */
function instantOf(text: string): number {
  const { seconds, fraction, offsetMs } = zoned(text)
  return Date.parse(`${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}Z`) - offsetMs
}

function microseconds(text: string): string {
  const { seconds, fraction, offsetMs } = zoned(text)
  const utc = offsetMs === 0 ? seconds : new Date(Date.parse(`${seconds}Z`) - offsetMs).toISOString().slice(0, 19)
  return `${utc}.${fraction.padEnd(6, '0')}Z`
}

function zoned(text: string): Zoned {
  const match = zonedForm.exec(text)
  if (match === null) throw errors.VALUE_UNREADABLE({ values: { type: 'timestamp' } })
  const [, day, time, fraction = '', sign, hours, minutes = 0, seconds = 0] = match
  const offsetMs = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * (sign === '-' ? -1000 : 1000)
  return { seconds: `${day}T${time}`, fraction, offsetMs }
}
