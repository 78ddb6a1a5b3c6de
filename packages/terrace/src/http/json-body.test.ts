import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJson } from './json-body.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')

test.each([
  ['', 'it is empty'],
  ['   ', 'its syntax is broken'],
  ['{"a":1,}', 'its syntax is broken'],
  ["{'a':1}", 'its syntax is broken'],
  ['{"a":NaN}', 'its syntax is broken'],
  ['\uFEFF{}', 'its syntax is broken'],
  ['{} {}', 'its syntax is broken'],
  ['"a\tb"', 'its syntax is broken'],
  ['{"a":1,"a":1}', 'a key stands twice in one object'],
  ['{"a":1,"\\u0061":2}', 'a key stands twice in one object'],
  ['[{"x":{"b":1},"c":[{"d":1,"d":2}]}]', 'a key stands twice in one object'],
  ['{"__proto__":1,"__proto__":2}', 'a key stands twice in one object'],
])('refuses %j', (text, problem) => {
  expect(() => readJson(bytes(text))).toThrow(expect.objectContaining({ code: 'MALFORMED_JSON', values: { problem } }))
})

test('refuses bytes that are not UTF-8', () => {
  for (const body of [
    Buffer.from([0x22, 0xff, 0x22]),
    Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
    Buffer.from('{}', 'utf16le'),
  ])
    expect(() => readJson(body)).toThrow(expect.objectContaining({ code: 'MALFORMED_JSON' }))
})

test('reads 32 levels and not one more', () => {
  const nested = (levels: number) => bytes(`${'['.repeat(levels)}${']'.repeat(levels)}`)
  expect(() => readJson(nested(32))).not.toThrow()
  expect(() => readJson(nested(33))).toThrow(
    expect.objectContaining({ values: { problem: 'it is nested deeper than 32 levels' } }),
  )
  expect(() => readJson(nested(400_000))).toThrow(expect.objectContaining({ code: 'MALFORMED_JSON' }))
})

test('the same key in different objects is no duplicate', () => {
  const text = '[{"a":{"a":["a","a",{"a":"a"}],"b\\"":",{"}},{"a":"\\\\","b":"a"}]'
  expect(readJson(bytes(text))).toEqual(JSON.parse(text))
})

test('reads every JSON document of up to 32 levels as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      expect(readJson(bytes(text))).toEqual(JSON.parse(text))
    }),
    { numRuns: 300 },
  )
})
