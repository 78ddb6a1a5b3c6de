import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { array, bytes, canonicalValue, columnFactsOf, decimal, float, json, text, timestamp } from './index.ts'
import type { Column } from './index.ts'
import { validateValue } from './validate.ts'

function canonical(column: Column, value: unknown): unknown {
  const [fact] = columnFactsOf({ it: column })
  return fact === undefined ? undefined : canonicalValue(fact, value)
}

describe('canonicalValue()', () => {
  it.each([
    ['1.5', 2, '1.50'],
    ['1.50', 2, '1.50'],
    ['0', 2, '0.00'],
    ['-0.00', 2, '0.00'],
    ['-0.05', 2, '-0.05'],
    ['12', 0, '12'],
    ['-7', 0, '-7'],
  ])('writes the decimal %s with %i digits as %s', (value, scale, expected) => {
    expect(canonical(decimal(10, scale), value)).toBe(expected)
  })

  it.each([
    ['2026-07-30T08:15:00Z', '2026-07-30T08:15:00.000000Z'],
    ['2026-07-30T08:15:00.12Z', '2026-07-30T08:15:00.120000Z'],
    ['2026-07-30T08:15:00.123456Z', '2026-07-30T08:15:00.123456Z'],
  ])('writes the instant %s as %s', (value, expected) => {
    expect(canonical(timestamp({ precision: 6 }), value)).toBe(expected)
  })

  it('drops the sign of zero, in json too', () => {
    expect(canonical(float(), -0)).toBe(0)
    expect(canonical(array(float()), [-0, 1])).toEqual([0, 1])
    expect(canonical(json(), { a: [-0] })).toEqual({ a: [0] })
  })

  it('keeps null, text and an own key of any name', () => {
    expect(canonical(text().nullable(), null)).toBeNull()
    expect(canonical(text(), 'É')).toBe('É')
    const odd: unknown = JSON.parse('{"__proto__": 1, "constructor": [2]}')
    expect(JSON.stringify(canonical(json(), odd))).toBe('{"__proto__":1,"constructor":[2]}')
  })

  it('copies what could be changed behind its back', () => {
    const given = new Date(0)
    expect(canonical(timestamp(), given)).toEqual(given)
    expect(canonical(timestamp(), given)).not.toBe(given)
    expect(canonical(bytes(), Buffer.from([1, 2]))).toStrictEqual(new Uint8Array([1, 2]))
  })

  it('gives one spelling to all decimals that are equal, and keeps them valid', () => {
    const parts = fc.tuple(fc.bigInt({ min: -99_999n, max: 99_999n }), fc.integer({ min: 0, max: 3 }))
    const [fact] = columnFactsOf({ it: decimal(8, 3) })
    fc.assert(
      fc.property(parts, ([whole, zeros]) => {
        const spelling = zeros === 0 ? String(whole) : `${whole}.${'0'.repeat(zeros)}`
        expect(canonical(decimal(8, 3), spelling)).toBe(`${whole}.000`)
        expect(fact && validateValue(fact, canonical(decimal(8, 3), spelling))).toBeNull()
      }),
    )
  })
})
