import { expect, test } from 'vitest'
import { DriverError } from '../../database/index.ts'
import { postgresError } from './errors.ts'

const secret = 'somebody@example.org'

function serverError(code: string, fields: Record<string, string> = {}): Error {
  const detail = `Key (email)=(${secret}) already exists.`
  return Object.assign(new Error(`something about "${secret}"`), { code, severity: 'ERROR', detail, ...fields })
}

test.each([
  ['23505', 'unique'],
  ['23503', 'foreignKey'],
  ['23514', 'check'],
  ['23502', 'notNull'],
  ['22001', 'tooLong'],
  ['54000', 'tooLong'],
  ['22003', 'outOfRange'],
  ['22P02', 'invalidValue'],
  ['22007', 'invalidValue'],
  ['22021', 'invalidValue'],
  ['40P01', 'deadlock'],
  ['40001', 'serialization'],
  ['55P03', 'lockTimeout'],
  ['57014', 'timeout'],
  ['57P01', 'connection'],
  ['08006', 'connection'],
  ['08P01', 'other'],
  ['25P04', 'connection'],
  ['57P04', 'connection'],
  ['25006', 'readOnly'],
  ['53100', 'diskFull'],
  ['42501', 'permission'],
  ['28P01', 'permission'],
  ['42P01', 'missingObject'],
  ['42703', 'missingObject'],
  ['42601', 'other'],
  ['0A000', 'other'],
])('SQLSTATE %s is %s', (code, kind) => {
  expect(postgresError(serverError(code)).kind).toBe(kind)
})

test('the place is named as the server names it, and no value is', () => {
  const cause = serverError('23505', { table: 'users', constraint: 'uq_users_email' })
  const error = postgresError(cause)
  expect(error).toMatchObject({ table: 'users', constraint: 'uq_users_email', columns: null, cause })
  expect(error.message).toBe('unique: SQLSTATE 23505 on users, uq_users_email')
  expect(postgresError(serverError('23502', { table: 'users', column: 'name' })).columns).toEqual(['name'])
})

test.each([
  Object.assign(new Error('read'), { code: 'ECONNRESET' }),
  Object.assign(new Error('write'), { code: 'EPIPE' }),
  new Error('Connection terminated unexpectedly'),
  new Error('Client has encountered a connection error and is not queryable'),
  new Error('Query read timeout'),
])('a lost connection ends the session and is not retried: $message', (cause) => {
  expect(postgresError(cause)).toMatchObject({ kind: 'connection', endsSession: true, retryable: false })
})

test("the driver's own refusals and classified errors stay what they are", () => {
  expect(postgresError(new TypeError('circular')).kind).toBe('other')
  const classified = postgresError(serverError('40001'))
  expect(postgresError(classified)).toBe(classified)
  expect(classified).toBeInstanceOf(DriverError)
})
