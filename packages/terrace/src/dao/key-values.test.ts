import { expect, test } from 'vitest'
import { graph, integer, model, text, timestamp, uuid } from '../model/index.ts'
import { comparable, identityOf, keyOfRow, keyValues } from './key-values.ts'
import { planOf } from './model-plan.ts'

const models = graph({
  Thing: model('things', { id: uuid().primaryKey(), name: text() }),
  Place: model('places', { row: integer().primaryKey(), shelf: text().length(1, 9).primaryKey(), name: text() }),
  Moment: model('moments', { at: timestamp().primaryKey() }),
})
const [thing, place, moment] = [models.Thing, models.Place, models.Moment].map(({ fact }) => planOf(fact)) as [
  ReturnType<typeof planOf>,
  ReturnType<typeof planOf>,
  ReturnType<typeof planOf>,
]
const id = '01900000-0000-7000-8000-000000000001'

test('a key is a value, or an object of its columns in any order', () => {
  expect(keyValues(thing, id)).toEqual([id])
  expect(keyValues(place, { shelf: 'a', row: 1 })).toEqual([1, 'a'])
  expect(keyValues(moment, new Date(5))).toEqual([new Date(5)])
  // Rules of a column are no rules for a question.
  expect(keyValues(place, { row: 1, shelf: '' })).toEqual([1, ''])
})

test('a value that its column cannot hold is no row’s key', () => {
  expect(keyValues(thing, 'x')).toBeNull()
  expect(keyValues(thing, 1)).toBeNull()
  expect(keyValues(place, { row: 'x', shelf: 'a' })).toBeNull()
})

test.each<[string, () => unknown, string, string]>([
  ['none', () => keyValues(thing, undefined), 'DAO_UNDEFINED', 'The key id of Thing'],
  ['null', () => keyValues(thing, null), 'DAO_CONDITION', 'id is null'],
  ['none of several columns', () => keyValues(place, undefined), 'DAO_UNDEFINED', 'The key of Place'],
  ['null for several columns', () => keyValues(place, null), 'DAO_CONDITION', 'an object of row, shelf is expected'],
  ['a value for several columns', () => keyValues(place, 1), 'DAO_CONDITION', 'an object of row, shelf is expected'],
  ['a part of it', () => keyValues(place, { row: 1 }), 'DAO_UNDEFINED', 'The key shelf of Place'],
  ['a part that is null', () => keyValues(place, { row: 1, shelf: null }), 'DAO_CONDITION', 'shelf is null'],
  ['another column', () => keyValues(place, { row: 1, shelf: 'a', name: 'x' }), 'DAO_UNKNOWN', 'name'],
])('%s is refused', (_, read, code, words) => {
  expect(read).toThrow(expect.objectContaining({ code }) as Error)
  expect(read).toThrow(words)
})

test('the key of a row stands in the order of its columns', () => {
  expect(keyOfRow(place, { shelf: 'a', name: 'x', row: 1 })).toEqual([1, 'a'])
})

test('equal values have equal identities, and others have not', () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)
  expect(comparable(bytes(1, 255))).toBe('01ff')
  expect(comparable(new Date(5))).toBe(5)
  expect([comparable('5'), comparable(5), comparable(null)]).toEqual(['5', 5, null])
  expect(identityOf([id])).toBe(id)
  expect(identityOf([new Date(5)])).toBe(identityOf([new Date(5)]))
  expect(identityOf([1, new Date(5), bytes(1)])).toBe(identityOf([1, new Date(5), bytes(1)]))
  const others = [['a', 'b'], ['a,b'], ['b', 'a'], ['a', 'b', ''], ['a","b', ''], [bytes(1), 'b'], [bytes(2), 'b']]
  expect(new Set(others.map(identityOf)).size).toBe(others.length)
})
