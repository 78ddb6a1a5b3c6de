import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Connection, Driver, StatementResult } from '../../database/index.ts'
import { createSqliteDialect } from './dialect.ts'

const serializable = { isolation: 'serializable', readOnly: false } as const
const writer = { access: 'write', timeoutMs: 1_000 } as const
const reader = { access: 'read', timeoutMs: 1_000 } as const

let folder: string
const drivers: Driver[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terrace-test-'))
})

afterEach(async () => {
  await Promise.all(drivers.splice(0).map((driver) => driver.close()))
  await rm(folder, { recursive: true, force: true })
})

const open = async (path = 'app.db', busyTimeoutMs = 1_000): Promise<Driver> => {
  const driver = await createSqliteDialect({ busyTimeoutMs }).open({ url: `sqlite:${join(folder, path)}`, pool: {} })
  drivers.push(driver)
  return driver
}

const run = (connection: Connection, sql: string, ...parameters: readonly unknown[]) =>
  connection.execute({ sql, parameters })

describe('a SQLite file', () => {
  test('is in WAL mode, syncs at checkpoints and holds foreign keys, on each connection', async () => {
    const driver = await open()
    for (const options of [writer, reader]) {
      const connection = await driver.acquire(options)
      const values = ['journal_mode', 'synchronous', 'foreign_keys', 'query_only'].map((name) => {
        const { rows } = run(connection, `pragma ${name}`) as StatementResult
        return rows[0]?.[name]
      })
      expect(values).toEqual(['wal', 1, 1, options.access === 'read' ? 1 : 0])
      await driver.release(connection)
    }
  })

  test('answers at once: nothing but its value comes back, no promise', async () => {
    const driver = await open()
    const connection = driver.acquire(writer) as Connection
    expect(connection).not.toBeInstanceOf(Promise)
    for (const answer of [
      run(connection, 'create table t (id integer primary key) strict'),
      connection.begin(serializable),
      run(connection, 'insert into t values (1)'),
      connection.savepoint('s'),
      connection.releaseSavepoint('s'),
      connection.commit(),
      run(connection, 'select id from t'),
    ]) {
      expect(answer).not.toBeInstanceOf(Promise)
    }
    await driver.release(connection)
  })

  test('waits for another process that writes without blocking the event loop, and then goes on', async () => {
    const driver = await open()
    const connection = await driver.acquire(writer)
    await run(connection, 'create table t (id integer primary key) strict')
    const other = new BetterSqlite3(join(folder, 'app.db'))
    other.exec('begin immediate')
    let ticks = 0
    const ticking = setInterval(() => {
      ticks += 1
    }, 2)
    setTimeout(() => other.exec('insert into t values (1); commit'), 80)
    await connection.begin(serializable)
    clearInterval(ticking)
    expect(ticks).toBeGreaterThan(5)
    expect(await run(connection, 'select id from t')).toMatchObject({ rows: [{ id: 1 }] })
    await connection.rollback()
    await driver.release(connection)
    other.close()
  })

  test('gives up with busy when the other one does not end in time', async () => {
    const driver = await open('app.db', 50)
    const other = new BetterSqlite3(join(folder, 'app.db'))
    other.exec('begin immediate')
    const connection = await driver.acquire(writer)
    await expect(connection.begin(serializable)).rejects.toMatchObject({
      kind: 'busy',
      retryable: true,
      endsSession: true,
    })
    other.close()
    await connection.begin(serializable)
    await connection.rollback()
    await driver.release(connection)
  })

  test('can be opened by several at the same moment', async () => {
    const opened = await Promise.all([open(), open(), open(), open()])
    expect(opened.map((driver) => driver.capabilities.separateWriter)).toEqual([true, true, true, true])
  })

  test('leaves no log behind once it is closed', async () => {
    const driver = await open()
    const connection = await driver.acquire(writer)
    await run(connection, 'create table t (id integer) strict')
    await driver.release(connection)
    await driver.release(await driver.acquire(reader))
    await driver.close()
    const { readdir } = await import('node:fs/promises')
    expect(await readdir(folder)).toEqual(['app.db'])
  })

  test('a connection that was released in a transaction starts anew', async () => {
    const driver = await open()
    const first = await driver.acquire(writer)
    await run(first, 'create table t (id integer) strict')
    await first.begin(serializable)
    await run(first, 'insert into t values (1)')
    await driver.release(first)
    const second = await driver.acquire(writer)
    expect(await run(second, 'select id from t')).toMatchObject({ rows: [] })
    await second.begin(serializable)
    await second.commit()
    await driver.release(second)
  })

  test('a full disk that ended the transaction ends the session', async () => {
    const driver = await open()
    const connection = await driver.acquire(writer)
    await run(connection, 'create table t (filler blob) strict')
    await run(connection, 'pragma max_page_count = 4')
    await connection.begin(serializable)
    const failed = (async () => run(connection, 'insert into t values (zeroblob(100000))'))()
    await expect(failed).rejects.toMatchObject({ kind: 'diskFull' })
    await connection.rollback()
    expect(await run(connection, 'select count(*) as n from t')).toMatchObject({ rows: [{ n: 0 }] })
    await driver.release(connection)
  })
})

