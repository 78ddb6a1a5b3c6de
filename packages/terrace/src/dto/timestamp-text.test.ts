import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timestampText } from './timestamp-text.ts'

test('every instant is written as toISOString writes it, one after the other', () => {
  const edges = [0, -1, 1, -86_400_000, -86_400_001, 253_402_300_799_999, 253_402_300_800_000, 8.64e15, -8.64e15]
  for (const ms of edges) expect(timestampText(new Date(ms))).toBe(new Date(ms).toISOString())
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), fc.integer({ min: 0, max: 86_400_000 }), (instant, laterMs) => {
      const later = new Date(Math.min(instant.getTime() + laterMs, 8.64e15))
      expect([instant, later, instant].map(timestampText)).toEqual(
        [instant, later, instant].map((each) => each.toISOString()),
      )
    }),
  )
})

test('what is no instant has no text', () => {
  expect(() => timestampText(new Date(Number.NaN))).toThrow(RangeError)
})
