import { expect, test } from 'vitest'
import { columnFactsOf, timestamp, type Column } from '../../model/index.ts'
import { parserOf } from './row-values.ts'
import { postgresCodec } from './types.ts'

function decode(column: Column, text: string): unknown {
  const [fact] = columnFactsOf({ at: column })
  if (fact === undefined) throw new Error('no column')
  return postgresCodec(fact).decode?.(text as never)
}

test.each([
  ['2026-07-30 08:15:00+00', '2026-07-30T08:15:00.000Z'],
  ['2026-07-30 08:15:00.1+00', '2026-07-30T08:15:00.100Z'],
  ['2026-07-30 08:15:00.12+00', '2026-07-30T08:15:00.120Z'],
  ['2024-02-29 23:59:59.999999+00', '2024-02-29T23:59:59.999Z'],
  ['1969-12-31 23:59:59.999+00', '1969-12-31T23:59:59.999Z'],
  ['0099-12-31 23:59:59+00', '0099-12-31T23:59:59.000Z'],
  ['0100-01-01 00:00:00+00', '0100-01-01T00:00:00.000Z'],
  ['2026-07-30 08:15:00.123+05:30', '2026-07-30T02:45:00.123Z'],
  ['2026-01-01 00:30:00-03', '2026-01-01T03:30:00.000Z'],
  // Amsterdam before 1937.
  ['1930-06-01 01:19:32.5+01:19:32', '1930-06-01T00:00:00.500Z'],
  ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31 23:59:59.999+00', '9999-12-31T23:59:59.999Z'],
])('%s is the instant %s in whatever zone the server writes', (text, iso) => {
  expect(decode(timestamp(), text)).toEqual(new Date(iso))
})

test.each([
  ['2026-07-30 08:15:00+00', '2026-07-30T08:15:00.000000Z'],
  ['2026-07-30 08:15:00.1234+00', '2026-07-30T08:15:00.123400Z'],
  ['2026-01-01 00:30:00.000001+05:45', '2025-12-31T18:45:00.000001Z'],
])('%s keeps its microseconds: %s', (text, iso) => {
  expect(decode(timestamp({ precision: 6 }), text)).toBe(iso)
})

test.each(['infinity', '-infinity', '0044-03-15 12:00:00+00 BC', '12026-07-30 08:15:00+00'])(
  'what another program stored and no value of the model is, is said: %s',
  (text) => {
    expect(() => decode(timestamp(), text)).toThrow(expect.objectContaining({ code: 'VALUE_UNREADABLE' }))
    expect(() => decode(timestamp({ precision: 6 }), text)).toThrow(
      expect.objectContaining({ code: 'VALUE_UNREADABLE' }),
    )
  },
)

test('bytes are read in both forms that servers write', () => {
  const parse = parserOf(17)
  expect(parse('\\x00ff275c')).toEqual(new Uint8Array([0, 255, 39, 92]))
  expect(parse("\\000\\377'\\\\a")).toEqual(new Uint8Array([0, 255, 39, 92, 97]))
  expect((parse('\\x01') as Uint8Array).buffer.byteLength).toBe(1)
})