describe('a path that cannot be opened', () => {
  const valuesFor = async (path: string): Promise<{ readonly reason: string; readonly remedy: string }> => {
    const error = await open(path).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE', values: { url: `sqlite:${join(folder, path)}` } })
    return (error as { values: { reason: string; remedy: string } }).values
  }
  const reasonFor = async (path: string): Promise<string> => (await valuesFor(path)).reason

  test('says that its folder is missing, and what to do', async () => {
    const { reason, remedy } = await valuesFor('no/such/app.db')
    expect(reason).toBe(`the folder ${join(folder, 'no/such')} does not exist`)
    expect(remedy).toBe('Create the folder or correct the path in the URL, then try again')
  })

  test('says that it is a folder', async () => {
    await mkdir(join(folder, 'app.db'))
    expect(await reasonFor('app.db')).toBe('it is a folder')
  })

  test('says that the file is something else', async () => {
    await writeFile(join(folder, 'notes.txt'), 'Not a database, but long enough to have a header. '.repeat(100))
    expect(await reasonFor('notes.txt')).toBe('the file is not a SQLite database')
  })

  test.skipIf(process.getuid?.() === 0)(
    'says that it is not writable (skipped: root may write everywhere)',
    async () => {
      await mkdir(join(folder, 'closed'), { mode: 0o500 })
      expect(await reasonFor('closed/app.db')).toBe('the file cannot be opened or created there')
    },
  )
})

describe('exact integers', () => {
  const beyond = 2n ** 53n + 1n

  test('a named statement that read small numbers is exact when large ones come', async () => {
    const driver = await open()
    const connection = await driver.acquire(writer)
    await run(connection, 'create table t (id integer primary key, big integer, size real) strict')
    await run(connection, 'insert into t values (1, 7, 1e300)')
    const read = () => {
      const { rows } = connection.execute({ sql: 'select * from t', parameters: [], name: 'all' }) as StatementResult
      return rows
    }
    expect(read()).toEqual([{ id: 1, big: 7, size: 1e300 }])
    await run(connection, 'update t set big = ?', beyond)
    expect(read()).toEqual([{ id: 1, big: beyond, size: 1e300 }])
    await run(connection, 'update t set big = 8')
    expect(read()).toEqual([{ id: 1, big: 8, size: 1e300 }])
    await driver.release(connection)
  })

  test('an expression of floats beyond 2^53 stays a float', async () => {
    const driver = await open()
    const connection = await driver.acquire(writer)
    const { rows } = await run(connection, 'select 1e300 * 2 as product, ? as one, null as none', 1)
    expect(rows).toEqual([{ product: 2e300, one: 1, none: null }])
    await driver.release(connection)
  })

  test('what was learnt about a column is forgotten when its table is rolled back', async () => {
    const driver = await open()
    const connection = await driver.acquire(writer)
    await run(connection, 'create table t (v integer) strict')
    await run(connection, 'insert into t values (?)', beyond)
    const read = () => connection.execute({ sql: 'select v from t', parameters: [], name: 'v' })
    await connection.begin(serializable)
    await run(connection, 'drop table t')
    await run(connection, 'create table t (v text) strict')
    expect(await read()).toMatchObject({ rows: [] })
    await connection.rollback()
    expect(await read()).toMatchObject({ rows: [{ v: beyond }] })
    await driver.release(connection)
  })
})
