import { readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ModelMigrations, WrittenRevision } from '../../src/connect/index.ts'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import { withOnlyConnection } from '../../src/database/index.ts'
import { graph, identity, type Columns, integer, model, shared, text } from '../../src/model/index.ts'
import { engineNames } from '../../src/testing/servers.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'
import { refusalOf, revisionFolders, withMigrations } from './author-bench.ts'

const isLong = process.env['TERRACE_TEST_ALL'] !== undefined
// An embedded server takes seconds to begin.
const timeout = isLong ? 600_000 : 60_000
const everyone = { access: shared({ write: 'everyone' }) } as const
const shelf = (columns: Columns) => graph({ Shelf: model('shelves', { id: identity(), ...columns }, everyone) })

const name = text().length(1, 20)
const [height, width] = [integer().default(1), integer().default(2)]
const one = shelf({ name })

describeEngines(
  'writing revisions',
  (engine) => {
    const folderOf = revisionFolders()

    test('what cannot be planned is refused with its lines, and nothing is written', { timeout }, async () => {
      const { url } = await engine.fresh()
      const folder = await folderOf()
      await withMigrations(url, { models: one, folder }, (migrations) => migrations.revision({ description: 'first' }))
      const models = shelf({ label: text().length(1, 20) })
      await withMigrations(url, { models, folder }, async (migrations) => {
        const { code, message } = await refusalOf(migrations.revision({ description: 'label' }))
        expect(code).toBe('STRUCTURE_DRIFT')
        expect(message).toMatch(/column shelves\.label.*renamedFrom/s)
        expect((await migrations.history()).revisions).toHaveLength(1)
        expect(await migrations.check()).not.toEqual([])
      })
    })

    test('branches that go together are joined by the next revision, or by a merge', { timeout }, async () => {
      const { branch, fork, migrations } = await branches(engine, await folderOf())
      await branch(one, 'first')
      await branch(shelf({ name, height }), 'height')
      await fork('height', shelf({ name, width }), 'width')
      await migrations(async (each) => {
        expect((await each.history()).heads).toHaveLength(2)
        expect(await refusalOf(each.check())).toMatchObject({ code: 'MIGRATION_HEADS' })
      })
      const depth = integer().default(3)
      const joined = await branch(shelf({ name, width, height, depth }), 'depth')
      expect(joined?.revision.parents).toHaveLength(2)
      expect(columnsOf(joined)).toEqual(['depth', 'height', 'id', 'name', 'width'])
      await branch(shelf({ name, width, height, depth, weight: integer().nullable() }), 'weight')
      await fork('weight', shelf({ name, width, height, depth, note: text().length(0, 9).nullable() }), 'note')
      await migrations(async (each) => {
        const merged = await each.merge()
        expect(merged?.revision).toMatchObject({ up: [], down: [], description: 'merge' })
        expect(merged?.verified.sampleRows).toBe(3)
        expect(columnsOf(merged)).toEqual(['depth', 'height', 'id', 'name', 'note', 'weight', 'width'])
        expect(await each.merge()).toBeNull()
        expect((await each.upgrade()).map(({ description }) => description).at(-1)).toBe('merge')
      })
    })

    test('branches that do not are refused by name, and nothing is written', { timeout }, async () => {
      const { branch, fork, migrations } = await branches(engine, await folderOf())
      await branch(one, 'first')
      await branch(shelf({ name: text().length(1, 30) }), 'longer')
      await fork('longer', shelf({ name: text().length(1, 40) }), 'longest')
      await migrations(async (each) => {
        const { code, message, remedy } = await refusalOf(each.merge())
        expect(code).toBe('MIGRATION_CONFLICT')
        expect(message).toMatch(/shelves\.(name|ck_shelves_name_length)/)
        expect(message).toMatch(/longer.*longest|longest.*longer/s)
        expect(remedy).toMatch(/delete/)
        expect(await refusalOf(each.revision({ description: 'more' }))).toMatchObject({ code: 'MIGRATION_CONFLICT' })
        expect((await each.history()).revisions).toHaveLength(3)
      })
    })

    test(
      'statements that were written for one structure and meet another are refused where they lose it',
      { timeout },
      async () => {
        const { branch, fork, migrations } = await branches(engine, await folderOf())
        await branch(one, 'first')
        await branch(shelf({ name, height }), 'height')
        await fork('height', shelf({ name: text().length(1, 9), width }), 'shorter')
        const merged = await migrations((each) =>
          each.merge().then((written) => written?.revision.parents.length ?? 0, codeOf),
        )
        // SQLite makes the table anew for a rule, without the column that the other branch has.
        expect(merged).toBe(engine.name === 'sqliteFile' ? 'MIGRATION_CONFLICT' : 2)
      },
    )

    test('an empty revision has no steps, keeps the snapshot, and asks no database', { timeout }, async () => {
      const folder = await folderOf()
      const { url } = await engine.fresh()
      await withMigrations(url, { models: one, folder, production: true }, async (migrations) => {
        const written = await migrations.revision({ description: 'by hand', empty: true })
        expect(written).toMatchObject({
          plan: null,
          snapshot: { tables: {} },
          revision: { up: [], down: [], parents: [] },
        })
        expect(await refusalOf(migrations.revision({ description: 'first' }))).toMatchObject({
          code: 'SCRATCH_REFUSED',
        })
      })
    })

    test(
      'what was written by hand is tried with rows: a way back that is none is told with the file',
      { timeout },
      async () => {
        const { url } = await engine.fresh()
        const folder = await folderOf()
        await withMigrations(url, { models: one, folder }, async (migrations) => {
          await migrations.revision({ description: 'first' })
          const written = await migrations.revision({ description: 'shout', empty: true })
          const file = written?.revision.file ?? ''
          await byHand(file, written?.revision.parents ?? [], {
            up: [
              `{ data: 'shout', version: 1, run: async (rows) => { await rows.run("update shelves set name = upper(name)") } }`,
            ],
            down: [],
          })
          const [, shout] = await migrations.verify()
          expect(shout).toMatchObject({ reversible: true, sampleRows: 3, losses: ['change-values shelves.name'] })
          await byHand(file, written?.revision.parents ?? [], {
            up: [`{ sql: 'create table extras (id integer not null)' }`],
            down: [],
          })
          const { code, message, remedy } = await refusalOf(migrations.verify())
          expect(code).toBe('MIGRATION_UNVERIFIED')
          expect(message).toMatch(/shout.*upgrade.*extras/s)
          expect(remedy).toContain(file)
        })
      },
    )

    test(
      'a step that rows stand against is told, unless it counts them first; then it is tried without',
      { timeout },
      async () => {
        const { url } = await engine.fresh()
        const folder = await folderOf()
        await withMigrations(url, { models: one, folder }, async (migrations) => {
          await migrations.revision({ description: 'first' })
          const written = await migrations.revision({ description: 'gone', empty: true })
          const [file, parents] = [written?.revision.file ?? '', written?.revision.parents ?? []]
          const insert = `{ sql: 'insert into shelves (id, name) select min(id), min(name) from shelves' }`
          await byHand(file, parents, { up: [insert], down: [] })
          const { code, message } = await refusalOf(migrations.verify())
          expect(code).toBe('MIGRATION_UNVERIFIED')
          expect(message).toMatch(/step 1 of 1/)
          const refuseIf = `refuseIf: [{ sql: 'select count(*) as offending from shelves', rows: 'rows' }]`
          await byHand(file, parents, {
            up: [`{ sql: 'update shelves set id = 1 where id < 0', ${refuseIf} }`],
            down: [],
          })
          const [, gone] = await migrations.verify()
          expect(gone?.notes).toEqual([
            expect.stringMatching(/^shelves: tried upgrade without rows, which it refuses: rows$/),
          ])
        })
      },
    )
  },
  isLong ? engineNames : ['sqliteFile'],
)

