import { expect, test } from 'vitest'
import { call, method, openRecord, plain, record } from './expression.ts'
import { printExpression } from './print-expression.ts'

test('what fits stands on one line', () => {
  expect(printExpression(method(method(call('text'), 'length', plain(0), plain(40)), 'nullable'))).toBe(
    'text().length(0, 40).nullable()',
  )
  expect(printExpression(plain({ a: 1, 'b-c': [true, null], d: undefined }))).toBe("{ a: 1, 'b-c': [true, null] }")
  expect(printExpression(plain(12n))).toBe('12n')
})

test('texts are in the quotes that need fewer escapes, and show what cannot be seen', () => {
  expect(printExpression(plain("it's"))).toBe(`"it's"`)
  expect(printExpression(plain(`it's "so"`))).toBe(`'it\\'s "so"'`)
  expect(printExpression(plain('a\\b\n\u202e'))).toBe(String.raw`'a\\b\n\u{202e}'`)
})

test('a text that is printed is the same when it is read', () => {
  for (const text of ['', "'", '"', '\\', '`${x}`', '\u2028', '\ud800', '名前', '*/', '\0', 'a\r\nb'])
    expect(Function(`return ${printExpression(plain(text))}`)()).toBe(text)
})

test('a method with more than plain values lets each of several have a line of its own', () => {
  const column = method(method(call('text'), 'nullable'), 'stored', plain({ engine: { type: 'x' } }))
  expect(printExpression(column)).toBe("text()\n  .nullable()\n  .stored({ engine: { type: 'x' } })")
  expect(printExpression(method(call('text'), 'stored', plain({ engine: { type: 'x' } })))).toBe(
    "text().stored({ engine: { type: 'x' } })",
  )
})

test('what does not fit opens from the outside', () => {
  const long = plain({ engine: { names: ['a'.repeat(50), 'b'.repeat(50)] } })
  expect(printExpression(method(call('text'), 'stored', long))).toBe(
    `text().stored({\n  engine: {\n    names: [\n      '${'a'.repeat(50)}',\n      '${'b'.repeat(50)}',\n    ],\n  },\n})`,
  )
})

test('a model has its columns on lines of their own, and its options behind them', () => {
  const columns = openRecord([['id', call('uuid')]])
  expect(printExpression(call('model', plain('t'), columns))).toBe("model('t', {\n  id: uuid(),\n})")
  expect(printExpression(call('model', plain('t'), columns, record([['describe', plain('x')]])))).toBe(
    "model(\n  't',\n  {\n    id: uuid(),\n  },\n  { describe: 'x' },\n)",
  )
})
