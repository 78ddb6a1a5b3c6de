import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalOf, hundredthsOf, kcalOf } from './energy.ts'

const kcal = (grams: string, kcal100g: number): number => kcalOf(hundredthsOf(grams) * BigInt(kcal100g))

test.each([
  ['150.00', 165, 247.5],
  ['100.00', 165, 165],
  // A half goes up, also where the doubles next to it lie below.
  ['0.05', 100, 0.1],
  ['0.04', 100, 0],
  ['12.50', 18, 2.3],
  ['1.15', 100, 1.2],
  ['2.45', 100, 2.5],
  ['33.33', 333, 111],
  ['0.01', 1, 0],
  ['10000000.00', 1000, 100_000_000],
])('%s g of %i kcal per 100 g are %d kcal', (grams, kcal100g, expected) => {
  expect(kcal(grams, kcal100g)).toBe(expected)
})

test('rounds like the decimal arithmetic of a schoolbook', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000_000 }), fc.nat({ max: 1000 }), (hundredths, kcal100g) => {
      const exact = String(BigInt(hundredths) * BigInt(kcal100g)).padStart(5, '0')
      const [tenths, rest] = [exact.slice(0, -3), exact.slice(-3)]
      const rounded = BigInt(tenths) + (Number(rest.charAt(0)) >= 5 ? 1n : 0n)
      expect(kcal(decimalOf(BigInt(hundredths)), kcal100g).toFixed(1)).toBe(`${rounded / 10n}.${rounded % 10n}`)
    }),
  )
})

test.each([
  ['12.50', 1250n],
  ['12.5', 1250n],
  ['12', 1200n],
  ['0.01', 1n],
])('%s are %d hundredths', (decimal, hundredths) => {
  expect(hundredthsOf(decimal)).toBe(hundredths)
  expect(Number(decimalOf(hundredths))).toBe(Number(decimal))
})
