import type { Conversion } from '../../../schema/index.ts'
import { quoteText, type SchemaFlavour } from '../schema-flavour.ts'
import type { ColumnType } from './column-type.ts'

type Of<F extends ColumnType['family']> = Extract<ColumnType, { readonly family: F }>

export const lossless: Conversion = { kind: 'lossless' }

function checked(offending: string, words: string): Conversion {
  return { kind: 'checked', offending, words }
}

function lossy(reason: string): Conversion {
  return { kind: 'lossy', reason }
}

export interface Sides {
  readonly live: ColumnType
  readonly wanted: ColumnType
  /** SQL of the column. */
  readonly column: string
  readonly flavour: SchemaFlavour
}

/**
 * What becomes of values when a column's type changes. `checked` is only what strict mode refuses by itself too (1264, 1265,
 * 1366, 1406), for rows may change between the count and the ALTER. What the server rounds or cuts with a note, or not even
 * that, is lossy. Sources: MySQL 8.4 manual, "Server SQL Modes", "Out-of-Range and Overflow Handling"; tried on MariaDB 10.11.
 */
export function convertType(sides: Sides): Conversion {
  const { live, wanted, column } = sides
  switch (live.family) {
    case 'integer':
      return fromInteger(live, wanted, column)
    case 'decimal':
      return fromDecimal(live, wanted, column)
    case 'float':
      return wanted.family === 'float' && live.isDouble === wanted.isDouble ? lossless : rounded(live, wanted)
    case 'text':
      return fromText(live, wanted, sides)
    case 'bytes':
      return fromBytes(live, wanted, column)
    case 'choice':
      return fromChoice(live, wanted, column)
    case 'instant':
      return fromInstant(live, wanted, column)
    case 'date':
      return fromDate(wanted)
    case 'time':
      return fromTime(live, wanted)
    case 'json':
      return wanted.family === 'json' || (wanted.family === 'text' && wanted.bytes > 16_777_215)
        ? lossless
        : rounded(live, wanted)
    case 'other':
      return wanted.family === 'other' && wanted.name === live.name ? lossless : rounded(live, wanted)
  }
}

const shapes = /^(?:geometry|point|linestring|polygon|multi|vector)/

/** Shapes and vectors become nothing else, and nothing else becomes them. */
function rounded(live: ColumnType, wanted: ColumnType): Conversion {
  const isShape = (type: ColumnType): boolean => type.family === 'other' && shapes.test(type.name)
  if (isShape(live) || isShape(wanted)) {
    return { kind: 'impossible', reason: 'the server has no conversion between shapes and other values' }
  }
  return lossy('the server converts such values as it sees fit, and rounds or cuts them without refusing')
}

function fromInteger(live: Of<'integer'>, wanted: ColumnType, column: string): Conversion {
  const longest = Math.max(String(live.min).length, String(live.max).length)
  if (wanted.family === 'integer') return within(live, wanted, column)
  if (wanted.family === 'decimal') {
    const digits = wanted.precision - wanted.scale
    const bound = 10n ** BigInt(digits) - 1n
    return within(live, { min: wanted.isUnsigned ? 0n : -bound, max: bound }, column)
  }
  if (wanted.family === 'text') return fits(longest, wanted, column)
  // As many digits as a float or a double tells apart.
  if (wanted.family === 'float')
    return live.max <= (wanted.isDouble ? 2n ** 53n : 2n ** 24n) ? lossless : rounded(live, wanted)
  return rounded(live, wanted)
}

interface Bounds {
  readonly min: bigint
  readonly max: bigint
}

function within(live: Bounds, wanted: Bounds, column: string): Conversion {
  if (live.min >= wanted.min && live.max <= wanted.max) return lossless
  return checked(`${column} not between ${wanted.min} and ${wanted.max}`, `rows beyond ${wanted.min} to ${wanted.max}`)
}

function fits(longest: number, wanted: Of<'text'>, column: string): Conversion {
  if (wanted.isFixed) return longest <= (wanted.length ?? 0) ? lossless : tooLong(wanted, column)
  return longest <= (wanted.length ?? wanted.bytes) ? lossless : tooLong(wanted, column)
}

function tooLong({ length, bytes }: Of<'text'>, column: string): Conversion {
  return length === null
    ? checked(`length(${column}) > ${bytes}`, `rows with more than ${bytes} bytes`)
    : checked(`char_length(${column}) > ${length}`, `rows with more than ${length} characters`)
}

