import { expect, test } from 'vitest'
import { graph, model, text, uuid } from '../../model/index.ts'
import type { RuntimeDialect } from '../runtime-dialect.ts'
import { ColumnCoders } from './column-coders.ts'

const Word = model('words', { id: uuid().primaryKey(), name: text().length(1, 20).ignoreCase() })
const words = graph({ Word }).Word.graph.tables['words']
const name = words?.column['name']

/** An engine that holds a text in brackets. */
const bracketing = {
  codec: () => ({ encode: (value: unknown) => `<${String(value)}>`, decode: null }),
} as unknown as RuntimeDialect

test('the text without case is held as the column’s own text is', () => {
  if (name === undefined) throw new Error('The model has no such column')
  const { encode, encodeFolded, encodeFoldedChecked } = new ColumnCoders(bracketing).of(name)
  expect(encode?.('Ä')).toBe('<Ä>')
  expect(encodeFolded('Ä')).toBe('<ä>')
  expect(encodeFoldedChecked('Ä')).toBe('<ä>')
})

test('what is no text beside a column that ignores case is refused', () => {
  if (name === undefined) throw new Error('The model has no such column')
  const { encodeFoldedChecked } = new ColumnCoders(bracketing).of(name)
  expect(() => encodeFoldedChecked(1)).toThrow('must be')
})

test('a column has one coder', () => {
  if (name === undefined) throw new Error('The model has no such column')
  const coders = new ColumnCoders(bracketing)
  expect(coders.of(name)).toBe(coders.of(name))
})

test('a value that the engine cannot order is refused, any other error is the engine’s own', () => {
  if (name === undefined) throw new Error('The model has no such column')
  const failing = (error: Error): RuntimeDialect =>
    ({
      codec: () => ({
        encode: () => {
          throw error
        },
        decode: null,
      }),
    }) as unknown as RuntimeDialect
  const beside = (error: Error) => () => new ColumnCoders(failing(error)).of(name).encodeChecked('a')
  expect(beside(new RangeError('lies beyond 2^63'))).toThrow(
    expect.objectContaining({ code: 'SCOPE_VALUE', message: expect.stringContaining('lies beyond 2^63') }),
  )
  const other = new TypeError('no text')
  expect(beside(other)).toThrow(other)
})
