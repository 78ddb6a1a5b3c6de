// All of it in whole numbers, because doubles put a half on either side of itself: (1.15).toFixed(1) is 1.1, (1.25).toFixed(1) is 1.3.

/** The hundredths of a decimal with at most two digits after the point: `'12.5'` is 1250. */
export function hundredthsOf(decimal: string): bigint {
  const [whole = '', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(2, '0'))
}

/** The decimal of so many hundredths, none of them negative: 1250 is `'12.50'`. */
export function decimalOf(hundredths: bigint): string {
  const digits = String(hundredths).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Kilocalories with one decimal, half up, of hundredths of grams times kcal per 100 g: 500 of them are 0.1, 499 are 0. */
export function kcalOf(hundredths: bigint): number {
  return Number((hundredths + 500n) / 1000n) / 10
}
