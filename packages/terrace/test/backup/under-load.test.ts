import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { backupDatabase, restoreDatabase } from '../../src/connect/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { runStatements } from './run-statements.ts'
import { loadTables, startLoad, tornParts, totalsOf } from './writing-load.ts'

const rounds = Number(process.env['TERRACE_BACKUP_ROUNDS'] ?? 2)

const folder = mkdtempSync(join(tmpdir(), 'terrace-load-'))
afterAll(() => rmSync(folder, { recursive: true }))

describeEngines(
  'a backup while three writers commit',
  (engine) => {
    test(
      `has a prefix of what each was told is committed, no half of a transaction, and its manifest's own rows, in ${rounds} rounds`,
      async () => {
        const { url } = await engine.fresh()
        const { url: copy } = await engine.fresh()
        await runStatements(url, ...loadTables)
        const load = await startLoad(url, 1)
        try {
          await sleep(200)
          for (let round = 0; round < rounds; round += 1) {
            const before = load.acknowledged()
            const { file, manifest } = await backupDatabase(url, { folder })
            const after = load.acknowledged()
            // A writer that is a transaction ahead of what it was told.
            const most = after.map((n) => n + 1)
            // Rows and checksums are compared with the manifest, which was written while the rows went on changing.
            await restoreDatabase(copy, { file })
            expect(await tornParts(copy)).toEqual([])
            const copied = await totalsOf(copy)
            expect(manifest.tables['entries']?.rows).toBe(2 * copied.reduce((sum, n) => sum + n, 0))
            for (const [writer, n] of copied.entries()) {
              expect(n).toBeGreaterThanOrEqual(before[writer] ?? 0)
              expect(n).toBeLessThanOrEqual(most[writer] ?? 0)
            }
            // The load was one: somebody wrote while the backup ran.
            expect(after.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(before.reduce((sum, n) => sum + n, 0))
          }
        } finally {
          await load.stop()
        }
        expect(await tornParts(url)).toEqual([])
      },
      20_000 + rounds * 10_000,
    )
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
