import { afterAll, expect, test, vi } from 'vitest'
import { introspectDatabase, openDatabase, unscoped, type Database, type Session } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { pullModels, type PulledModels } from '../../src/generate/index.ts'
import type { BoundModel } from '../../src/model/index.ts'
import { sakilaRows } from '../corpora/corpus-roles.ts'
import { corpusEngines, corpusNames, loadCorpus, noCorpora } from '../corpora/load-corpus.ts'
import type { CorpusEngine, CorpusName } from '../corpora/load-corpus.ts'
import { withStructure } from '../corpora/with-structure.ts'
import { differencesOf } from '../laws/comparable-snapshot.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'
import { declaredPart } from './declared-part.ts'
import { planOf, withStructureOf } from './plan-of.ts'
import { PulledFolder, type Models } from './pulled-folder.ts'
import { runScript } from './run-script.ts'

/** All six by `npm run test:pull`; else these. */
const isWhole = process.env['TERRACE_TEST_CORPORA'] === 'all'
const some: Readonly<Record<CorpusEngine, readonly CorpusName[]>> = {
  sqliteFile: ['sakila', 'chinook'],
  postgres: ['sakila'],
  mysql: ['sakila'],
}

// Databases are made and dropped, and a compiler is started, beside other tests.
vi.setConfig({ testTimeout: 120_000 })

const folder = await PulledFolder.make()
afterAll(() => folder.remove())

interface Subject {
  readonly url: string
  readonly pulled: PulledModels
  readonly models: Models
}

describeEngines(
  'of a database that others made, models are pulled that',
  (engine) => {
    test.skipIf(noCorpora !== null).each(isWhole ? corpusNames : some[engine.name as CorpusEngine])(
      `find nothing to do, also once it is adopted, make the same again, read every row and write some: %s (${noCorpora ?? 'from its own script'})`,
      async (corpus) => {
        const { url } = await engine.fresh()
        await loadCorpus(corpus, engine.name as CorpusEngine, url)
        if (corpus === 'sakila') await runScript(url, sakilaRows)
        const pulled = await pullModels(url)
        const models = await folder.write(`${corpus}-${engine.name}`, pulled)
        const subject = { url, pulled, models }
        expect(await planOf(url, models)).toEqual([])
        await withStructureOf(url, models, (structure) => structure.adopt())
        expect(await planOf(url, models)).toEqual([])
        expect(await pullModels(url)).toEqual(pulled)
        await madeAgain(subject, engine)
        await readWhole(subject)
        await (corpus === 'chinook' ? writeAlbums(subject) : writeActors(subject))
      },
    )
  },
  corpusEngines,
)

/** In a new database, with the types and sequences that models name and do not make. */
async function madeAgain({ url, pulled, models }: Subject, engine: EngineUnderTest): Promise<void> {
  const { live } = await introspectDatabase(url)
  const { url: fresh } = await engine.fresh()
  await runScript(fresh, pulled.needs)
  await withStructureOf(fresh, models, (structure) => structure.apply())
  expect(await planOf(fresh, models)).toEqual([])
  const made = await introspectDatabase(fresh)
  const original = declaredPart(live, pulled.tables)
  expect(Object.keys(original as object)).toHaveLength(pulled.tables.length)
  expect(differencesOf(declaredPart(made.live, pulled.tables), original)).toEqual([])
}

async function readWhole({ url, models }: Subject): Promise<void> {
  await withDatabase(url, models, async (db) => {
    const read: (readonly [table: string, rows: number])[] = []
    const counted: (readonly [table: string, rows: number])[] = []
    for (const model of Object.values(models)) {
      const rows = await db.session(unscoped('tests read everything'), (session) =>
        session.use(Dao(model)).select((query) => query),
      )
      read.push([model.table, rows.length])
      counted.push([model.table, await countRows(url, model.table)])
    }
    expect(read).toEqual(counted)
    expect(read.reduce((sum, [, rows]) => sum + rows, 0)).toBeGreaterThan(0)
  })
}

async function countRows(url: string, table: string): Promise<number> {
  const quoted = url.startsWith('mysql') ? `\`${table}\`` : `"${table}"`
  const [row] = await withStructure(url, ({ rows }) => rows(`select count(*) as n from ${quoted}`))
  return Number(row?.['n'])
}

/** Numbered keys, references, and a delete that a child forbids. */
async function writeAlbums({ url, models }: Subject): Promise<void> {
  await inSession(url, models, async (session) => {
    const [artists, albums] = [daoOf(session, models['Artist']), daoOf(session, models['Album'])]
    const artist = await artists.create({ name: 'Ada' })
    const album = await albums.create({ title: 'First', artistId: artist['artistId'] })
    expect(album).toEqual({ albumId: album['albumId'], title: 'First', artistId: artist['artistId'] })
    expect(await albums.update(album['albumId'], { title: 'Second' })).toEqual({ ...album, title: 'Second' })
    await expect(artists.delete(artist['artistId'])).rejects.toMatchObject({ code: 'RESTRICTED' })
    expect(await albums.delete(album['albumId'])).toEqual({ ...album, title: 'Second' })
    expect(await artists.delete(artist['artistId'])).toEqual(artist)
  })
}

/** A key from a sequence, an alias of the rowid or AUTO_INCREMENT; an instant, or the text that stands for one. */
async function writeActors({ url, models }: Subject): Promise<void> {
  const isText = models['Actor']?.fact.column['lastUpdate']?.type.kind === 'text'
  const lastUpdate = isText ? '2026-01-02 03:04:05' : new Date('2026-01-02T03:04:05Z')
  // Rows that were put in with their keys have moved no sequence.
  if (url.startsWith('postgres')) await runScript(url, [`select setval('actor_actor_id_seq', 1000)`])
  await inSession(url, models, async (session) => {
    const actors = daoOf(session, models['Actor'])
    const actor = await actors.create({ firstName: 'ADA', lastName: 'L', lastUpdate })
    expect(typeof actor['actorId']).toBe('number')
    expect(actor['lastUpdate']).toEqual(lastUpdate)
    // A trigger of SQLite's Sakila sets the time afterwards.
    expect(await actors.get(actor['actorId'])).toMatchObject({ firstName: 'ADA', lastName: 'L' })
  })
}

type Values = Readonly<Record<string, unknown>>

/** Without the types of a model, which only its file has. */
interface AnyDao {
  get(key: unknown): Promise<Values | null>
  create(values: Values): Promise<Values>
  update(key: unknown, values: Values): Promise<Values | null>
  delete(key: unknown): Promise<Values | null>
}

function daoOf(session: Session, model: BoundModel | undefined): AnyDao {
  if (model === undefined) throw new Error('there is no such model')
  return session.use(Dao(model)) as unknown as AnyDao
}

function inSession(url: string, models: Models, work: (session: Session) => Promise<void>): Promise<void> {
  return withDatabase(url, models, (db) => db.session(unscoped('tests write'), work))
}

async function withDatabase(url: string, models: Models, work: (db: Database) => Promise<void>): Promise<void> {
  const db = await openDatabase(url, { models, structure: 'check' })
  try {
    await work(db)
  } finally {
    await db.close()
  }
}

test.skipIf(noCorpora !== null)('what is pulled type-checks under the strictest settings, all together', async () => {
  expect(await folder.typeErrors()).toBe('')
})

test.skipIf(noCorpora !== null)('what is pulled is formatted', async () => {
  expect(await folder.misformatted()).toBe('')
})
