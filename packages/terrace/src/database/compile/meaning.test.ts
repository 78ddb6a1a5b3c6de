import { expect, test } from 'vitest'
import { heldAs, isComparable, reasonNotComparable, storageOf, unite, type Meaning } from './meaning.ts'

const rows = (signature: string): Meaning => ({ kind: 'rows', signature, isMany: true, decode: (json) => json })
const pair: Meaning = { kind: 'tuple', items: [{ kind: 'text' }] }

test('nested rows are held alike where their values come out alike, and are named without how', () => {
  expect(isComparable(rows('a'), rows('a'))).toBe(true)
  expect(isComparable(rows('a'), rows('b'))).toBe(false)
  expect(storageOf(rows('a'))).toBe('rows:a')
  expect(heldAs(rows('a'))).toBe('nested rows')
  expect(reasonNotComparable(rows('a'))).toBe('it is made of rows')
})

test('several values are held as no single one is', () => {
  expect(storageOf(pair)).toBe('tuple')
  expect(heldAs(pair)).toBe('tuple')
  expect(isComparable(pair, { kind: 'text' })).toBe(false)
  expect(reasonNotComparable(pair)).toBe('it is several values')
})

test.each<readonly [Meaning['kind'], Meaning['kind'], Meaning['kind']]>([
  ['integer', 'integer', 'integer'],
  ['integer', 'bigint', 'bigint'],
  ['bigint', 'integer', 'bigint'],
  ['number', 'integer', 'number'],
  ['bigint', 'number', 'number'],
  ['text', 'text', 'text'],
  ['boolean', 'boolean', 'boolean'],
  ['null', 'text', 'text'],
  ['text', 'null', 'text'],
  ['unknown', 'integer', 'integer'],
  ['integer', 'unknown', 'integer'],
])('what is %s or %s comes out as %s', (left, right, united) => {
  expect(unite({ kind: left } as Meaning, { kind: right } as Meaning, 'it')).toEqual({ kind: united })
})

test.each<readonly [Meaning['kind'], Meaning['kind']]>([
  ['text', 'integer'],
  ['boolean', 'integer'],
  ['text', 'boolean'],
])('what is %s or %s is refused', (left, right) => {
  expect(() => unite({ kind: left } as Meaning, { kind: right } as Meaning, 'it')).toThrow('held differently')
})