interface Steps {
  readonly up: readonly string[]
  readonly down: readonly string[]
}

async function byHand(file: string, parents: readonly string[], { up, down }: Steps): Promise<void> {
  const [, dialect, revision, description] = /(\w+)\/(\w+?)_(\w+)\.ts$/.exec(file) ?? []
  await writeFile(
    file,
    `import { migration } from 'terrace/database'
export default migration({
  dialect: '${dialect}', revision: '${revision}', parents: ${JSON.stringify(parents)}, description: '${description}',
  up: [${up.join(', ')}],
  down: [${down.join(', ')}],
})
`,
  )
}

interface Branches {
  readonly branch: (models: typeof one, description: string) => Promise<WrittenRevision | null>
  /** The same in a folder that does not have the revision of another branch yet. */
  readonly fork: (without: string, models: typeof one, description: string) => Promise<void>
  readonly migrations: <T>(work: (migrations: ModelMigrations) => Promise<T>) => Promise<T>
}

async function branches(engine: EngineUnderTest, folder: string): Promise<Branches> {
  const { url } = await engine.fresh()
  const place = join(folder, (await dialectOf(url)).runtime.name)
  const branch: Branches['branch'] = (models, description) =>
    withMigrations(url, { models, folder }, (migrations) => migrations.revision({ description }))
  return {
    branch,
    fork: async (without, models, description) => {
      const hidden = (await readdir(place)).filter((file) => file.includes(`_${without}.`))
      for (const file of hidden) await rename(join(place, file), join(place, `.${file}`))
      await branch(models, description)
      for (const file of hidden) await rename(join(place, `.${file}`), join(place, file))
    },
    migrations: (work) => withMigrations(url, { models: one, folder }, work),
  }
}

