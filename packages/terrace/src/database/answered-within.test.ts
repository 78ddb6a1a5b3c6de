import { expect, test } from 'vitest'
import { answeredWithin } from './answered-within.ts'

test('an answer that is there is given at once, and one that nobody limits is waited for as it is', () => {
  expect(answeredWithin(5, 10)).toBe(5)
  const later = Promise.resolve(5)
  expect(answeredWithin(later, 0)).toBe(later)
})

test('one that comes in time is given, whichever it is', async () => {
  await expect(answeredWithin(Promise.resolve(5), 1_000)).resolves.toBe(5)
  await expect(answeredWithin(Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no')
})

test('one that does not is a timeout, after which its connection is of no use', async () => {
  const never = answeredWithin(new Promise<never>(() => undefined), 5)
  await expect(never).rejects.toMatchObject({ kind: 'timeout', endsSession: true, retryable: false })
})
