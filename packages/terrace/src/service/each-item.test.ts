import { expect, test } from 'vitest'
import { requireDistinct } from './each-item.ts'

function repeated(...keys: readonly unknown[]): readonly string[] {
  try {
    requireDistinct(keys)
    return []
  } catch (error) {
    return (error as { readonly issues: readonly { readonly path: string }[] }).issues.map(({ path }) => path)
  }
}

test('B12: rows of many are told from each other by all of their key, to the millisecond', () => {
  const at = (ms: number): object => ({ sensor: 'a', at: new Date(ms) })
  expect(repeated(at(1), at(2), { at: new Date(1), sensor: 'a' })).toEqual(['/2'])
  expect(repeated(new Date(1), new Date(2), new Date(2))).toEqual(['/2'])
  expect(repeated(1, '1', 1n, null, 'null', 1)).toEqual(['/5'])
  expect(repeated({ a: 'x', b: 'y' }, { a: 'x","b":"y' }, { b: 'y', a: 'x' })).toEqual(['/2'])
})
