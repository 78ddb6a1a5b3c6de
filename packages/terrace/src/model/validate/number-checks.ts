import type { ColumnType } from '../column-type.ts'
import { parseDecimal } from './decimal.ts'
import type { Check, RuleViolation } from './violation.ts'
import { broken } from './violation.ts'

type Decimal = Extract<ColumnType, { readonly kind: 'decimal' }>

/** The limits of each whole-number type, both inclusive. */
const wholeLimits = {
  integer: { min: -2_147_483_648, max: 2_147_483_647 },
  smallint: { min: -32_768, max: 32_767 },
  identity: { min: 1, max: Number.MAX_SAFE_INTEGER },
} as const

const bigintLimits = { min: -(2n ** 63n), max: 2n ** 63n - 1n } as const

export function checkWhole(kind: keyof typeof wholeLimits): Check {
  const { min, max } = wholeLimits[kind]
  return (value) => {
    if (!Number.isInteger(value)) return broken('wholeNumber')
    const number = value as number
    return number >= min && number <= max ? null : broken('between', { min, max })
  }
}

export function checkBigint(value: unknown): RuleViolation | null {
  if (typeof value !== 'bigint') return broken('bigint')
  const { min, max } = bigintLimits
  return value >= min && value <= max ? null : broken('between', { min, max })
}

export function checkFloat(value: unknown): RuleViolation | null {
  return Number.isFinite(value) ? null : broken('finiteNumber')
}

/** Plain notation only (`-12.50`): no exponent, no `+`, no leading zeros, at most `scale` digits after the point. */
export function checkDecimal({ precision, scale }: Decimal): Check {
  const wholeDigits = precision - scale
  return (value) => {
    const parsed = parseDecimal(value)
    if (parsed === null) return broken('decimal')
    const fits = parsed.fraction.length <= scale && parsed.whole.length <= wholeDigits
    if (fits || (parsed.whole === '0' && parsed.fraction.length <= scale)) return null
    return broken('precision', { whole: wholeDigits, fraction: scale })
  }
}
