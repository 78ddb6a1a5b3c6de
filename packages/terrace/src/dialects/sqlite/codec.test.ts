import { describe, expect, test } from 'vitest'
import { columnFactsOf, decimal, timestamp, type Column } from '../../model/index.ts'
import { sqliteCodec } from './codec.ts'

const codecOf = (column: Column) => {
  const [fact] = columnFactsOf({ value: column })
  if (fact === undefined) throw new Error('A column without a fact')
  const { encode, decode } = sqliteCodec(fact)
  return { encode: encode as (value: string) => bigint | number, decode: decode as (value: bigint | number) => string }
}

describe('a decimal', () => {
  test.each([
    ['12.5', 2, 1250n, '12.50'],
    ['-0.01', 2, -1n, '-0.01'],
    ['7', 0, 7n, '7'],
    ['0.0007', 4, 7n, '0.0007'],
    ['99999999999999.9999', 4, 999_999_999_999_999_999n, '99999999999999.9999'],
  ])('%s with %d digits after the point is the integer %s', (text, scale, stored, spelling) => {
    const { encode, decode } = codecOf(decimal(18, scale))
    expect(encode(text)).toBe(stored)
    expect(decode(stored)).toBe(spelling)
  })

  test('with more digits than the column stands between two stored values', () => {
    const { encode } = codecOf(decimal(10, 2))
    expect([encode('1.001'), encode('1.999'), encode('-1.001'), encode('-0.001')]).toEqual([100.5, 199.5, -100.5, -0.5])
    expect(encode('1.000')).toBe(100n)
  })

  test('too large to stand between two is refused, not rounded', () => {
    expect(() => codecOf(decimal(18, 2)).encode('9999999999999999.999')).toThrow(RangeError)
  })

  test('beyond every value of its column is above or below all of them', () => {
    const { encode } = codecOf(decimal(18, 4))
    expect([encode('1000000000000000000000'), encode('-1000000000000000000000.5')]).toEqual([
      2n ** 63n - 1n,
      -(2n ** 63n),
    ])
  })
})

test('an integer that is no instant is not taken for one', () => {
  const decode = codecOf(timestamp()).decode as (value: number | bigint) => unknown
  expect(decode(0)).toEqual(new Date(0))
  for (const value of [8_640_000_000_000_001, -8_640_000_000_000_001, 2n ** 60n])
    expect(() => decode(value)).toThrow(expect.objectContaining({ code: 'VALUE_UNREADABLE' }))
})