function columnsOf(written: WrittenRevision | null): readonly string[] {
  const [table] = Object.values(written?.snapshot.tables ?? {})
  return (table?.columns ?? []).map((column) => column.name).toSorted()
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown }).code
}

describeEngines(
  'a scratch database that is given',
  (engine) => {
    const folderOf = revisionFolders()

    test('is used instead of one that is made, has to be empty, and is empty afterwards', { timeout }, async () => {
      const { url: scratch } = await engine.fresh()
      const folder = await folderOf()
      const { runtime, scratch: dialect } = await dialectOf(scratch)
      const nowhere = {
        sqliteFile: 'sqlite:/nowhere/at-all.db',
        postgres: 'postgres://nobody@127.0.0.1:1/none',
        mysql: 'mysql://nobody@127.0.0.1:1/none',
      }
      const url = nowhere[engine.name as keyof typeof nowhere]
      const contents = (): Promise<readonly string[]> =>
        withOnlyConnection({ url: scratch, open: runtime.open }, async (connection) =>
          (await dialect.contents(connection)).map((object) => object.name),
        )
      await withMigrations(url, { models: one, folder, scratch, production: true }, async (migrations) => {
        expect(await migrations.revision({ description: 'first' })).not.toBeNull()
        expect(await contents()).toEqual([])
        expect(await migrations.check()).toEqual([])
        expect(await refusalOf(migrations.current())).toMatchObject({ code: 'DATABASE_UNREACHABLE' })
      })
      await withMigrations(scratch, { models: one, folder }, (migrations) => migrations.upgrade())
      await withMigrations(url, { models: one, folder, scratch }, async (migrations) => {
        const { code, message } = await refusalOf(migrations.verify())
        expect(code).toBe('SCRATCH_REFUSED')
        expect(message).toMatch(/table shelves/)
      })
      expect(await contents()).toContain('table shelves')
    })
  },
  isLong ? ['sqliteFile', 'postgres', 'mysql'] : ['sqliteFile', 'postgres'],
)
