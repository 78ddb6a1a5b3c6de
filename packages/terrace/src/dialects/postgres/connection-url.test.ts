import { expect, test } from 'vitest'
import { parseServerUrl } from './connection-url.ts'

test.each(['', '/', '?prepare=false', '/?prepare=false'])(
  'a URL that names no database is refused, not answered with the one of maintenance: "%s"',
  (rest) => {
    expect(() => parseServerUrl(`postgres://app:hunter2@127.0.0.1:5432${rest}`)).toThrow(
      expect.objectContaining({
        code: 'DATABASE_URL',
        message: expect.stringMatching(/names no database$/),
        remedy: expect.stringContaining('5432/database'),
      }),
    )
  },
)

test('the name of the database is read as it is meant', () => {
  expect(parseServerUrl('postgres://app@127.0.0.1/my%20app').database).toBe('my app')
})

test('a % that encodes nothing is refused', () => {
  expect(() => parseServerUrl('postgres://app:hunter2@127.0.0.1/50%')).toThrow(
    expect.objectContaining({ code: 'DATABASE_URL', message: expect.not.stringContaining('hunter2') }),
  )
})

test.each(['s3cr@t/pw', 'a/s3cr@t', 's3cr@t?pw@x'])(
  'a password whose signs are not encoded is refused, and no piece of it is shown: %s',
  (password) => {
    expect(() => parseServerUrl(`postgres://app:${password}@127.0.0.1:5432/x`)).toThrow(
      expect.objectContaining({ code: 'DATABASE_URL', message: expect.not.stringMatching(/s3cr|pw/) }),
    )
  },
)
