import { expect, test } from 'vitest'
import { AnswerCache } from './answer-cache.ts'

const answerOf = (bytes: number) => ({ status: 200, headers: {}, bytes: new Uint8Array(bytes) })
const keepFor = (ttlMs: number, staleMs = 0) => ({ times: { ttlMs, staleMs }, nowMs: 0 })

test('an answer is fresh until its time, stands in a while longer, and is gone then', () => {
  const cache = new AnswerCache({ mostAnswers: 10, mostBytes: 100 })
  cache.keep('a', answerOf(1), keepFor(10, 5))
  expect([9, 10, 14, 15].map((nowMs) => cache.find('a', nowMs)?.isFresh)).toEqual([true, false, false, undefined])
  expect(cache.bytes).toBe(0)
})

test('what was used longest ago makes room, for answers and for bytes alike', () => {
  const cache = new AnswerCache({ mostAnswers: 3, mostBytes: 10 })
  for (const key of ['a', 'b', 'c']) cache.keep(key, answerOf(3), keepFor(10))
  cache.find('a', 0)
  cache.keep('d', answerOf(1), keepFor(10))
  expect(['a', 'b', 'c', 'd'].map((key) => cache.find(key, 0) !== null)).toEqual([true, false, true, true])
  cache.keep('e', answerOf(7), keepFor(10))
  expect(['a', 'c', 'd', 'e'].map((key) => cache.find(key, 0) !== null)).toEqual([false, false, true, true])
  expect(cache.bytes).toBe(8)
})

test('an answer that is larger than everything together is not kept, nor the one that it replaces', () => {
  const cache = new AnswerCache({ mostAnswers: 3, mostBytes: 10 })
  cache.keep('a', answerOf(3), keepFor(10))
  cache.keep('a', answerOf(11), keepFor(10))
  expect([cache.find('a', 0), cache.bytes]).toEqual([null, 0])
})
