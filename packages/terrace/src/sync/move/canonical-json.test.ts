import { describe, expect, test } from 'vitest'
import { movedJson } from './canonical-json.ts'

describe('the canonical text of json', () => {
  test.each([
    ['{"b": 1, "a": [true, null]}', '{"a":[true,null],"b":1}'],
    ['{"a":1.0}', '{"a": 1}'],
    ['[1e2, -0, 0.10]', '[100,0,0.1]'],
    ['[1e300]', `[1${'0'.repeat(300)}]`],
    ['"\\u00e9"', '"é"'],
    ['[0.1000000000000000055511151231257827]', '[0.10000000000000000555111512312578270]'],
    ['[12345678901234567890]', '[1234567890123456789e1]'],
    ['[1e400]', '[10e399]'],
  ])('is one for %s and %s', (one, other) => {
    expect(movedJson(one).canonical).toBe(movedJson(other).canonical)
  })

  test.each([
    ['[1]', '["1"]'],
    ['[12345678901234567890]', '[12345678901234567891]'],
    ['[0.1]', '[0.1000000000000000055511151231257827]'],
    ['{"a":null}', '{}'],
    ['[[1],2]', '[[1,2]]'],
  ])('tells %s from %s', (one, other) => {
    expect(movedJson(one).canonical).not.toBe(movedJson(other).canonical)
  })

  test('is written anew, but for one with numbers that would be rounded', () => {
    expect(movedJson('{ "z": 1, "a": 0.30000000000000004 }').written).toBe('{"z":1,"a":0.30000000000000004}')
    expect(movedJson('{ "z": 9007199254740993 }')).toMatchObject({
      written: '{ "z": 9007199254740993 }',
      isExact: false,
    })
  })
})
