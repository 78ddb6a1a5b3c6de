import { expect, test } from 'vitest'
import { consequencesOf } from './driver-error.ts'

const kindsThat = (consequence: 'retryable' | 'endsSession'): readonly string[] =>
  Object.entries(consequencesOf).flatMap(([kind, follows]) => (follows[consequence] ? [kind] : []))

test('what passes when a unit runs again, and what takes its transaction along, is the same on every engine', () => {
  expect(kindsThat('retryable')).toEqual(['deadlock', 'serialization', 'lockTimeout', 'busy'])
  expect(kindsThat('endsSession')).toEqual(['deadlock', 'serialization', 'busy', 'connection'])
})
