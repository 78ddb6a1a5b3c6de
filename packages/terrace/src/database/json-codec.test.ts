import { expect, test } from 'vitest'
import type { ColumnType } from '../model/index.ts'
import type { Codec } from './codec.ts'
import { arrayCodec, jsonCodec } from './json-codec.ts'

function roundTrip(codec: Codec, value: unknown): unknown {
  return codec.decode?.(codec.encode?.(value as never) as never)
}

const lists: readonly { readonly item: ColumnType; readonly values: readonly unknown[] }[] = [
  { item: { kind: 'text', maxLength: null }, values: ['', 'é "quoted" \\ {a,b}', '😀'] },
  { item: { kind: 'bigint' }, values: [0n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n] },
  { item: { kind: 'timestamp', precision: 3 }, values: [new Date('0001-01-01T00:00:00.000Z'), new Date(1)] },
  { item: { kind: 'timestamp', precision: 6 }, values: ['2026-01-02T03:04:05.000006Z'] },
  { item: { kind: 'bytes' }, values: [new Uint8Array(), new Uint8Array([0, 255, 128])] },
  { item: { kind: 'array', item: { kind: 'bigint' } }, values: [[], [1n, 2n]] },
  { item: { kind: 'array', item: { kind: 'boolean' } }, values: [[true], [false]] },
]

test.each(lists)('a list of $item.kind comes back as it was', ({ item, values }) => {
  expect(roundTrip(arrayCodec(item), values)).toEqual(values)
})

test('bytes of a larger buffer are written without their neighbours', () => {
  const view = new Uint8Array([9, 1, 2, 9]).subarray(1, 3)
  expect(roundTrip(arrayCodec({ kind: 'bytes' }), [view])).toEqual([new Uint8Array([1, 2])])
})

test("json's own null is a value", () => {
  expect(roundTrip(jsonCodec, null)).toBeNull()
  expect(roundTrip(jsonCodec, { a: [1, 'x', null] })).toEqual({ a: [1, 'x', null] })
})
