import { describe, expect, test } from 'vitest'
import { isBusy, sqliteError } from './errors.ts'

const thrown = (code: string | null, message: string): Error =>
  Object.assign(new Error(message), code === null ? {} : { code })
const classified = (code: string | null, message: string) =>
  sqliteError(thrown(code, message), { lostTransaction: false })

describe('an error of SQLite', () => {
  test.each([
    ['SQLITE_IOERR_WRITE', 'connection'],
    ['SQLITE_IOERR_SHMOPEN', 'connection'],
    ['SQLITE_CORRUPT_VTAB', 'connection'],
    ['SQLITE_CANTOPEN_ISDIR', 'connection'],
    ['SQLITE_NOTADB', 'connection'],
    ['SQLITE_READONLY_DBMOVED', 'readOnly'],
    ['SQLITE_BUSY_RECOVERY', 'busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'serialization'],
    ['SQLITE_LOCKED_SHAREDCACHE', 'busy'],
    ['SQLITE_INTERRUPT', 'timeout'],
    ['SQLITE_AUTH', 'permission'],
    ['SQLITE_CONSTRAINT_TRIGGER', 'other'],
    ['SQLITE_NOMEM', 'other'],
  ])('%s is %s', (code, kind) => {
    expect(classified(code, 'some text').kind).toBe(kind)
  })

  test.each([
    ['SQLITE_ERROR', 'no such savepoint: s', 'missingObject'],
    ['SQLITE_ERROR', 'table products has no column named size', 'missingObject'],
    ['SQLITE_ERROR', 'integer overflow', 'outOfRange'],
    [null, 'The database connection is not open', 'connection'],
    [null, 'SQLite3 can only bind numbers, strings, bigints, buffers, and null', 'invalidValue'],
    ['SQLITE_ERROR', 'near "selekt": syntax error', 'other'],
  ])('%s "%s" is %s', (code, message, kind) => {
    expect(classified(code, message).kind).toBe(kind)
  })

  test('names the columns of a unique rule, or the index over an expression', () => {
    const message = 'UNIQUE constraint failed: products.owner_id, products.name'
    expect(classified('SQLITE_CONSTRAINT_UNIQUE', message)).toMatchObject({
      table: 'products',
      columns: ['owner_id', 'name'],
      constraint: null,
    })
    expect(classified('SQLITE_CONSTRAINT_UNIQUE', "UNIQUE constraint failed: index 'uq_a'")).toMatchObject({
      constraint: 'uq_a',
      columns: null,
    })
  })

  test('of a foreign key names nothing: SQLite does not say which', () => {
    expect(classified('SQLITE_CONSTRAINT_FOREIGNKEY', 'FOREIGN KEY constraint failed')).toMatchObject({
      table: null,
      columns: null,
      constraint: null,
    })
  })

  test('ends the session when SQLite rolled back by itself', () => {
    const error = sqliteError(thrown('SQLITE_FULL', 'database or disk is full'), { lostTransaction: true })
    expect(error).toMatchObject({ kind: 'diskFull', endsSession: true })
  })

  test('is worth waiting for only while somebody else holds the lock', () => {
    expect(isBusy(thrown('SQLITE_BUSY', ''))).toBe(true)
    expect(isBusy(thrown('SQLITE_BUSY_RECOVERY', ''))).toBe(true)
    expect(isBusy(thrown('SQLITE_BUSY_SNAPSHOT', ''))).toBe(false)
    expect(isBusy(thrown('SQLITE_FULL', ''))).toBe(false)
    expect(isBusy(thrown(null, ''))).toBe(false)
  })
})
