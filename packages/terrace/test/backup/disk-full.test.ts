import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { backupDatabase } from '../../src/connect/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { runStatements } from './run-statements.ts'

// Servers make and drop databases in seconds where others use the machine too.
vi.setConfig({ testTimeout: 90_000 })

const disk = mkdtempSync(join(tmpdir(), 'terrace-disk-'))
const isMounted = mounted()
afterAll(() => {
  if (isMounted) execFileSync('umount', [disk])
  rmdirSync(disk)
})

/** A disk of 300 KB, which only an administrator of Linux can make. */
function mounted(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', disk], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describeEngines(
  'a disk without room',
  (engine) => {
    test.skipIf(!isMounted)('is said, and no file is left', async () => {
      const { url } = await engine.fresh()
      const row = (n: number): string => `(${n}, '${crypto.randomUUID()}${crypto.randomUUID()}${crypto.randomUUID()}')`
      const rows = (from: number): string => Array.from({ length: 2_000 }, (_, at) => row(from + at)).join()
      await runStatements(
        url,
        'create table filler (id integer primary key, a varchar(200))',
        ...[0, 2_000, 4_000, 6_000, 8_000].map((from) => `insert into filler values ${rows(from)}`),
      )
      await expect(backupDatabase(url, { folder: join(disk, 'in') })).rejects.toMatchObject({
        code: 'BACKUP_FAILED',
        message: /no room left|No space left/,
      })
      expect(readdirSync(join(disk, 'in'))).toEqual([])
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
