import { expect, test } from 'vitest'
import type { CompiledStatement } from './compiled-statement.ts'
import { isCompiledStatement, sealStatement } from './is-compiled-statement.ts'

const made = sealStatement({
  sql: 'select 1',
  bindings: [],
  decodings: [],
  operation: 'select',
  writes: false,
  returnsRows: true,
  integersFit: true,
  tables: [],
  name: null,
  referenceChecks: [],
} satisfies CompiledStatement)

test('a statement is the very object that the compiler made', () => {
  expect(isCompiledStatement(made)).toBe(true)
})

test.each([
  ['a text', 'select 1'],
  ['nothing', undefined],
  ['null', null],
  ['a copy', { ...made }],
  ['an heir', Object.create(made) as object],
])('%s is none', (_, other) => {
  expect(isCompiledStatement(other)).toBe(false)
})
