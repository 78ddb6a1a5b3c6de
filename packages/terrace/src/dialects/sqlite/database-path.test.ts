import { describe, expect, test } from 'vitest'
import { databasePath } from './database-path.ts'

describe('the path in a URL', () => {
  test.each([
    ['sqlite:/data/app.db', '/data/app.db'],
    ['sqlite:///data/app.db', '/data/app.db'],
    ['sqlite:/data/my%20app%3F.db', '/data/my app?.db'],
    ['sqlite:/data/中文.db', '/data/中文.db'],
    ['sqlite:data/app.db', `${process.cwd()}/data/app.db`],
    // Never taken for a URI or a temporary database by the driver.
    ['sqlite:file:app.db', `${process.cwd()}/file:app.db`],
  ])('%s is %s', (url, path) => {
    expect(databasePath(url)).toEqual({ kind: 'file', path })
  })

  test('sqlite::memory: is a database in memory', () => {
    expect(databasePath('sqlite::memory:')).toEqual({ kind: 'memory' })
  })

  test.each(['sqlite:', 'sqlite:  ', 'sqlite:app.db?mode=ro', 'sqlite:app.db#x', 'sqlite:app%.db'])(
    '%s is refused, with the forms that are understood',
    (url) => {
      expect(() => databasePath(url)).toThrow(expect.objectContaining({ code: 'DATABASE_URL' }))
    },
  )
})
