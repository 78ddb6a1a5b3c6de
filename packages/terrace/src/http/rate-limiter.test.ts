import { expect, test } from 'vitest'
import { networkOf } from './network-of.ts'
import { RateLimiter } from './rate-limiter.ts'

test('lets max requests through at once, then one per share of the window', () => {
  const limiter = new RateLimiter({ max: 3, windowMs: 3_000 })
  expect([0, 0, 0, 0].map((atMs) => limiter.take('a', atMs))).toEqual([0, 0, 0, 1_000])
  expect([limiter.take('a', 999), limiter.take('a', 1_000), limiter.take('a', 1_000)]).toEqual([1, 0, 1_000])
  expect(limiter.take('b', 1_000)).toBe(0)
  expect([9_000, 9_000, 9_000, 9_000].map((atMs) => limiter.take('a', atMs) > 0)).toEqual([false, false, false, true])
})

test('never lets more than max and the shares of the time through, however the requests fall', () => {
  const limiter = new RateLimiter({ max: 7, windowMs: 1_000 })
  let passed = 0
  for (let atMs = 0; atMs <= 10_000; atMs += 1) if (limiter.take('a', atMs) === 0) passed += 1
  expect(passed).toBeLessThanOrEqual(7 + 70)
  expect(passed).toBeGreaterThan(7 + 68)
})

test('holds no more callers than it can, and forgets those first who asked longest ago', () => {
  const limiter = new RateLimiter({ max: 1, windowMs: 1_000_000 })
  limiter.take('first', 0)
  for (let caller = 0; caller < 100_000; caller += 1) limiter.take(String(caller), 1)
  expect(limiter.take('99999', 2)).toBeGreaterThan(0)
  expect(limiter.take('first', 2)).toBe(0)
})

test('of IPv6 the first 64 bits are one caller', () => {
  const table = {
    '192.0.2.1': '192.0.2.1',
    '::ffff:192.0.2.1': '192.0.2.1',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1:2',
    '2001:DB8:1:2::9': '2001:db8:1:2',
    '2001:db8::1': '2001:db8:0:0',
    '::1': '0:0:0:0',
    'fe80::1%eth0': 'fe80:0:0:0',
  }
  for (const [address, network] of Object.entries(table))
    expect([address, networkOf(address)]).toEqual([address, network])
})
