import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { backupDatabase, restoreDatabase, verifyDatabase } from '../../src/connect/index.ts'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import { runStatements } from './run-statements.ts'

const folder = mkdtempSync(join(tmpdir(), 'terrace-embedded-'))
afterAll(() => rmSync(folder, { recursive: true }))

const url = `pglite:${join(folder, 'app')}`

test('a folder that somebody uses is neither backed up nor restored, and a file that is no archive leaves it as it was', async () => {
  await runStatements(url, 'create table items (id integer primary key)', 'insert into items values (1)')
  const { file } = await backupDatabase(url, { folder: join(folder, 'backups') })
  expect(file).toMatch(/\.tar\.gz$/)

  const { runtime } = await dialectOf(url)
  const driver = await runtime.open({ url, pool: {} })
  await expect(backupDatabase(url, { folder })).rejects.toMatchObject({
    code: 'DATABASE_UNREACHABLE',
    message: /in use/,
  })
  await expect(restoreDatabase(url, { file })).rejects.toMatchObject({
    code: 'DATABASE_UNREACHABLE',
    message: /in use/,
  })
  await driver.close()

  const broken = join(folder, 'broken.tar.gz')
  writeFileSync(broken, Buffer.from('\x1f\x8b\x08 and nothing that can be unpacked', 'latin1'))
  await expect(restoreDatabase(url, { file: broken })).rejects.toMatchObject({
    code: 'RESTORE_FAILED',
    message: /Nothing was changed/,
  })
  expect(await verifyDatabase(url, { against: file })).toMatchObject({ sound: true, tables: { items: { rows: 1 } } })
  expect(readdirSync(folder).toSorted()).toEqual(['app', 'backups', 'broken.tar.gz'])
}, 120_000)

test('a folder that is not there is not made by looking at it', async () => {
  const nowhere = `pglite:${join(folder, 'nowhere')}`
  await expect(verifyDatabase(nowhere)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' })
  await expect(backupDatabase(nowhere, { folder })).rejects.toMatchObject({ code: 'BACKUP_FAILED' })
  expect(existsSync(join(folder, 'nowhere'))).toBe(false)
})
