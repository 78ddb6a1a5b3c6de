import { expect, test } from 'vitest'
import { cacheTimes } from './cache-times.ts'

const heeding = { ttlMs: 60_000, staleIfErrorMs: 30_000, heedsHeaders: true }

test.each([
  [{}, { ttlMs: 60_000, staleMs: 30_000 }],
  [{ 'cache-control': 'max-age=10' }, { ttlMs: 10_000, staleMs: 30_000 }],
  [{ 'cache-control': 'public, MAX-AGE="10"' }, { ttlMs: 10_000, staleMs: 30_000 }],
  [
    { 'cache-control': 'max-age=10', age: '4' },
    { ttlMs: 6_000, staleMs: 30_000 },
  ],
  [
    { 'cache-control': 'max-age=10', age: '40' },
    { ttlMs: 0, staleMs: 30_000 },
  ],
  [{ 'cache-control': 'max-age=3600' }, { ttlMs: 60_000, staleMs: 30_000 }],
  [{ 'cache-control': 'max-age=10, stale-if-error=5' }, { ttlMs: 10_000, staleMs: 5_000 }],
  [{ 'cache-control': 'max-age=10, must-revalidate' }, { ttlMs: 10_000, staleMs: 0 }],
  [{ 'cache-control': 'max-age=0, must-revalidate' }, null],
  [{ 'cache-control': 'no-store' }, null],
  [{ 'cache-control': 'no-cache, max-age=10' }, null],
  [{ vary: '*' }, null],
  [{ 'cache-control': 'max-age=ten' }, { ttlMs: 60_000, staleMs: 30_000 }],
])('an answer with %j is kept for %j', (headers, times) => {
  expect(cacheTimes(heeding, headers as Record<string, string>)).toEqual(times)
})

test('what the source says is heeded only where that was asked for', () => {
  expect(cacheTimes({ ttlMs: 1_000 }, { 'cache-control': 'no-store' })).toEqual({ ttlMs: 1_000, staleMs: 0 })
})
