import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { postgresDialect } from './dialect.ts'

const soon = { access: 'write', timeoutMs: 2_000 } as const

test('a folder keeps what was committed, and is created with those above it', async () => {
  const above = await mkdtemp(join(tmpdir(), 'terrace-test-'))
  onTestFinished(() => rm(above, { recursive: true, force: true }))
  const options = { url: `pglite:${join(above, 'data', 'app')}`, pool: {} }
  const first = await postgresDialect.open(options)
  const writing = await first.acquire(soon)
  await writing.execute({ sql: 'create table notes (note text)', parameters: [] })
  await writing.execute({ sql: 'insert into notes values ($1)', parameters: ['kept'] })
  await first.release(writing)
  await first.close()

  const second = await postgresDialect.open(options)
  const reading = await second.acquire(soon)
  expect((await reading.execute({ sql: 'select note from notes', parameters: [] })).rows).toEqual([{ note: 'kept' }])
  await second.release(reading)
  await second.close()
})

test('a statement whose result changed its shape is prepared anew, inside a transaction by repeating the unit', async () => {
  const driver = await postgresDialect.open({ url: 'pglite:', pool: {} })
  const connection = await driver.acquire(soon)
  const run = async (sql: string) => connection.execute({ sql, parameters: [] })
  const all = { sql: 'select * from shapes', parameters: [], name: 'all_shapes' }
  await run('create table shapes (id int)')
  await connection.execute(all)
  await connection.begin({ isolation: 'readCommitted', readOnly: false })
  await run('insert into shapes values (1)')
  await run('alter table shapes add size int')
  expect(() => connection.execute(all)).toThrow(expect.objectContaining({ kind: 'serialization', retryable: true }))
  await connection.rollback()
  expect((await connection.execute(all)).rows).toEqual([])
  await run('alter table shapes add size int')
  await run('insert into shapes values (1, 2)')
  expect((await connection.execute(all)).rows).toEqual([{ id: 1, size: 2 }])
  await driver.release(connection)
  await driver.close()
})
