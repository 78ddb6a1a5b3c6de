import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, test } from 'vitest'
import type { Operation, Schema } from '../../src/contract/api-document.ts'
import { diffDocuments } from '../../src/contract/diff/diff-documents.ts'
import { answered, documentOf, inAnswer, inBody, object, sent } from './told.ts'

const leaf: fc.Arbitrary<Schema> = fc.oneof(
  fc.record(
    { type: fc.constant('string' as const), minLength: fc.nat(3), maxLength: fc.integer({ min: 3, max: 6 }) },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    {
      type: fc.constantFrom('integer' as const, 'number' as const),
      minimum: fc.nat(3),
      maximum: fc.integer({ min: 3, max: 6 }),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record({ enum: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 1), { minLength: 1 }) }),
  fc.constantFrom<Schema>({ type: 'boolean' }, { type: 'null' }, { type: ['string', 'null'] }, {}),
)
const { schema: anySchema } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record(
      { type: fc.constant('array' as const), items: tie('schema'), maxItems: fc.nat(3) },
      { requiredKeys: ['type', 'items'] },
    ),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({
      type: fc.constant('object' as const),
      properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema'), { noNullPrototype: true }),
      required: fc.subarray(['a', 'b']),
      additionalProperties: fc.boolean(),
    }),
  ),
}))
const anyValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>('a', 'b', '', 'abcd', 'abcdefg', 0, 1, 2, 4, 5, 7, 1.5, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { noNullPrototype: true }),
  ),
})).value

/** A figure: `TERRACE_DIFF_CASES=20000`. */
const runs = { numRuns: Number(process.env['TERRACE_DIFF_CASES'] ?? 30) }
const breaks = (before: Operation, now: Operation): boolean =>
  diffDocuments(documentOf(before), documentOf(now)).some((change) => change.breaks)

describe('whatever the schemas are', { timeout: 600_000 }, () => {
  test('one that is compared with itself has no change', () => {
    fc.assert(
      fc.property(anySchema, (schema) => [...inBody(schema, schema), ...inAnswer(schema, schema)].length === 0),
      runs,
    )
  })

  test('something optional more never breaks', () => {
    fc.assert(
      fc.property(anySchema, anySchema, (known, more) => {
        const [before, now] = [object({ known }, ['known']), object({ known, more }, ['known'])]
        const parameters = [{ name: 'more', in: 'query', schema: more }]
        return (
          !breaks(sent(before), sent(now)) &&
          !breaks(answered(before), answered(now)) &&
          !breaks(sent(known), { ...sent(known), parameters }) &&
          !breaks(sent(known), sent({ anyOf: [known, more] }))
        )
      }),
      runs,
    )
  })

  test('a value that was taken and is refused, or is answered and was not, is never missed', () => {
    const ajv = new Ajv2020({ strict: false })
    fc.assert(
      fc.property(anySchema, anySchema, fc.array(anyValue, { minLength: 5, maxLength: 20 }), (before, now, values) => {
        const [took, takes] = [ajv.compile(before), ajv.compile(now)]
        const isRefused = values.some((value) => took(value) && !takes(value))
        return !isRefused || breaks(sent(before), sent(now))
      }),
      runs,
    )
  })
})
