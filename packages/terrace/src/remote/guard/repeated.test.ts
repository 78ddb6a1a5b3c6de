import { expect, test } from 'vitest'
import { errors } from '../../errors/index.ts'
import { Failed } from '../failed.ts'
import { repeated } from './repeated.ts'
import { RetryBudget } from './retry-budget.ts'

const rules = { most: 3, baseMs: 100, capMs: 300, retryAfterMs: 5_000 }
const values = { source: 's', operation: 'o', reason: 'status 503' }
const failure = (isTransient = true, retryAfterMs: number | null = null) =>
  new Failed(errors.REMOTE_UNAVAILABLE({ values }), { isTransient, retryAfterMs })

/** Runs what always fails, by a clock that only its own pauses move; gives the pauses. */
async function pausesOf(error: Failed, given: { random?: number; most?: number; endsAtMs?: number } = {}) {
  const { random = 0.5, most = rules.most, endsAtMs = 60_000 } = given
  const pauses: number[] = []
  let nowMs = 0
  const sleep = async (ms: number): Promise<void> => {
    pauses.push(ms)
    nowMs += ms
  }
  const time = { now: () => nowMs, sleep, random: () => random }
  const signal = new AbortController().signal
  const parts = { rules: { ...rules, most }, budget: new RetryBudget(0.2), time, endsAtMs, signal, onRetry: () => {} }
  const fail = async (): Promise<never> => {
    throw error
  }
  await expect(repeated(fail, parts)).rejects.toBe(error)
  return pauses
}

test('each pause is drawn below a bound that doubles up to its cap', async () => {
  expect(await pausesOf(failure(), { random: 0.5 })).toEqual([50, 100, 150])
  expect(await pausesOf(failure(), { random: 0 })).toEqual([0, 0, 0])
  expect(await pausesOf(failure(), { random: 0.999, most: 4 })).toEqual(
    [99.9, 199.8, 299.7, 299.7].map((ms) => expect.closeTo(ms)),
  )
})

test('what the source asks for comes before the jitter, and is not waited for beyond its limit', async () => {
  expect(await pausesOf(failure(true, 2_000), { most: 1 })).toEqual([2_050])
  expect(await pausesOf(failure(true, 5_001))).toEqual([])
})

test('what will not get better, or would outlast the call, is not run again', async () => {
  expect(await pausesOf(failure(false))).toEqual([])
  expect(await pausesOf(failure(), { endsAtMs: 120 })).toEqual([50])
})

test('ten may be sent again at once, then a fifth of the calls', async () => {
  const budget = new RetryBudget(0.2)
  const taken = (calls: number): number => Array.from({ length: calls }, () => budget.take()).filter(Boolean).length
  expect(taken(100)).toBe(10)
  for (let call = 0; call < 25; call += 1) budget.called()
  expect(taken(100)).toBe(5)
  for (let call = 0; call < 1_000; call += 1) budget.called()
  expect(taken(100)).toBe(10)
})
