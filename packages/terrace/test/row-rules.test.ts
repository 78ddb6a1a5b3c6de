import { afterEach, expect, test } from 'vitest'
import { openDatabase, unscoped, type Database } from '../src/connect/index.ts'
import { Dao } from '../src/dao/index.ts'
import type { Session } from '../src/database/index.ts'
import type { TerraceError } from '../src/errors/index.ts'
import { graph, integer, model, text } from '../src/model/index.ts'
import type { BoundModel } from '../src/model/index.ts'
import { describeEngines } from './support/describe-engines.ts'

const columns = {
  id: integer().primaryKey(),
  productId: text().length(1, 20).nullable(),
  foodId: text().length(1, 20).nullable(),
  recipeId: text().length(1, 20).nullable(),
  label: text().length(1, 20).nullable(),
}
const rules = { exactlyOne: [['productId', 'foodId', 'recipeId']], atLeastOne: [['label', 'productId']] } as const
const models = graph({ Entry: model('entries', columns, rules) })
class EntryDao extends Dao(models.Entry) {}

const before = graph({ Entry: model('entries', { id: columns.id, productId: columns.productId }) })
class EarlierEntryDao extends Dao(before.Entry) {}

const opened: Database[] = []
afterEach(async () => {
  for (const db of opened.splice(0)) await db.close()
})

async function open(url: string, of: Readonly<Record<string, BoundModel>> = models): Promise<Database> {
  const db = await openDatabase(url, { models: of as typeof models })
  opened.push(db)
  return db
}

const inSession = <R>(db: Database, work: (session: Session) => Promise<R>): Promise<R> =>
  db.session(unscoped('test'), work)

/** What stands against the work: the code, and the code and path of each issue. */
async function refusalOf(db: Database, work: (entries: EntryDao) => Promise<unknown>): Promise<readonly string[]> {
  try {
    await inSession(db, (session) => work(new EntryDao(session)))
  } catch (error) {
    const { code, issues } = error as TerraceError
    return [code, ...issues.map((issue) => `${issue.code} ${issue.path}: ${issue.message}`)]
  }
  return []
}

const exactlyOne = 'EXACTLY_ONE /productId: exactly one of productId, foodId, recipeId must be given'
const atLeastOne = 'AT_LEAST_ONE /label: at least one of label, productId must be given'

describeEngines('rules between columns', (engine) => {
  test('hold for every write, whether the DAO can tell or the database has to', async () => {
    const db = await open((await engine.fresh()).url)
    const create = (row: Parameters<EntryDao['create']>[0]) => refusalOf(db, (entries) => entries.create(row))
    expect(await create({ id: 1, productId: 'p', foodId: null })).toEqual([])
    expect(await create({ id: 2, foodId: 'f', label: 'l' })).toEqual([])
    expect(await create({ id: 3 })).toEqual(['VALIDATION', exactlyOne, atLeastOne])
    expect(await create({ id: 3, productId: 'p', recipeId: 'r' })).toEqual(['VALIDATION', exactlyOne])
    expect(await create({ id: 3, foodId: 'f' })).toEqual(['VALIDATION', atLeastOne])
    const many = [
      { id: 4, productId: 'p' },
      { id: 5, label: 'l' },
    ]
    expect(await refusalOf(db, (entries) => entries.createMany(many))).toEqual([
      'VALIDATION',
      exactlyOne.replace('/', '/1/'),
    ])

    const update = (id: number, patch: Parameters<EntryDao['update']>[1]) =>
      refusalOf(db, (entries) => entries.update(id, patch))
    expect(await update(1, { productId: 'p', foodId: 'f', recipeId: null })).toEqual(['VALIDATION', exactlyOne])
    expect(await update(1, { foodId: 'f' })).toEqual(['VALIDATION', exactlyOne])
    expect(await update(2, { label: null })).toEqual(['VALIDATION', atLeastOne])
    expect(await update(2, { foodId: null, recipeId: 'r' })).toEqual([])
    expect(await refusalOf(db, (entries) => entries.updateWhere({ id: 1 }, { productId: null, label: 'l' }))).toEqual([
      'VALIDATION',
      exactlyOne,
    ])
    expect(
      await refusalOf(db, (entries) => entries.upsert({ id: 1, recipeId: 'r', label: 'l' }, { by: ['id'] })),
    ).toEqual(['VALIDATION', exactlyOne])
    const { rows } = await inSession(db, (session) => new EntryDao(session).list({ sort: ['id'] }))
    expect(rows.map(({ id, productId, foodId, recipeId }) => [id, productId, foodId, recipeId])).toEqual([
      [1, 'p', null, null],
      [2, null, null, 'r'],
    ])
  })
})

describeEngines(
  'rules between columns of a table that is there',
  (engine) => {
    test('are in sync once made', async () => {
      const { url } = await engine.fresh()
      await (await open(url)).close()
      await expect(open(url)).resolves.toBeDefined()
    })

    test('are refused where rows break them, and nothing is changed', async () => {
      const { url } = await engine.fresh()
      const db = await open(url, before)
      await inSession(db, (session) => new EarlierEntryDao(session).create({ id: 1, productId: null }))
      await expect(open(url)).rejects.toMatchObject({ kind: 'structure' })
      await expect(open(url, before)).resolves.toBeDefined()
    })

    test.runIf(engine.name !== 'sqliteFile')(
      'are added with columns of theirs where every row keeps them',
      async () => {
        const { url } = await engine.fresh()
        const db = await open(url, before)
        await inSession(db, (session) => new EarlierEntryDao(session).create({ id: 1, productId: 'p' }))
        const later = await open(url)
        expect(await refusalOf(later, (entries) => entries.update(1, { foodId: 'f' }))).toEqual([
          'VALIDATION',
          exactlyOne,
        ])
      },
    )
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
