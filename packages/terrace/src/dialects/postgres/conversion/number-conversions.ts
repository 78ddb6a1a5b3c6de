import type { Conversion } from '../../../schema/index.ts'
import { checked, lossless, unlessSafe } from './outcomes.ts'
import type { TypeFacts, TypeFamily } from './type-facts.ts'

interface WholeRange {
  readonly min: string
  readonly max: string
  readonly digits: number
}

// Source: PostgreSQL manual, "Numeric Types".
const wholes: Partial<Record<TypeFamily, WholeRange>> = {
  smallint: { min: '-32768', max: '32767', digits: 5 },
  integer: { min: '-2147483648', max: '2147483647', digits: 10 },
  bigint: { min: '-9223372036854775808', max: '9223372036854775807', digits: 19 },
}

/** Whole numbers up to here are what they are in floating point. */
const exactUpTo: Partial<Record<TypeFamily, string>> = { real: '16777216', double: '9007199254740992' }

export function wholeRange({ family }: TypeFacts): WholeRange | null {
  return wholes[family] ?? null
}

export function isNumber({ family }: TypeFacts): boolean {
  return family in wholes || family in exactUpTo || family === 'numeric'
}

/** Both are numbers. */
export function numberConversion(from: TypeFacts, to: TypeFacts, column: string): Conversion {
  const [own, target] = [wholeRange(from), wholeRange(to)]
  if (own !== null && target !== null) return own.digits <= target.digits ? lossless : outOfRange(column, target)
  if (own !== null && to.family === 'numeric') return wholeToNumeric(own, to, column)
  if (from.family === 'numeric' && to.family === 'numeric') return numericToNumeric(from, to, column)
  if (to.family === 'numeric') return checked(floatToNumeric(to, column), 'rows whose number would be rounded')
  if (target !== null) return toWhole(from, target, column)
  return toFloat(from, to, column)
}

function outOfRange(column: string, { min, max }: WholeRange): Conversion {
  return checked(`${column} not between ${min} and ${max}`, `rows with a number outside ${min} to ${max}`)
}

function wholeToNumeric({ digits }: WholeRange, { size, scale }: TypeFacts, column: string): Conversion {
  if (size === null || size - scale >= digits) return lossless
  const bound = `1e${size - scale}`
  return checked(
    `${column} <= -${bound} or ${column} >= ${bound}`,
    `rows with more than ${size - scale} digits before the point`,
  )
}

function numericToNumeric(from: TypeFacts, to: TypeFacts, column: string): Conversion {
  if (to.size === null) return lossless
  const isWider = from.size !== null && to.scale >= from.scale && to.size - to.scale >= from.size - from.scale
  if (isWider) return lossless
  return checked(
    unlessSafe(column, within(column, `1e${to.size - to.scale}`), `round(${column}, ${to.scale}) <> ${column}`),
    `rows that do not fit into numeric(${to.size},${to.scale})`,
  )
}

/** A float becomes a number by 15 digits, or 6, where its text has up to 17, or 9. */
function floatToNumeric({ size, scale }: TypeFacts, column: string): string {
  const whole = size === null ? 15 : Math.min(15, size - scale)
  const number = size === null ? `${column}::numeric` : `round(${column}::numeric, ${scale})`
  return unlessSafe(column, within(column, `1e${whole}`), `${number} <> (${column}::text)::numeric`)
}

function within(column: string, bound: string): string {
  return `${column} > -${bound} and ${column} < ${bound}`
}

function toWhole(from: TypeFacts, range: WholeRange, column: string): Conversion {
  // The largest bigint is no floating-point number, and the nearest is too large.
  const isSafe = `${column} >= ${range.min} and ${column} ${from.family === 'numeric' ? '<=' : '<'} ${range.max}`
  const whole = from.family === 'numeric' ? `trunc(${column})` : `trunc(${column}::double precision)`
  return checked(
    unlessSafe(column, isSafe, `${whole} <> ${column}`),
    `rows whose number is not whole, or is outside ${range.min} to ${range.max}`,
  )
}

function toFloat(from: TypeFacts, to: TypeFacts, column: string): Conversion {
  const limit = exactUpTo[to.family] ?? '0'
  if (from.family === 'smallint' || (from.family === 'integer' && to.family === 'double')) return lossless
  const words = 'rows whose number would be rounded'
  if (wholeRange(from) !== null) return checked(`${column} not between -${limit} and ${limit}`, words)
  const type = to.family === 'real' ? 'real' : 'double precision'
  if (from.family === 'double' || from.family === 'numeric') {
    const tiny = to.family === 'real' ? '1e-37' : '1e-300'
    const isSafe = `${within(column, '1e15')} and (${column} = 0 or abs(${column}) > ${tiny})`
    return checked(
      unlessSafe(column, isSafe, `((${column}::${type})::text)::numeric <> (${column}::text)::numeric`),
      words,
    )
  }
  return checked(`(${column}::${type})::text <> ${column}::text`, words)
}
