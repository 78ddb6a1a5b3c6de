import type { Conversion } from '../../../schema/index.ts'
import type { ConversionSides } from './conversion-sides.ts'
import { wholeRange } from './number-conversions.ts'
import { checked, impossible, lossless, lossy, unlessSafe } from './outcomes.ts'
import type { TypeFacts, TypeFamily } from './type-facts.ts'

/** The longest text of a value, where there is a longest. */
const longest: Partial<Record<TypeFamily, number>> = { smallint: 6, integer: 11, bigint: 20, uuid: 36, boolean: 5 }

/** To `text` or `character varying(n)`: every value has a text, which may be too long. */
export function toText(from: TypeFacts, to: TypeFacts, column: string): Conversion {
  if (from.family === 'padded') return lossy('spaces at the end are not kept')
  if (from.family === 'bytes') return lossy('bytes become their hexadecimal digits')
  if (to.size === null) return lossless
  const known = from.family === 'text' ? from.size : (longest[from.family] ?? null)
  if (known !== null && known <= to.size) return lossless
  const text = from.family === 'text' ? column : textOf(from, column)
  return checked(`char_length(${text}) > ${to.size}`, `rows with more than ${to.size} characters`)
}

/** The same text in every session. */
export function textOf({ family }: TypeFacts, column: string): string {
  return family === 'instant'
    ? `case when isfinite(${column}) then to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') else ${column}::text end`
    : `${column}::text`
}

/** From a text: what can be read back as the very same text. */
export function fromText(to: TypeFacts, sides: ConversionSides): Conversion {
  const { column, wanted } = sides
  const range = wholeRange(to)
  if (range !== null) {
    const isSafe = `${column} ~ '^(0|-?[1-9][0-9]{0,${range.digits - 1}})$'`
    const differs = `${column}::numeric not between ${range.min} and ${range.max}`
    return checked(unlessSafe(column, isSafe, differs), `rows whose text is no ${wanted.type}`)
  }
  const proof = proofs[to.family]?.(column, to)
  if (proof !== undefined) return checked(proof, `rows whose text is no ${wanted.type} as it would be printed`)
  if (to.family === 'padded') return lossy('spaces at the end are not kept')
  if (to.family === 'bytes') return impossible(sides.live.type, wanted.type)
  return byServer(to, sides)
}

// Source: PostgreSQL manual, "Regular Expression Quantifiers".
const mostRepeated = 255

function digits(count: number): string {
  return `[0-9]{${Math.min(count, mostRepeated)}}`
}

type Proof = (column: string, to: TypeFacts) => string

const proofs: Partial<Record<TypeFamily, Proof>> = {
  uuid: (column) => `${column} !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`,
  boolean: (column) => `${column} not in ('true', 'false')`,
  numeric: (column, { size, scale }) => {
    const type = size === null ? 'numeric' : `numeric(${size},${scale})`
    const fraction = size === null ? String.raw`(\.[0-9]+)?` : scale > 0 ? String.raw`\.${digits(scale)}` : ''
    const form = `^-?${size === null ? '[0-9]+' : `[0-9]{1,${Math.min(size - scale, mostRepeated)}}`}${fraction}$`
    const isSafe = `char_length(${column}) <= 1000 and ${column} ~ '${form}'`
    return unlessSafe(column, isSafe, `${column}::${type}::text <> ${column}`)
  },
  date: (column) => {
    const year = `(substr(${column}, 1, 4))::integer`
    const isLeap = `${year} % 4 = 0 and (${year} % 100 <> 0 or ${year} % 400 = 0)`
    const days = '(0[1-9]|1[0-9]|2[0-8])'
    const form = `^(?!0000)[0-9]{4}-((0[1-9]|1[0-2])-${days}|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31|02-29)$`
    return unlessSafe(column, `${column} ~ '${form}'`, `${column} like '%-02-29' and not (${isLeap})`)
  },
}

/** PostgreSQL itself can tell without an error since version 16. */
function byServer({ family }: TypeFacts, { column, live, wanted, server }: ConversionSides): Conversion {
  const isKnown = family === 'timestamp' || family === 'time' || family === 'jsonb' || family === 'json'
  if (isKnown && Number.parseInt(server.version, 10) >= 16) {
    const isSafe = `pg_input_is_valid(${column}, '${wanted.type}')`
    const differs = `${column}::${wanted.type}::text <> ${column}`
    return checked(unlessSafe(column, isSafe, differs), `rows whose text is no ${wanted.type} as it would be printed`)
  }
  if (family === 'instant') return lossy('a text without a zone says no instant')
  return lossy(`nothing proves that every text of ${live.type} is a ${wanted.type}`)
}
