import { expect, test } from 'vitest'
import { parseServerUrl } from './connection-url.ts'

test('every part is read, percent-encoded ones as they are meant', () => {
  const { forDriver, forMessages } = parseServerUrl('mariadb://app:p%40ss%2F@[::1]:3307/my%20db?ssl=true')
  expect(forDriver).toEqual({ host: '::1', port: 3307, user: 'app', password: 'p@ss/', database: 'my db', ssl: {} })
  expect(forMessages).toBe('mariadb://app@[::1]:3307/my%20db')
})

test('what is absent is the usual', () => {
  expect(parseServerUrl('mysql://root@localhost/app').forDriver).toMatchObject({ port: 3306, password: '' })
})

test.each([
  'multipleStatements=true',
  'flags=-FOUND_ROWS',
  'dateStrings=false',
  'ssl=maybe',
  'ssl=1',
  'ssl=null',
  'ssl="Amazon"',
])('an option that would change what statements mean is refused: %s', (option) => {
  expect(() => parseServerUrl(`mysql://root:hunter2@localhost/app?${option}`)).toThrow(
    expect.objectContaining({ code: 'DATABASE_URL', message: expect.not.stringContaining('hunter2') }),
  )
})

test.each(['', '/', '?ssl=true', '/?ssl=true'])('a URL that names no database is refused: "%s"', (rest) => {
  expect(() => parseServerUrl(`mysql://root:hunter2@localhost:3306${rest}`)).toThrow(
    expect.objectContaining({
      code: 'DATABASE_URL',
      message: expect.stringMatching(/names no database$/),
      remedy: expect.stringContaining('3306/database'),
    }),
  )
})

test('a % that encodes nothing is refused', () => {
  for (const url of ['mysql://root:hunter2%ss@localhost/app', 'mysql://root:hunter2@localhost/50%'])
    expect(() => parseServerUrl(url)).toThrow(
      expect.objectContaining({ code: 'DATABASE_URL', message: expect.not.stringContaining('hunter2') }),
    )
})
