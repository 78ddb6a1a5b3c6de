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
import { integersFit } from './decodings.ts'
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
