import { expect, test } from 'vitest'
import type { Capabilities, IsolationLevel } from './capabilities.ts'
import { isolationAtLeast } from './isolation-at-least.ts'

const offering = (...isolationLevels: readonly IsolationLevel[]): Capabilities =>
  ({ product: 'Some database', isolationLevels }) as unknown as Capabilities

test('the weakest level that promises enough is taken', () => {
  const all = offering('serializable', 'readCommitted', 'repeatableRead')
  for (const level of ['readCommitted', 'repeatableRead', 'serializable'] as const)
    expect(isolationAtLeast(level, all)).toBe(level)
  expect(isolationAtLeast('readCommitted', offering('serializable', 'repeatableRead'))).toBe('repeatableRead')
  expect(isolationAtLeast('repeatableRead', offering('readCommitted', 'serializable'))).toBe('serializable')
})

test('a weaker one is never taken in its place', () => {
  const ask = (): unknown => isolationAtLeast('serializable', offering('readCommitted', 'repeatableRead'))
  expect(ask).toThrow(expect.objectContaining({ code: 'SESSION_ISOLATION' }))
  expect(ask).toThrow('not offered by Some database; it offers: readCommitted, repeatableRead')
})
