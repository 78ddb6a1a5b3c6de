import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { backupDatabase, restoreDatabase, verifyDatabase } from '../../src/connect/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { itemsIn, prepared } from './prepared-backup.ts'

// Servers make and drop databases in seconds where others use the machine too.
vi.setConfig({ testTimeout: 90_000 })

const folder = mkdtempSync(join(tmpdir(), 'terrace-tools-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

describeEngines(
  'a server’s own tools',
  (engine) => {
    test('are asked for by name where they are not there, with what to install, and nothing is begun', async () => {
      const { url, file } = await prepared(engine, folder)
      const empty = join(folder, 'empty')
      mkdirSync(empty, { recursive: true })
      vi.stubEnv('PATH', empty)
      const missing = { code: 'BACKUP_TOOL_MISSING', message: /not in PATH/, remedy: /apt install/ }
      await expect(backupDatabase(url, { folder: join(folder, 'unmade') })).rejects.toMatchObject(missing)
      await expect(restoreDatabase(url, { file })).rejects.toMatchObject(missing)
      expect(readdirSync(join(folder, 'unmade'))).toEqual([])
      vi.unstubAllEnvs()
      expect(await itemsIn(url)).toBe(3)
    })

    test('that fail are quoted, without the password, and leave no file', async () => {
      const { url, file } = await prepared(engine, folder)
      const broken = join(folder, `broken-${engine.name}`)
      mkdirSync(broken)
      for (const tool of ['pg_dump', 'pg_restore', 'psql', 'mariadb-dump', 'mariadb']) {
        const script = `#!/bin/sh\n[ "$1" = --version ] && { echo "tool (MariaDB) 99.1"; exit 0; }\necho "arguments: $*" >&2; echo "error: disk is full" >&2\nexit 3\n`
        writeFileSync(join(broken, tool), script)
        chmodSync(join(broken, tool), 0o700)
      }
      vi.stubEnv('PATH', `${broken}:${process.env['PATH']}`)
      const at = join(folder, `failed-${engine.name}`)
      await expect(backupDatabase(url, { folder: at })).rejects.toMatchObject({
        code: 'BACKUP_FAILED',
        message: /says: error: disk is full/,
      })
      expect(readdirSync(at)).toEqual([])
      const state = engine.name === 'postgres' ? /Nothing was changed/ : /only a part/
      await expect(restoreDatabase(url, { file })).rejects.toMatchObject({ code: 'RESTORE_FAILED', message: state })
      vi.unstubAllEnvs()
      const isWhole = engine.name === 'postgres'
      const left = await verifyDatabase(url)
      expect(left.tables['items']?.rows ?? 0).toBe(isWhole ? 3 : 0)
      const unfinished = left.problems.filter(({ what }) => what.includes('has not ended'))
      expect([left.problems.length, unfinished.length]).toEqual(isWhole ? [0, 0] : [1, 1])
      await restoreDatabase(url, { file })
      expect((await verifyDatabase(url, { against: file })).problems).toEqual([])
    })

    test('are given the password where nobody reads it, and a wrong one is told without it', async () => {
      const { url } = await engine.fresh()
      const wrong = new URL(url)
      wrong.username = 'terrace_nobody'
      wrong.password = 'hunter2-secret'
      const error: unknown = await backupDatabase(wrong.href, { folder }).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ code: expect.stringMatching(/^(?:DATABASE_UNREACHABLE|BACKUP_FAILED)$/) as string })
      expect(String(error) + JSON.stringify(error)).not.toContain('hunter2')
    })
  },
  ['postgres', 'mysql'],
)