function fromDecimal(live: Of<'decimal'>, wanted: ColumnType, column: string): Conversion {
  const digits = live.precision - live.scale
  if (wanted.family === 'text') return fits(live.precision + 2, wanted, column)
  // What a double tells apart for certain.
  if (wanted.family === 'float') return wanted.isDouble && live.precision <= 15 ? lossless : rounded(live, wanted)
  const scale = wanted.family === 'decimal' ? wanted.scale : 0
  if (scale < live.scale) return lossy(`the server rounds to ${scale} digits behind the point without refusing`)
  const bound = 10n ** BigInt(digits) - 1n
  const bounds = { min: live.isUnsigned ? 0n : -bound, max: bound }
  if (wanted.family === 'integer') return within(bounds, wanted, column)
  if (wanted.family !== 'decimal') return rounded(live, wanted)
  const room = wanted.precision - wanted.scale
  const isSigned = wanted.isUnsigned && !live.isUnsigned
  if (room >= digits && !isSigned) return lossless
  const conditions = [`abs(${column}) >= 1${'0'.repeat(room)}`, ...(isSigned ? [`${column} < 0`] : [])]
  return checked(
    conditions.join(' or '),
    `rows with more than ${room} digits before the point${isSigned ? ', or below 0' : ''}`,
  )
}

function fromText(live: Of<'text'>, wanted: ColumnType, { column, flavour }: Sides): Conversion {
  if (wanted.family === 'text') {
    if (wanted.isFixed && !live.isFixed) return lossy('the server takes away the spaces at the end of every value')
    const isWide =
      wanted.length === null ? wanted.bytes >= live.bytes : live.length !== null && wanted.length >= live.length
    return isWide ? lossless : tooLong(wanted, column)
  }
  if (wanted.family === 'json') {
    return flavour.isMariaDb
      ? checked(`not json_valid(${column})`, 'rows without valid JSON')
      : lossy('the server writes JSON anew: the order of keys, spaces and repeated keys are lost')
  }
  if (wanted.family === 'choice' && !wanted.isSet) return amongst(wanted.values, column)
  return rounded(live, wanted)
}

function amongst(values: readonly string[], column: string): Conversion {
  const list = values.map((value) => `cast(${quoteText(value)} as binary)`).join(', ')
  return checked(
    `cast(convert(${column} using utf8mb4) as binary) not in (${list})`,
    `rows with none of ${values.map(quoteText).join(', ')}`,
  )
}

function fromBytes(live: Of<'bytes'>, wanted: ColumnType, column: string): Conversion {
  if (wanted.family !== 'bytes') return rounded(live, wanted)
  if (wanted.isFixed && (!live.isFixed || wanted.bytes !== live.bytes))
    return lossy('the server adds zeros to every shorter value')
  if (wanted.bytes >= live.bytes) return lossless
  return checked(`length(${column}) > ${wanted.bytes}`, `rows with more than ${wanted.bytes} bytes`)
}

function fromChoice(live: Of<'choice'>, wanted: ColumnType, column: string): Conversion {
  if (wanted.family === 'text' && !live.isSet)
    return fits(Math.max(...live.values.map((value) => [...value].length)), wanted, column)
  if (wanted.family !== 'choice' || live.isSet !== wanted.isSet) return rounded(live, wanted)
  // Values are kept by their texts, wherever they stand in the list.
  if (live.values.every((value) => wanted.values.includes(value))) return lossless
  return live.isSet ? rounded(live, wanted) : amongst(wanted.values, column)
}

function fromInstant(live: Of<'instant'>, wanted: ColumnType, column: string): Conversion {
  if (wanted.family === 'text') return fits(20 + live.precision, wanted, column)
  if (wanted.family !== 'instant') return rounded(live, wanted)
  if (wanted.precision < live.precision)
    return lossy(`the server rounds to ${wanted.precision} digits of a second without refusing`)
  // Structure is changed in UTC, as everything is written.
  if (!wanted.isZoned || live.isZoned) return lossless
  const range = `'1970-01-01 00:00:01' and '2038-01-19 03:14:07'`
  return checked(`${column} not between ${range}`, `rows not between ${range} UTC`)
}

function fromDate(wanted: ColumnType): Conversion {
  if (wanted.family === 'date' || (wanted.family === 'instant' && !wanted.isZoned)) return lossless
  if (wanted.family === 'text' && (wanted.length ?? wanted.bytes) >= 10) return lossless
  return rounded({ family: 'date' }, wanted)
}

function fromTime(live: Of<'time'>, wanted: ColumnType): Conversion {
  if (wanted.family === 'text' && (wanted.length ?? wanted.bytes) >= 11 + live.precision) return lossless
  if (wanted.family !== 'time') return rounded(live, wanted)
  return wanted.precision >= live.precision
    ? lossless
    : lossy(`the server rounds to ${wanted.precision} digits of a second without refusing`)
}
