import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { backupDatabase, restoreDatabase, verifyDatabase } from '../../src/connect/index.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'
import { oddDatabase, oddName } from './odd-database.ts'
import { runStatements } from './run-statements.ts'

type Engine = keyof typeof oddDatabase

const folder = mkdtempSync(join(tmpdir(), 'terrace-backup-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Two databases: what is taken from one is also put into the other. The embedded server needs folders. */
async function twoUrls(engine: EngineUnderTest): Promise<readonly [string, string]> {
  if (engine.name !== 'pglite') return [(await engine.fresh()).url, (await engine.fresh()).url]
  const at = join(folder, `pglite-${randomBytes(4).toString('hex')}`)
  return [`pglite:${at}-one`, `pglite:${at}-two`]
}

const engines: readonly Engine[] =
  process.env['TERRACE_BACKUP_ROUNDS'] === undefined
    ? ['sqliteFile', 'postgres', 'mysql']
    : ['sqliteFile', 'postgres', 'mysql', 'pglite']

describeEngines(
  'a backup',
  (engine) => {
    test('restores every value, name, rule, view, trigger and number, in another database and in its own', async () => {
      const [url, other] = await twoUrls(engine)
      const name = engine.name as Engine
      const table = oddName[name]
      await runStatements(url, ...oddDatabase[name])
      const { file, manifestFile, manifest } = await backupDatabase(url, { folder })
      expect(JSON.parse(readFileSync(manifestFile, 'utf8'))).toEqual(manifest)
      expect(manifest.tables['child']?.rows).toBe(3)
      expect(manifest.tables['leftover']?.rows).toBe(3)
      expect(manifest.file.bytes).toBe(statSync(file).size)
      expect([file, manifestFile].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600])
      expect(readdirSync(folder).filter((left) => left.startsWith('.'))).toEqual([])
      expect(await verifyDatabase(url, { against: file })).toMatchObject({ sound: true, problems: [] })

      const report = await restoreDatabase(other, { file })
      expect(report.tables).toEqual(manifest.tables)
      const added = name === 'mysql' || name === 'sqliteFile' ? `'new'` : `'new 🥖'`
      await runStatements(other, `insert into ${table} (${name === 'mysql' ? '`näme`' : '"näme"'}) values (${added})`)
      const [next] = await runStatements(other, `select max(id) as id from ${table}`)
      expect(Number(next?.['id'])).toBe(4)

      await runStatements(
        url,
        'create table made_after (id integer primary key)',
        'drop view seen',
        'delete from leftover',
        'insert into child (id, parent) values (77, 3)',
      )
      expect((await verifyDatabase(url, { against: file })).problems.map(({ object }) => object)).toEqual([
        'structure',
        'table child',
        'table leftover',
        'table made_after',
      ])
      await restoreDatabase(url, { file })
      expect(await verifyDatabase(url, { against: manifestFile })).toMatchObject({ sound: true, problems: [] })
      expect(await runStatements(url, 'select n from seen')).toEqual([{ n: 3 }])
      await runStatements(url, 'insert into child (id, parent) values (78, 3)')
      expect(await runStatements(url, `select a from leftover where a = '78'`)).not.toEqual([])
    }, 120_000)
  },
  engines,
)
