const decimalForm = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/

/** The parts of a decimal in plain notation; `fraction` is empty without a point. */
export interface DecimalParts {
  readonly isNegative: boolean
  readonly whole: string
  readonly fraction: string
}

/** Null for anything but a string in plain notation. */
export function parseDecimal(value: unknown): DecimalParts | null {
  const match = typeof value === 'string' ? decimalForm.exec(value) : null
  return match === null ? null : { isNegative: match[1] === '-', whole: match[2] ?? '', fraction: match[3] ?? '' }
}

/** The value times 10^scale: exact to compare. Digits beyond `scale` are cut. */
export function scaledDecimal({ isNegative, whole, fraction }: DecimalParts, scale: number): bigint {
  const digits = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'))
  return isNegative ? -digits : digits
}

/** The one spelling of a value: exactly `scale` digits after the point, no negative zero. */
export function canonicalDecimal(value: string, scale: number): string {
  const parts = parseDecimal(value)
  if (parts === null) return value
  const scaled = scaledDecimal(parts, scale)
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  return (scaled < 0n ? '-' : '') + (scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`)
}
