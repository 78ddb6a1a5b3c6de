import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { backupDatabase, restoreDatabase, verifyDatabase } from '../../src/connect/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { runStatements } from './run-statements.ts'

// Servers make and drop databases in seconds where others use the machine too.
vi.setConfig({ testTimeout: 90_000 })

const folder = mkdtempSync(join(tmpdir(), 'terrace-rights-'))
afterAll(() => rmSync(folder, { recursive: true }))

const user = `terrace_test_${randomBytes(4).toString('hex')}`

function asUser(url: string): string {
  const own = new URL(url)
  own.username = user
  own.password = encodeURIComponent('p@ss w%rd')
  return own.href
}

describeEngines(
  'a user without special rights',
  (engine) => {
    test('backs up what it may read, restores what it owns, and is told before what it may not make', async () => {
      const { url } = await engine.fresh()
      const { url: target } = await engine.fresh()
      const name = new URL(target).pathname.slice(1)
      await runStatements(
        url,
        'create table items (id integer primary key auto_increment)',
        'insert into items values (1), (2)',
        'create trigger kept before insert on items for each row set new.id = new.id',
        `create user ${user} identified by 'p@ss w%rd'`,
        `grant select, show view, trigger, event on ${new URL(url).pathname.slice(1)}.* to ${user}`,
        `grant all on ${name}.* to ${user}`,
      )
      try {
        const { file, manifest } = await backupDatabase(asUser(url), { folder })
        expect(manifest.tables['items']?.rows).toBe(2)
        expect(manifest.notes).toMatchObject([/does not see all.*routines \(without EXECUTE\)$/])
        await runStatements(target, 'create table was_there (id integer)')
        // Its trigger runs as the one who made it.
        await expect(restoreDatabase(asUser(target), { file })).rejects.toMatchObject({
          code: 'RESTORE_FAILED',
          message: /run as `root`@.*SET USER.*Nothing was changed/,
        })
        expect((await verifyDatabase(target)).tables).toHaveProperty('was_there')
        await runStatements(url, 'drop trigger kept')
        const { file: plain } = await backupDatabase(asUser(url), { folder })
        expect((await restoreDatabase(asUser(target), { file: plain })).tables['items']?.rows).toBe(2)
        const refused = new URL(asUser(url))
        refused.pathname = '/mysql'
        await expect(backupDatabase(refused.href, { folder })).rejects.toMatchObject({
          code: expect.stringMatching(/^(?:DATABASE_UNREACHABLE|BACKUP_FAILED)$/) as string,
        })
      } finally {
        await runStatements(url, `drop user ${user}`)
      }
    })
  },
  ['mysql'],
)

describeEngines(
  'a role without special rights',
  (engine) => {
    test('backs up what it may read and restores its own database; a role that is not there is named', async () => {
      const { url } = await engine.fresh()
      const { url: target } = await engine.fresh()
      const database = new URL(target).pathname.slice(1)
      await runStatements(
        url,
        'create table items (id serial primary key, kind text)',
        `insert into items (kind) values ('a'), ('b')`,
        `create role ${user} login password 'p@ss w%rd'`,
        `grant select on all tables in schema public to ${user}`,
        `grant select on all sequences in schema public to ${user}`,
        `alter database ${database} owner to ${user}`,
        `create role ${user}_gone`,
      )
      try {
        const { file } = await backupDatabase(asUser(url), { folder })
        // What belongs to the administrator cannot be given to the administrator by others.
        await expect(restoreDatabase(asUser(target), { file })).rejects.toMatchObject({
          code: 'RESTORE_FAILED',
          message: /must be (?:member of|able to SET) role.*Nothing was changed/i,
        })
        await runStatements(url, `alter table items owner to ${user}`)
        const { file: own } = await backupDatabase(asUser(url), { folder })
        expect((await restoreDatabase(asUser(target), { file: own })).tables['items']?.rows).toBe(2)

        await runStatements(url, `alter table items owner to ${user}_gone`)
        const { file: lost } = await backupDatabase(url, { folder })
        await runStatements(url, `drop table items`, `drop role ${user}_gone`)
        await expect(restoreDatabase(url, { file: lost })).rejects.toMatchObject({
          code: 'RESTORE_FAILED',
          message: new RegExp(`role "${user}_gone" does not exist`),
          remedy: /Create the roles/,
        })
      } finally {
        await runStatements(url, `alter database ${database} owner to current_user`)
        await runStatements(target, `drop owned by ${user}`)
        await runStatements(url, `drop owned by ${user}`, `drop role ${user}`, `drop role if exists ${user}_gone`)
      }
    })
  },
  ['postgres'],
)
