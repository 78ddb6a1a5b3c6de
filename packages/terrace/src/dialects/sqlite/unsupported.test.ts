import { expect, test } from 'vitest'
import { decimal, graph, model, native, uuid } from '../../model/index.ts'
import { unsupportedBySqlite } from './unsupported.ts'

test('decimals beyond 18 digits and types of other engines are refused, each with its reason', () => {
  const { Thing } = graph({
    Thing: model('things', {
      id: uuid().primaryKey(),
      fits: decimal(18, 18),
      price: decimal(19, 2),
      search: native('tsvector'),
    }),
  })
  expect(unsupportedBySqlite(Thing.graph)).toEqual([
    {
      model: 'Thing',
      column: 'price',
      reason: 'decimal(19, 2) has more than the 18 digits of a 64-bit integer',
      remedy: expect.stringContaining('at most 18'),
    },
    { model: 'Thing', column: 'search', reason: 'SQLite has no type tsvector', remedy: expect.any(String) },
  ])
})
