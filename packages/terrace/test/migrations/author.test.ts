import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import { withOnlyConnection } from '../../src/database/index.ts'
import { graph, identity, type Columns, integer, model, shared, text } from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { refusalOf, revisionFolders, withMigrations } from './author-bench.ts'

const everyone = { access: shared({ write: 'everyone' }) } as const
const shelf = (columns: Columns) => graph({ Shelf: model('shelves', { id: identity(), ...columns }, everyone) })

const one = shelf({ name: text().length(1, 20) })

describeEngines(
  'writing revisions',
  (engine) => {
    const folderOf = revisionFolders()

    test('what cannot be planned is refused with its lines, and nothing is written', { timeout: 60_000 }, async () => {
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

    test(
      'branches that go together are joined by the next revision, and by a merge; others are refused by name',
      { timeout: 60_000 },
      async () => {
        const { url } = await engine.fresh()
        const folder = await folderOf()
        const branch = (models: ReturnType<typeof shelf>, description: string) =>
          withMigrations(url, { models, folder }, (migrations) => migrations.revision({ description }))
        await branch(one, 'first')
        const place = join(folder, (await dialectOf(url)).runtime.name)
        const written = async (): Promise<readonly string[]> =>
          (await readdir(place)).filter((name) => name.endsWith('.ts'))
        await branch(shelf({ name: text().length(1, 20), height: integer().default(1) }), 'height')
        // The other branch does not have the file yet.
        await onOtherBranch(place, 'height', () =>
          branch(shelf({ name: text().length(1, 20), width: integer().default(2) }), 'width'),
        )
        await withMigrations(url, { models: one, folder }, async (migrations) => {
          expect((await migrations.history()).heads).toHaveLength(2)
          expect(await refusalOf(migrations.check())).toMatchObject({ code: 'MIGRATION_HEADS' })
          const merged = await migrations.merge()
          expect(merged?.revision).toMatchObject({ up: [], down: [], description: 'merge' })
          expect(merged?.revision.parents).toHaveLength(2)
          expect(
            Object.values(merged?.snapshot.tables ?? {})[0]
              ?.columns.map(({ name }) => name)
              .toSorted(),
          ).toEqual(['height', 'id', 'name', 'width'])
          expect(await migrations.merge()).toBeNull()
          expect((await migrations.upgrade()).map(({ description }) => description).at(-1)).toBe('merge')
        })
        await branch(
          shelf({ name: text().length(1, 30), height: integer().default(1), width: integer().default(2) }),
          'longer',
        )
        await onOtherBranch(place, 'longer', () =>
          branch(
            shelf({ name: text().length(1, 40), height: integer().default(1), width: integer().default(2) }),
            'longest',
          ),
        )
        const before = await written()
        await withMigrations(url, { models: one, folder }, async (migrations) => {
          const { code, message, remedy } = await refusalOf(migrations.merge())
          expect(code).toBe('MIGRATION_CONFLICT')
          expect(message).toMatch(/shelves\.(name|ck_shelves_name_length)/)
          expect(message).toMatch(/longer.*longest|longest.*longer/s)
          expect(remedy).toMatch(/delete/)
          expect(await refusalOf(migrations.revision({ description: 'more' }))).toMatchObject({
            code: 'MIGRATION_CONFLICT',
          })
        })
        expect(await written()).toEqual(before)
      },
    )

    test('an empty revision has no steps, keeps the snapshot, and asks no database', { timeout: 60_000 }, async () => {
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
      { timeout: 60_000 },
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
          expect(shout).toMatchObject({ reversible: true, sampleRows: 6, losses: ['change-values shelves.name'] })
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
      { timeout: 60_000 },
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
  ['sqliteFile', 'postgres', 'mysql'],
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

/** Work without the files of a revision, which come back afterwards. */
async function onOtherBranch(place: string, slug: string, work: () => Promise<unknown>): Promise<void> {
  const { rename } = await import('node:fs/promises')
  const own = (await readdir(place)).filter((name) => name.includes(`_${slug}.`))
  for (const name of own) await rename(join(place, name), join(place, `.${name}`))
  await work()
  for (const name of own) await rename(join(place, `.${name}`), join(place, name))
}

describeEngines(
  'a scratch database that is given',
  (engine) => {
    const folderOf = revisionFolders()

    test(
      'is used instead of one that is made, has to be empty, and is empty afterwards',
      { timeout: 60_000 },
      async () => {
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
            (await dialect.contents(connection)).map(({ name }) => name),
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
      },
    )
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
