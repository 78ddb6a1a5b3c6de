import { expect, test } from 'vitest'
import { placeIn, textOfPlace } from './place-text.ts'

test('a place is read as it was written, whatever its key consists of', () => {
  const key = [1, -7, 0.5, 2n ** 63n - 1n, '', 'n1', '日本 \u{10ffff}', new Uint8Array([0, 255]), null]
  expect(placeIn(textOfPlace('goods', { rows: 3, key }), 'goods')).toEqual({ rows: 3, key })
  expect(placeIn(textOfPlace('goods', { rows: 0, key: null }), 'goods')).toEqual({ rows: 0, key: null })
})

test('the place of another table, or none, is the beginning', () => {
  expect(placeIn(textOfPlace('goods', { rows: 3, key: [1] }), 'tags')).toEqual({ rows: 0, key: null })
  expect(placeIn(undefined, 'tags')).toEqual({ rows: 0, key: null })
})
