import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, expect, test, vi } from 'vitest'
import {
  introspectDatabase,
  openDatabase,
  openMigrations,
  unscoped,
  type ModelMigrations,
  type OpenMigrationsOptions,
} from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { pullModels, type PulledModels } from '../../src/generate/index.ts'
import type { BoundModel } from '../../src/model/index.ts'
import { differencesOf } from '../laws/comparable-snapshot.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { othersDatabases, type MadeOn, type Maker, type OthersDatabase } from './others-databases.ts'
import { planOf, withStructureOf } from './plan-of.ts'
import { PulledFolder, type Models } from './pulled-folder.ts'
import { rowsOf, runScript } from './run-script.ts'

// Databases are made and dropped, and a compiler is started, beside other tests.
vi.setConfig({ testTimeout: 60_000 })

const folder = await PulledFolder.make()
afterAll(() => folder.remove())

interface Taking {
  /** The file of the model that is changed later, and how. */
  readonly changed: string
  change(text: string): string
  /** What the change is told as. */
  readonly kinds: readonly string[]
  /** Rows that are written through the DAO, by model. */
  readonly created: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const withNickname = (text: string): string =>
  text.replace('\n  {\n', '\n  {\n    nickname: text().length(0, 40).nullable(),\n')

const takings: Readonly<Record<Maker, Taking>> = {
  Alembic: {
    changed: 'account.model.ts',
    change: (text) => withNickname(text.replaceAll('200', '300')),
    kinds: ['addColumn', 'alterColumn'],
    created: { Tag: { code: 'new' }, Bookmark: { accountId: 1, url: 'https://example.org/2' } },
  },
  Prisma: {
    changed: 'user.model.ts',
    change: withNickname,
    kinds: ['addColumn'],
    created: { Category: { id: 'c2', name: 'Sports' }, Post: { title: 'Second', authorId: 'ckv1' } },
  },
}

/** All of them by `npm run test:pull`. */
const isWhole = process.env['TERRACE_TEST_CORPORA'] === 'all'
const some: Readonly<Partial<Record<MadeOn, readonly Maker[]>>> = { sqliteFile: ['Alembic'], postgres: ['Prisma'] }
const engines: readonly MadeOn[] = isWhole ? ['sqliteFile', 'postgres', 'mysql'] : ['sqliteFile', 'postgres']

function makersOn(engine: MadeOn): readonly Maker[] {
  return isWhole ? (Object.keys(takings) as readonly Maker[]) : (some[engine] ?? [])
}

describeEngines(
  'a database that another program has made',
  (engine) => {
    test.each(makersOn(engine.name as MadeOn))(
      'is taken over as it is, changed in one column, and its other tables are left alone: %s',
      async (maker) => {
        const made = othersDatabases[maker][engine.name as MadeOn]
        const { url } = await engine.fresh()
        await runScript(url, made.statements)
        const pulled = await pullModels(url)
        expect(pulled.tables.toSorted()).toEqual(made.tables.toSorted())
        expect(pulled.left.map(({ object }) => object)).toContain(`table ${made.books.slice(1, -1)}`)
        const name = `${maker}-${engine.name}`
        const models = await folder.write(name, pulled)
        expect(await planOf(url, models)).toEqual([])
        await withStructureOf(url, models, (structure) => structure.adopt())
        expect(await planOf(url, models)).toEqual([])
        await writeThrough(url, models, takings[maker])
        await changeLater({ url, made, pulled, models, maker, name })
      },
      60_000,
    )
  },
  engines,
)

/** What is created is read again as it was given back. */
async function writeThrough(url: string, models: Models, { created }: Taking): Promise<void> {
  const db = await openDatabase(url, { models, structure: 'check' })
  try {
    for (const [name, values] of Object.entries(created)) {
      const model = models[name] as BoundModel
      await db.session(unscoped('tests write'), async (session) => {
        const dao = session.use(Dao(model))
        const row = await dao.create(values as never)
        expect(row).toMatchObject(values)
        const [key = ''] = model.fact.primaryKey.columns
        const id = (row as Readonly<Record<string, unknown>>)[key] as never
        expect(await dao.get(id)).toEqual(row)
      })
    }
  } finally {
    await db.close()
  }
}

interface Later {
  readonly url: string
  readonly made: OthersDatabase
  readonly pulled: PulledModels
  readonly models: Models
  readonly maker: Maker
  readonly name: string
}

/** By revisions: what is there is the first, recorded and not run; the change is the next. */
async function changeLater({ url, made, pulled, models, maker, name }: Later): Promise<void> {
  const { changed, change, kinds } = takings[maker]
  const files = pulled.files.map((file) => (file.path === changed ? { ...file, text: change(file.text) } : file))
  const later = await folder.write(`${name}-later`, { ...pulled, files })
  const revisions = folder.place(`${name}-revisions`)
  const before = await stateOf(url, made)
  await withMigrations(url, { models, folder: revisions }, (migrations) => recordBaseline(migrations, pulled.needs))
  await withMigrations(url, { models: later, folder: revisions }, async (migrations) => {
    const written = await migrations.revision({ description: 'a name that is said' })
    const told = written?.plan?.steps.flatMap(({ changes }) => changes.map(({ kind }) => kind)) ?? []
    expect(told.toSorted()).toEqual(kinds)
    expect((await migrations.upgrade()).map(({ description }) => description)).toEqual(['a name that is said'])
    expect((await migrations.current()).pending).toEqual([])
  })
  expect(await planOf(url, later)).toEqual([])
  const after = await stateOf(url, made)
  const table = maker === 'Alembic' ? 'account' : 'User'
  expect(differencesOf(without(after, table), without(before, table))).toEqual([])
}

async function withMigrations(
  url: string,
  options: OpenMigrationsOptions,
  work: (migrations: ModelMigrations) => Promise<void>,
): Promise<void> {
  const migrations = await openMigrations(url, options)
  try {
    await work(migrations)
  } finally {
    await migrations.close()
  }
}

async function recordBaseline(migrations: ModelMigrations, needs: readonly string[]): Promise<void> {
  if (needs.length > 0) {
    const types = await migrations.revision({ description: 'types', empty: true })
    const steps = needs.map((sql) => `    { sql: ${JSON.stringify(sql)} },`)
    const back = needs.map((sql) => `    { sql: ${JSON.stringify(sql.replace(/^create (\w+ \S+).*$/s, 'drop $1'))} },`)
    await fillIn(types?.revision.file ?? '', steps, back.toReversed())
  }
  await migrations.revision({ description: 'as it was' })
  await migrations.stamp('head')
  const { pending, heads } = await migrations.current()
  expect({ pending, heads: heads.length, check: await migrations.check() }).toEqual({
    pending: [],
    heads: 1,
    check: [],
  })
}

/** As a person writes steps into an empty revision. */
async function fillIn(file: string, up: readonly string[], down: readonly string[]): Promise<void> {
  const text = await readFile(file, 'utf8')
  const filled = text
    .replace(/up: \[.*?\n  \]/s, () => `up: [\n${up.join('\n')}\n  ]`)
    .replace(/down: \[.*?\n  \]/s, () => `down: [\n${down.join('\n')}\n  ]`)
  await writeFile(file, filled)
}

interface State {
  readonly tables: Readonly<Record<string, unknown>>
  readonly opaque: unknown
  readonly rows: readonly (readonly string[])[]
}

/** Everything that is there, by the names of tables, and the rows of the tables that the other program fills by itself. */
async function stateOf(url: string, { books, tables }: OthersDatabase): Promise<State> {
  const { live } = await introspectDatabase(url)
  const quote = books.charAt(0)
  const quoted = [books, ...tables.map((table) => quote + table + quote)]
  const rows: (readonly string[])[] = []
  for (const table of quoted) rows.push(await rowsOf(url, table))
  return { tables: live.snapshot.tables, opaque: live.opaque, rows: rows.map((all) => all.map(withoutAdded)) }
}

function withoutAdded(row: string): string {
  return row.replace(/,"nickname":null/, '')
}

function without({ tables, opaque, rows }: State, table: string): unknown {
  return { tables: Object.fromEntries(Object.entries(tables).filter(([name]) => name !== table)), opaque, rows }
}

test('what is pulled type-checks', async () => {
  expect(await folder.typeErrors()).toBe('')
})
