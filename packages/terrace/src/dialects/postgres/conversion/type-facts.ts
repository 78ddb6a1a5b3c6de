/** A type as `format_type` prints it, taken apart. */
export interface TypeFacts {
  readonly family: TypeFamily
  /** A text's characters; a number's digits; null for no limit. */
  readonly size: number | null
  /** Digits behind the point; of times those of the seconds. */
  readonly scale: number
}

export type TypeFamily =
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'numeric'
  | 'real'
  | 'double'
  | 'boolean'
  | 'text'
  | 'padded'
  | 'uuid'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'instant'
  | 'jsonb'
  | 'json'
  | 'bytes'
  | 'other'

const plain: Readonly<Record<string, TypeFamily>> = {
  smallint: 'smallint',
  integer: 'integer',
  bigint: 'bigint',
  numeric: 'numeric',
  real: 'real',
  'double precision': 'double',
  boolean: 'boolean',
  text: 'text',
  'character varying': 'text',
  character: 'padded',
  uuid: 'uuid',
  date: 'date',
  'time without time zone': 'time',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'instant',
  jsonb: 'jsonb',
  json: 'json',
  bytea: 'bytes',
}

// Source: PostgreSQL manual, "Date/Time Types".
const secondsDigits = 6

/** `timestamp(3) with time zone` → `instant` with 3 digits of its seconds. */
export function typeFacts(type: string): TypeFacts {
  const [, first, second] = /\((-?\d+)(?:,(-?\d+))?\)/.exec(type) ?? []
  const family = plain[type.replace(/\(.*?\)/, '')] ?? 'other'
  const isTime = family === 'time' || family === 'timestamp' || family === 'instant'
  if (isTime) return { family, size: null, scale: first === undefined ? secondsDigits : Number(first) }
  return { family, size: first === undefined ? null : Number(first), scale: Number(second ?? 0) }
}
