import { describe, expect, test } from 'vitest'
import type { Schema } from '../../src/contract/api-document.ts'
import { rules, type RuleName } from '../../src/contract/diff/rules.ts'
import { answered, inAnswer, inBody, object, text, told } from './told.ts'

const cases: readonly (readonly [
  what: string,
  before: Schema,
  now: Schema,
  sent: readonly string[],
  answered: readonly string[],
])[] = [
  ['an optional property more', object({}), object({ a: text }), ['property-added /a'], ['property-added /a']],
  ['a required property more', object({}), object({ a: text }, ['a']), ['property-required /a'], ['property-added /a']],
  ['a property less', object({ a: text }), object({}), ['property-removed /a'], ['property-removed /a']],
  ['required now', object({ a: text }), object({ a: text }, ['a']), ['property-required /a'], ['property-promised /a']],
  ['optional now', object({ a: text }, ['a']), object({ a: text }), ['property-loosened /a'], ['property-optional /a']],
  [
    'within another',
    object({ a: object({ b: text }) }),
    object({ a: object({}) }),
    ['property-removed /a/b'],
    ['property-removed /a/b'],
  ],
  [
    'a property less where others are taken',
    { type: 'object', properties: { a: text } },
    { type: 'object' },
    ['values-allowed /a'],
    ['property-removed /a'],
  ],
  [
    'a property that is required and not declared any more',
    object({ a: text }),
    { type: 'object', required: ['a'] },
    ['property-required /a', 'values-allowed /a', 'values-allowed'],
    ['property-removed /a'],
  ],
  [
    'no others any more',
    { type: 'object' },
    { type: 'object', additionalProperties: false },
    ['values-narrowed'],
    ['values-excluded'],
  ],
  ['others besides', object({}), { type: 'object', properties: {} }, ['values-allowed'], []],
  [
    'other values of others',
    { additionalProperties: text },
    { additionalProperties: { type: 'integer' } },
    ['values-narrowed /*'],
    ['values-widened /*'],
  ],
  [
    'a group of which one has to be there',
    object({ a: text, b: text }),
    { ...object({ a: text, b: text }), oneOf: [{ required: ['a'] }, { required: ['b'] }] },
    ['values-narrowed'],
    [],
  ],
]

describe('an object that changes', () => {
  test.each(cases)('%s', (_, before, now, body, answer) => {
    const [inSent, inAnswered] = [inBody(before, now), inAnswer(before, now)]
    expect([
      body.filter((line) => !inSent.includes(line)),
      answer.filter((line) => !inAnswered.includes(line)),
    ]).toEqual([[], []])
    const breaking = (lines: readonly string[]) => lines.filter((line) => rules[line.split(' ')[0] as RuleName].breaks)
    expect([breaking(inSent), breaking(inAnswered)]).toEqual([breaking(body), breaking(answer)])
  })

  test('an error may have a code that was not known; an answer may not', () => {
    const codes = (...values: string[]): Schema => object({ code: { type: 'string', enum: values } }, ['code'])
    expect(told(answered(codes('A'), 404), answered(codes('A', 'B'), 404))).toEqual(['error-values-added 404 /code'])
    expect(told(answered(codes('A')), answered(codes('A', 'B')))).toEqual(['values-widened 200 /code'])
    expect(told(answered(object({ a: text }), 404), answered(object({}), 404))).toEqual(['property-removed 404 /a'])
  })
})
