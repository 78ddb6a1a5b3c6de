import { expect, test } from 'vitest'
import { retryDelayMs } from './retry-delay.ts'

test('waits up to 20, 40 and 80 ms, by chance, so that two that met do not meet again', () => {
  expect([1, 2, 3].map((retry) => retryDelayMs(retry, () => 1))).toEqual([20, 40, 80])
  expect([1, 2, 3].map((retry) => retryDelayMs(retry, () => 0))).toEqual([0, 0, 0])
  const drawn = Array.from({ length: 100 }, () => retryDelayMs(3))
  expect(new Set(drawn).size).toBeGreaterThan(90)
  expect(Math.max(...drawn)).toBeLessThan(80)
})
