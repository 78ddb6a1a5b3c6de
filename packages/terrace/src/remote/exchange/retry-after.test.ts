import { expect, test } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

const nowMs = Date.parse('2026-01-02T03:04:05Z')

test.each([
  ['0', 0],
  [' 120 ', 120_000],
  ['999999', 86_400_000],
  ['Fri, 02 Jan 2026 03:04:15 GMT', 10_000],
  ['Fri, 02 Jan 2026 03:00:00 GMT', 0],
  ['Fri, 01 Jan 2027 03:00:00 GMT', 86_400_000],
  ['2026-01-02T03:04:15Z', null],
  ['1.5', null],
  ['-1', null],
  ['soon', null],
  ['', null],
  [undefined, null],
])('retry-after: %s is %s ms', (header, ms) => {
  expect(retryAfterMs(header, nowMs)).toBe(ms)
})
