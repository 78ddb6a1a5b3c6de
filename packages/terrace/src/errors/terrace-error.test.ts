import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { defineErrors } from './define-errors.ts'
import { errors } from './register.ts'

const broken = errors.VALIDATION({
  fields: ['name'],
  issues: [{ in: 'row', path: '/name', code: 'NULL', message: 'must not be null' }],
  cause: new Error('of the driver'),
})

test('printed, an error says its code, what broke, what to do and where, and nothing of its definition', () => {
  const [head, kind, issue, remedy, frame, ...rest] = inspect(broken).split('\n')
  expect([head, kind, issue, remedy]).toEqual([
    'ValidationError: Validation error',
    '    VALIDATION (validation)',
    '    - row /name must not be null (NULL)',
    '    What to do: Correct the listed values',
  ])
  expect(frame).toMatch(/^ {4}at /)
  expect(rest.join('\n')).toContain('[cause]: Error: of the driver')
  expect(inspect(broken)).not.toContain('数据')
})

test('printed inside something else, its lines are indented, and below the depth it is one line', () => {
  expect(inspect({ reason: broken })).toContain(
    'reason: ValidationError: Validation error\n      VALIDATION (validation)',
  )
  expect(inspect({ a: { b: { c: { broken } } } }, { depth: 2 })).not.toContain('What to do')
})

test('what belongs to an error besides its standard parts is printed too', () => {
  const missing = errors.NOT_FOUND({ values: { model: 'Product' } })
  expect(inspect(Object.assign(missing, { requestId: 'r1' }))).toContain("{ requestId: 'r1' }")
})

test('an error among its own causes is printed all the same', () => {
  const missing = errors.NOT_FOUND({ values: { model: 'Product' } })
  missing.cause = missing
  expect(inspect(missing, { depth: Infinity })).toContain('[cause]: [NotFoundError: Product not found]')
})

test('the definition, texts of other languages and samples, is no enumerable property: loggers copy those', () => {
  expect(Object.keys(broken)).not.toContain('definition')
  expect(broken.definition.kind).toBe('validation')
})

test('an error without a stack prints what it says', () => {
  const missing = errors.NOT_FOUND({ values: { model: 'Product' } })
  delete missing.stack
  expect(inspect(missing).split('\n')).toEqual([
    'NotFoundError: Product not found',
    '    NOT_FOUND (notFound)',
    '    What to do: Check the id; a row that belongs to somebody else is answered in the same way',
  ])
})

test('a stack begins where the error was made', () => {
  const { THINGS_FAILED } = defineErrors({
    THINGS_FAILED: { kind: 'internal', en: 'It failed', zh: '失败', remedy: 'Try again', values: {} },
  })
  expect(THINGS_FAILED().stack?.split('\n')[1]).toContain('terrace-error.test.ts')
})
