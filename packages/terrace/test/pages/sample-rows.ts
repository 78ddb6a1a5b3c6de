import fc from 'fast-check'
import { valueSamples } from '../../src/testing/contract/value-samples.ts'

/** Few values for many rows, so that most sorts have ties; those at the limits of each type among them. */
const some = (values: readonly unknown[], nullable = true): fc.Arbitrary<unknown> =>
  nullable
    ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: fc.constant(null) })
    : fc.constantFrom(...values)

const short = (values: readonly unknown[]): readonly unknown[] =>
  values.filter((value) => typeof value === 'string' && value.length <= 50)
const texts = short(valueSamples['text(50)'].values)

export const sampleRow = fc.record({
  name: some(texts.slice(0, 16), false),
  note: some(texts.slice(8)),
  nick: some(['Apple', 'apple', 'APPLE', 'Äpfel', 'äpfel', 'pear']),
  whole: some(valueSamples.integer.values),
  small: some([0, 1, -1, 32_767, -32_768], false),
  big: some(valueSamples.bigint.values),
  amount: some(['0', '1.5', '-1.5', '12345678.1234', '-0.0001', '2']),
  ratio: some(valueSamples.float.values),
  isOpen: some([true, false], false),
  at: some(valueSamples.timestamp.values),
  atExactly: some(['2026-01-02T03:04:05.123456Z', '2026-01-02T03:04:05.123457Z', '2026-01-02T03:04:05.123Z']),
  day: some(valueSamples.date.values, false),
  clock: some(valueSamples.time.values),
  kind: some(['a', 'B', 'ä']),
  token: some(['0190b3c4-5d6e-7f80-9a1b-2c3d4e5f6071', 'ffffffff-ffff-ffff-ffff-ffffffffffff']),
})

export const sortedColumns = [
  'id',
  'name',
  'note',
  'nick',
  'whole',
  'small',
  'big',
  'amount',
  'ratio',
  'isOpen',
  'at',
  'atExactly',
  'day',
  'clock',
  'kind',
  'token',
] as const

/** Up to four terms, both directions mixed. */
export const sort = fc
  .uniqueArray(fc.tuple(fc.constantFrom('', '-'), fc.constantFrom(...sortedColumns)), {
    maxLength: 4,
    selector: ([, column]) => column,
  })
  .map((terms) => terms.map((term) => term.join('')))

/** How often, and from which seed: printed with a failure by fast-check, given again by `TERRACE_PAGES_SEED`. */
export function runs(times: number): fc.Parameters<unknown> {
  const seed = process.env['TERRACE_PAGES_SEED']
  const factor = Number(process.env['TERRACE_PAGES_FACTOR'] ?? 1)
  return { numRuns: times * factor, ...(seed === undefined ? {} : { seed: Number(seed) }) }
}
