import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import {
  backupDatabase,
  openDatabase,
  openMigrations,
  restoreDatabase,
  verifyDatabase,
} from '../../src/connect/index.ts'
import { graph, identity, integer, model, reference, shared, text } from '../../src/model/index.ts'
import { sqlitePathOf } from '../corpora/sqlite-path.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'
import { runStatements } from './run-statements.ts'

// Servers make and drop databases in seconds where others use the machine too.
vi.setConfig({ testTimeout: 90_000 })

const folder = mkdtempSync(join(tmpdir(), 'terrace-verify-'))
afterAll(() => rmSync(folder, { recursive: true }))

const access = shared({ write: 'everyone' })
const Shelf = model(
  'shelves',
  { id: identity(), name: text().length(1, 20) },
  { access, seeds: [{ name: 'top' }, { name: 'bottom' }] },
)
const Thing = model('things', { id: identity(), shelfId: reference(Shelf), size: integer() }, { access })
const models = graph({ Shelf, Thing })

async function opened(engine: EngineUnderTest): Promise<string> {
  const { url } = await engine.fresh()
  await (await openDatabase(url, { models })).close()
  await runStatements(url, 'insert into things (shelf_id, size) values (1, 5), (2, 7)')
  return url
}

/** Writes what the engine would refuse, and what a person does by hand. */
const damages = {
  sqliteFile: [
    'pragma foreign_keys = off',
    'insert into things (shelf_id, size) values (99, 1)',
    'alter table things rename column size to width',
  ],
  postgres: [
    'alter table things disable trigger all',
    'insert into things (shelf_id, size) values (99, 1)',
    'alter table things enable trigger all',
    'alter table things rename column size to width',
    'alter table things add constraint ck_later check (width > 6) not valid',
  ],
  mysql: [
    'set foreign_key_checks = 0',
    'insert into things (shelf_id, size) values (99, 1)',
    'set foreign_key_checks = 1',
    'alter table things rename column size to width',
  ],
} as const

describeEngines(
  'verifying a database',
  (engine) => {
    test.skipIf(engine.name === 'postgres')('names a view that asks for what is no longer there', async () => {
      const url = await opened(engine)
      await runStatements(
        url,
        'create table others (id integer primary key)',
        'create view v_others as select id from others',
        'drop table others',
      )
      const { problems, sound } = await verifyDatabase(url)
      expect([sound, problems]).toEqual([
        false,
        [expect.objectContaining({ object: 'view v_others', what: expect.stringMatching(/^does not work: .*others/) })],
      ])
    })

    test('finds it sound as the models made it, and lists orphans, hand changes and rules that were never held', async () => {
      const url = await opened(engine)
      const sound = await verifyDatabase(url, { models })
      expect(sound).toMatchObject({ sound: true, problems: [], tables: { shelves: { rows: 2 }, things: { rows: 2 } } })

      await runStatements(url, ...damages[engine.name as keyof typeof damages])
      const { problems, structure } = await verifyDatabase(url, { models })
      expect(structure).not.toBe(sound.structure)
      const objects = problems.map(({ object }) => object)
      expect(objects).toContainEqual(expect.stringMatching(/^foreign key things\./))
      expect(objects).toContainEqual(expect.stringMatching(/size|width/))
      expect(problems.find(({ object }) => object.startsWith('foreign key'))).toMatchObject({
        what: 'rows that refer to no row of shelves: 1',
        remedy: /shelf_id/,
      })
      expect(objects.filter((object) => object === 'constraint things.ck_later')).toHaveLength(
        engine.name === 'postgres' ? 1 : 0,
      )
      expect(problems.every(({ what, remedy }) => what !== '' && remedy !== '')).toBe(true)
    })

    test('goes on with numbers that nobody has after a restore, and knows the rows of the backup again', async () => {
      const url = await opened(engine)
      const { file, manifest } = await backupDatabase(url, { folder })
      expect(manifest.tables['things']).toEqual((await verifyDatabase(url)).tables['things'])
      await runStatements(
        url,
        'insert into things (shelf_id, size) values (1, 8)',
        "update shelves set name = 'first' where id = 1",
      )
      expect((await verifyDatabase(url, { against: file })).problems).toMatchObject([
        { object: 'table shelves', what: /2 rows, and their checksum/ },
        { object: 'table things', what: /3 rows, and 2/ },
      ])
      await restoreDatabase(url, { file })
      expect(await verifyDatabase(url, { models, against: file })).toMatchObject({ sound: true })
      await runStatements(url, 'insert into things (shelf_id, size) values (1, 9)')
      const [row] = await runStatements(url, 'select max(id) as id, count(*) as n from things')
      expect([Number(row?.['id']) > 2, Number(row?.['n'])]).toEqual([true, 3])
      // A start finds its journal and ledger as they were, and nothing to do.
      const database = await openDatabase(url, { models, structure: 'check' })
      await database.close()
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

describeEngines(
  'a database with revisions',
  (engine) => {
    test('says in the manifest which were applied, and knows them again after a restore', async () => {
      const { url } = await engine.fresh()
      const migrations = await openMigrations(url, { models, folder: join(folder, 'migrations') })
      try {
        const written = await migrations.revision({ description: 'begin' })
        await migrations.upgrade()
        const { file, manifest } = await backupDatabase(url, { folder })
        expect(manifest.revisions).toEqual([written?.revision.revision])
        await migrations.downgrade('base')
        await migrations.close()
        await restoreDatabase(url, { file })
      } finally {
        await migrations.close()
      }
      const after = await openMigrations(url, { models, folder: join(folder, 'migrations') })
      expect((await after.current()).pending).toEqual([])
      await after.close()
      expect((await verifyDatabase(url, { models })).problems).toEqual([])
    })
  },
  ['sqliteFile'],
)

describeEngines(
  'a damaged file',
  (engine) => {
    test('is found by verifying, is not taken for a backup, and is replaced by one', async () => {
      const url = await opened(engine)
      await runStatements(
        url,
        'create table filled (a text)',
        `insert into filled select hex(randomblob(2000)) from (values (1), (2), (3), (4))`,
      )
      const { file } = await backupDatabase(url, { folder })
      const path = sqlitePathOf(url)
      const bytes = readFileSync(path)
      bytes.fill(0x5a, bytes.length - 6_000)
      writeFileSync(path, bytes)
      const { sound, problems } = await verifyDatabase(url).catch((error: unknown) => ({
        sound: false,
        problems: [error],
      }))
      expect([sound, problems.length > 0]).toEqual([false, true])

      // The same damage in a file without a manifest.
      const damaged = join(folder, 'damaged.db')
      writeFileSync(damaged, bytes)
      const other = (await engine.fresh()).url
      await runStatements(other, 'create table kept (a text)')
      await expect(restoreDatabase(other, { file: damaged })).rejects.toMatchObject({
        code: 'RESTORE_FAILED',
        message: /damaged.*Nothing was changed/,
      })
      expect(await runStatements(other, 'select * from kept')).toEqual([])

      // No database at all, with a log of another one beside it.
      writeFileSync(path, 'this was a database once')
      writeFileSync(`${path}-wal`, 'and this its log')
      await restoreDatabase(url, { file })
      expect((await verifyDatabase(url, { models, against: file })).problems.map(({ object }) => object)).toEqual([])
    })
  },
  ['sqliteFile'],
)
