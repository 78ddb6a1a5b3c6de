import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { backupDatabase, restoreDatabase, verifyDatabase } from '../../src/connect/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { prepared } from './prepared-backup.ts'
import { runStatements } from './run-statements.ts'

// Servers make and drop databases in seconds where others use the machine too.
vi.setConfig({ testTimeout: 90_000 })

const folder = mkdtempSync(join(tmpdir(), 'terrace-programs-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

describeEngines(
  'the client programs of this server',
  (engine) => {
    test('that are older than the server are told from those that are missing', async () => {
      const { url } = await prepared(engine, folder)
      const old = join(folder, 'old')
      mkdirSync(old)
      writeFileSync(join(old, 'pg_dump'), '#!/bin/sh\necho "pg_dump (PostgreSQL) 9.6.24"\n', { mode: 0o700 })
      vi.stubEnv('PATH', `${old}:${process.env['PATH']}`)
      await expect(backupDatabase(url, { folder })).rejects.toMatchObject({
        code: 'BACKUP_TOOL_MISSING',
        message: /pg_dump .* of release 9, older than the server's \d+/,
      })
    })

    test('that end in the middle of many statements end the restore, and nothing was changed', async () => {
      const { url } = await prepared(engine, folder)
      await runStatements(
        url,
        `create table many as select n, repeat('x', 100) as filler from generate_series(1, 5000) n`,
      )
      const { file } = await backupDatabase(url, { folder })
      for (const [name, script] of [
        ['psql', 'head -c 100000 > /dev/null; echo "psql:<stdin>:7: ERROR:  no room" >&2; exit 3'],
        ['pg_restore', 'head -c 300 "$5"; echo "half"; exit 0'],
        ['pg_restore', 'echo "pg_restore: error: cannot go on" >&2; exit 1'],
      ] as const) {
        const broken = mkdtempSync(join(folder, 'middle-'))
        const versioned = `#!/bin/sh\n[ "$1" = --version ] && { echo "x (PostgreSQL) 99.1"; exit 0; }\n${script}\n`
        writeFileSync(join(broken, name), versioned, { mode: 0o700 })
        vi.stubEnv('PATH', `${broken}:${process.env['PATH']}`)
        await expect(restoreDatabase(url, { file })).rejects.toMatchObject({
          code: 'RESTORE_FAILED',
          message: /(?:no room|before the end|cannot go on|syntax).*Nothing was changed/,
        })
        vi.unstubAllEnvs()
        expect((await verifyDatabase(url, { against: file })).problems).toEqual([])
      }
    })
  },
  ['postgres'],
)

describeEngines(
  'a restore that cannot be taken back',
  (engine) => {
    test('says that a part is there when it is stopped on the way, also to whoever verifies later, and begins anew', async () => {
      const { url, file } = await prepared(engine, folder)
      const hanging = mkdtempSync(join(folder, 'hanging-'))
      const script = '#!/bin/sh\n[ "$1" = --version ] && { echo "x (MariaDB) 99.1"; exit 0; }\nexec sleep 60\n'
      writeFileSync(join(hanging, 'mariadb'), script, { mode: 0o700 })
      vi.stubEnv('PATH', `${hanging}:${process.env['PATH']}`)
      const stopping = new AbortController()
      const reason = new Error('stopped by hand')
      setTimeout(() => stopping.abort(reason), 1_500)
      const error: unknown = await restoreDatabase(url, { file, signal: stopping.signal }).catch(
        (caught: unknown) => caught,
      )
      expect(error).toMatchObject({ code: 'RESTORE_FAILED', cause: reason, message: /only a part of the file/ })
      vi.unstubAllEnvs()
      expect((await verifyDatabase(url)).problems).toMatchObject([{ object: 'table _terrace_restoring' }])
      await restoreDatabase(url, { file })
      expect((await verifyDatabase(url, { against: file })).problems).toEqual([])
    })
  },
  ['mysql'],
)
