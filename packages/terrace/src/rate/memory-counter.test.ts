import { expect, test } from 'vitest'
import { MemoryCounter } from './memory-counter.ts'
import { remainingOf, waitMsOf } from './rate-limit.ts'

function counter(max: number, windowMs: number) {
  const limit = { max, windowMs }
  let nowMs = 0
  const counted = new MemoryCounter(limit, () => nowMs)
  const waitMs = (key: string, atMs: number): number => {
    nowMs = atMs
    return waitMsOf(counted.take(key), limit)
  }
  return { limit, counted, waitMs }
}

test('lets max requests through at once, then one per share of the window', () => {
  const { waitMs } = counter(3, 3_000)
  expect([0, 0, 0, 0].map((atMs) => waitMs('a', atMs))).toEqual([0, 0, 0, 1_000])
  expect([waitMs('a', 999), waitMs('a', 1_000), waitMs('a', 1_000)]).toEqual([1, 0, 1_000])
  expect(waitMs('b', 1_000)).toBe(0)
  expect([9_000, 9_000, 9_000, 9_000].map((atMs) => waitMs('a', atMs) > 0)).toEqual([false, false, false, true])
})

test('never lets more than max and the shares of the time through, however the requests fall', () => {
  const { waitMs } = counter(7, 1_000)
  let passed = 0
  for (let atMs = 0; atMs <= 10_000; atMs += 1) if (waitMs('a', atMs) === 0) passed += 1
  expect(passed).toBeLessThanOrEqual(7 + 70)
  expect(passed).toBeGreaterThan(7 + 68)
})

test('says how many are left', () => {
  const { counted, limit } = counter(7, 1_000)
  expect(Array.from({ length: 8 }, () => remainingOf(counted.take('a'), limit))).toEqual([6, 5, 4, 3, 2, 1, 0, 0])
})

test('what is given back or forgotten can be taken again', () => {
  const { counted, waitMs } = counter(2, 2_000)
  expect([waitMs('a', 0), waitMs('a', 0), waitMs('a', 0)]).toEqual([0, 0, 1_000])
  counted.giveBack('a')
  expect([waitMs('a', 0), waitMs('a', 0)]).toEqual([0, 1_000])
  counted.forget('a')
  expect([waitMs('a', 0), waitMs('a', 0), waitMs('a', 0)]).toEqual([0, 0, 1_000])
  counted.giveBack('nobody')
  expect(waitMs('nobody', 0)).toBe(0)
})

test('holds no more keys than it can, and forgets those first that asked longest ago', () => {
  const { waitMs } = counter(1, 1_000_000)
  waitMs('first', 0)
  for (let key = 0; key < 100_000; key += 1) waitMs(String(key), 1)
  expect(waitMs('99999', 2)).toBeGreaterThan(0)
  expect(waitMs('first', 2)).toBe(0)
})
