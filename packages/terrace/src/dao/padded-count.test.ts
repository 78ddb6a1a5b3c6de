import { expect, test } from 'vitest'
import { chunksOf, longestList, padded } from './padded-count.ts'

const paddedTo = (count: number): number => padded(Array.from({ length: count }, (_, at) => at)).length

test('lists are asked for in few lengths: what is beyond the last value repeats it', () => {
  expect(padded([1, 2, 3, 4, 5])).toEqual([1, 2, 3, 4, 5, 5, 5, 5])
  expect(padded([])).toEqual([])
  expect([1, 3, 4, 5, 8, 9, 31, 32].map(paddedTo)).toEqual([1, 3, 4, 8, 8, 12, 32, 32])
  expect([33, 48, 49, 127, 128].map(paddedTo)).toEqual([48, 48, 64, 128, 128])
  expect([129, 256, 257, 1_023, 1_024].map(paddedTo)).toEqual([256, 256, 384, 1_024, 1_024])
  expect([1_025, 2_048, 2_049].map(paddedTo)).toEqual([2_048, 2_048, 3_072])
})

test('a list that needs nothing is given back itself', () => {
  const [four, whole] = [[1, 2, 3, 4], Array.from({ length: 1_024 }, (_, at) => at)]
  expect(padded(four)).toBe(four)
  expect(padded(whole)).toBe(whole)
})

test('the longest list leaves room in a statement, and needs no padding', () => {
  for (const [maxParameters, width, longest] of [
    [65_535, 1, 64_512],
    [65_535, 3, 21_504],
    [32_766, 1, 31_744],
    [1_224, 1, 1_024],
    [1_223, 1, 512],
    [999, 2, 256],
    [201, 1, 1],
    [100, 1, 1],
  ] as const) {
    expect([maxParameters, width, longestList(maxParameters, width)]).toEqual([maxParameters, width, longest])
    expect(paddedTo(longest)).toBe(longest)
  }
})

test('chunks hold everything once, in its order', () => {
  expect(chunksOf([], 2)).toEqual([])
  expect(chunksOf([1, 2], 2)).toEqual([[1, 2]])
  expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(chunksOf([1, 2, 3, 4], 2)).toEqual([
    [1, 2],
    [3, 4],
  ])
})
