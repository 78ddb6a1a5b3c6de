import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
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

test('a folder is used by one process at a time, and by the next as soon as that one is killed', async () => {
  const above = await mkdtemp(join(tmpdir(), 'terrace-test-'))
  onTestFinished(() => rm(above, { recursive: true, force: true }))
  const options = { url: `pglite:${join(above, 'app')}`, pool: {} }
  const script = `const { postgresDialect } = await import(${JSON.stringify(new URL('dialect.ts', import.meta.url).href)})
    await postgresDialect.open(${JSON.stringify(options)})
    console.log('open')
    setInterval(() => undefined, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  await expect(postgresDialect.open(options)).rejects.toMatchObject({
    code: 'DATABASE_UNREACHABLE',
    message: expect.stringMatching(new RegExp(`the folder is in use by process ${holder.pid}$`)),
    remedy: expect.stringContaining(`${join(above, 'app')}.lock`),
  })
  const ended = once(holder, 'exit')
  holder.kill('SIGKILL')
  await ended

  const next = await postgresDialect.open(options)
  const connection = await next.acquire(soon)
  await next.release(connection, { broken: true })
  await expect(postgresDialect.open(options)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' })
  await next.close()
  expect(await readdir(above)).toEqual(['app'])
})

test('a folder that cannot be opened is not held', async () => {
  const above = await mkdtemp(join(tmpdir(), 'terrace-test-'))
  onTestFinished(() => rm(above, { recursive: true, force: true }))
  await mkdir(join(above, 'app'))
  await writeFile(join(above, 'app', 'PG_VERSION'), 'none')
  const error = postgresDialect.open({ url: `pglite:${join(above, 'app')}`, pool: {} })
  await expect(error).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' })
  expect(await readdir(above)).toEqual(['app'])
})
