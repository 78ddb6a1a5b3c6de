import { describe, expect, test } from 'vitest'
import {
  bigint,
  columnFactsOf,
  decimal,
  float,
  identity,
  integer,
  text,
  timestamp,
  type Column,
} from '../../model/index.ts'
import { ColumnCoders } from './column-coders.ts'
import { decodeOf, integersFit } from './decodings.ts'
import { parsedRows } from './parsed-rows.ts'
import type { Meaning } from './meaning.ts'

const output = (meaning: Meaning) => ({
  name: 'value',
  meaning,
  node: { kind: 'ValueNode' } as never,
  companion: null,
  isNeverNull: false,
})

function columnOutput(column: Column) {
  const [fact] = columnFactsOf({ value: column })
  if (fact === undefined) throw new Error('A column without a fact')
  return output({ kind: 'column', column: fact, model: null })
}

describe('whole numbers of a statement fit', () => {
  test('where each output is a column of a smaller type', () => {
    expect(integersFit([integer(), text(), float(), timestamp()].map(columnOutput))).toBe(true)
  })

  test.each([
    ['a bigint', columnOutput(bigint())],
    ['a key that the database numbers', columnOutput(identity())],
    ['a decimal, an integer on some engine', columnOutput(decimal(18, 2))],
    ['a count', output({ kind: 'integer' })],
    ['an expression of no known kind', output({ kind: 'unknown' })],
  ])('but not beside %s', (_, wide) => {
    expect(integersFit([columnOutput(text()), wide])).toBe(false)
  })
})

describe('what an engine gives for a whole number', () => {
  const decode = decodeOf(new ColumnCoders({} as never), { kind: 'integer' }, 'total')

  test.each([
    [7n, 7],
    ['-7', -7],
    [1.5, 1.5],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])('%s is %s', (given, expected) => {
    expect(decode?.(given)).toBe(expected)
  })

  test.each([2n ** 53n, '9007199254740993', -(2 ** 53)])('%s is refused: a number does not hold it', (given) => {
    expect(() => decode?.(given)).toThrow(expect.objectContaining({ code: 'SCOPE_UNSAFE_NUMBER' }) as never)
  })
})

test('a list whose text ends too early is an error', () => {
  expect(parsedRows('[[1],[2]]', 'items')).toEqual([[1], [2]])
  expect(() => parsedRows('[[1],[2', 'items')).toThrow(expect.objectContaining({ code: 'SCOPE_LIST_CUT' }) as never)
})
