import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { unscoped, type Database } from '../../src/database/index.ts'
import { create, read } from '../../src/dto/index.ts'
import {
  decimal,
  graph,
  identity,
  integer,
  model,
  native,
  reference,
  text,
  timestamp,
  type ByEngine,
  type ColumnStorage,
  type TableStorage,
} from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'

/** The same models for every engine, each of which keeps them in a way of its own. */
function models(stored: 'stored' | 'derived') {
  const kept = <T>(of: ByEngine<T>): ByEngine<T> => (stored === 'stored' ? of : {})
  const column = (of: ByEngine<ColumnStorage>): ByEngine<ColumnStorage> => kept(of)
  const table = (of: ByEngine<TableStorage>): { readonly stored: ByEngine<TableStorage> } => ({ stored: kept(of) })
  const Town = model(
    'towns',
    {
      code: text()
        .length(0, 9)
        .primaryKey()
        .stored(column({ sqlite: { type: 'VARCHAR(9)' }, postgres: { type: 'text' }, mysql: { type: 'varchar(30)' } })),
      name: text().length(0, 20).unique({ global: true }),
    },
    table({
      sqlite: { options: { strict: 'no', rowid: 'no' }, uniques: [{ name: null, columns: ['name'] }], checks: [] },
      postgres: { primaryKey: 'towns_pkey', uniques: [{ name: 'towns_name_key', columns: ['name'], heldBy: 'index' }] },
      mysql: { uniques: [{ name: 'name', columns: ['name'] }] },
    }),
  )
  const Shop = model(
    'shops',
    {
      id: identity().stored(
        column({
          sqlite: { identity: null },
          postgres: { type: 'integer', identity: 'always' },
          mysql: { type: 'smallint unsigned' },
        }),
      ),
      name: text().length(0, 20).unique({ global: true }),
      town: reference(Town, { inverse: 'shops' }),
      area: decimal(8, 2).stored(column({ postgres: { type: 'numeric' }, mysql: { type: 'decimal(12,2) unsigned' } })),
      opened: timestamp().stored(
        column({ postgres: { type: 'timestamp with time zone' }, mysql: { type: 'datetime' } }),
      ),
      twice: native('integer')
        .nullable()
        .stored(
          column(
            Object.fromEntries(
              ['sqlite', 'postgres', 'mysql'].map((engine) => [
                engine,
                {
                  type: engine === 'mysql' ? 'int' : engine === 'sqlite' ? 'INTEGER' : 'integer',
                  generated: { expression: 'floor * 2', stored: true },
                },
              ]),
            ),
          ),
        ),
      floor: integer(),
    },
    table({
      sqlite: {
        primaryKey: null,
        uniques: [{ name: 'name', columns: ['name'] }],
        foreignKeys: [{ name: null, columns: ['town'], target: { table: 'towns', columns: ['code'] } }],
      },
      postgres: {
        uniques: [{ name: 'shops_name_key', columns: ['name'] }],
        foreignKeys: [{ name: 'shops_town_fkey', columns: ['town'], target: { table: 'towns', columns: ['code'] } }],
      },
      mysql: {
        // Names of uniques are each table's own here.
        uniques: [{ name: 'name', columns: ['name'] }],
        foreignKeys: [{ name: 'of_others', columns: ['town'], target: { table: 'towns', columns: ['code'] } }],
      },
    }),
  )
  return graph({ Town, Shop, ...tags() })
}

/** Keys of text without a bound, as others have them. */
function tags() {
  const kept = { sqlite: { type: 'TEXT' }, postgres: { type: 'text' }, mysql: { type: 'varchar(190)' } }
  const Tag = model('tags', { slug: text().primaryKey().stored(kept) })
  const tag = reference(Tag, { inverse: 'notes' }).stored(kept)
  return { Tag, Note: model('notes', { id: identity(), tag, words: text().unique({ global: true }).stored(kept) }) }
}

const bound = models('stored')
class TownDao extends Dao(bound.Town) {}
class ShopDao extends Dao(bound.Shop) {}
class TagDao extends Dao(bound.Tag) {}
class NoteDao extends Dao(bound.Note) {}

const opened = new Date('2026-07-30T08:15:00.000Z')
const shop = { name: 'Corner', town: 'A', area: '12.50', opened, floor: 3 }

test('What stored says is nothing that the API knows of', () => {
  const plain = models('derived')
  for (const name of ['Town', 'Shop'] as const) {
    expect(read(bound[name]).schema).toEqual(read(plain[name]).schema)
    expect(create(bound[name]).schema).toEqual(create(plain[name]).schema)
  }
})

describeEngines(
  'rows of tables that are kept as stored says,',
  (engine) => {
    let db: Database
    const withDaos = <R>(work: (towns: TownDao, shops: ShopDao) => Promise<R>): Promise<R> =>
      db.session(unscoped('kept models'), (session) => work(new TownDao(session), new ShopDao(session)))

    beforeAll(async () => {
      db = await openDatabase((await engine.fresh()).url, { models: bound })
      await withDaos(async (towns, shops) => {
        await towns.create({ code: 'A', name: 'Here' })
        await shops.create(shop)
      })
    })
    afterAll(() => db.close())

    test('are numbered, computed, read and included', async () => {
      await withDaos(async (towns, shops) => {
        const second = await shops.create({ ...shop, name: 'Other' })
        expect(second).toEqual({ ...shop, id: 2, name: 'Other', twice: 6 })
        const { rows } = await shops.list({ where: { town: 'A' }, sort: ['-name'] })
        expect(rows.map(({ name }) => name)).toEqual(['Other', 'Corner'])
        expect(await shops.update(second.id, { floor: 4 })).toMatchObject({ twice: 8, area: '12.50', opened })
        expect((await towns.get('A', { include: { shops: bound.Shop } }))?.shops).toHaveLength(2)
        await shops.delete(second.id)
      })
    })

    test('have keys of text without a bound where it is kept in a type that can be one', async () => {
      await db.session(unscoped('kept models'), async (session) => {
        const [ofTags, ofNotes] = [new TagDao(session), new NoteDao(session)]
        const slug = 'x'.repeat(150)
        await ofTags.createMany([{ slug }, { slug: 'short' }])
        await ofNotes.create({ tag: slug, words: 'w'.repeat(180) })
        expect(await ofTags.get(slug, { include: { notes: bound.Note } })).toMatchObject({ notes: [{ tag: slug }] })
        const { rows } = await ofTags.list({ sort: ['slug'] })
        expect(rows.map((tag) => tag.slug)).toEqual(['short', slug])
      })
    })

    test('that break a unique rule are refused with its fields, whatever it is called', async () => {
      await expect(withDaos((_, shops) => shops.create(shop))).rejects.toMatchObject({
        code: 'UNIQUE',
        values: { model: 'Shop', fields: 'name' },
      })
      await expect(withDaos((towns) => towns.create({ code: 'B', name: 'Here' }))).rejects.toMatchObject({
        code: 'UNIQUE',
        values: { model: 'Town', fields: 'name' },
      })
      await expect(withDaos((towns) => towns.create({ code: 'A', name: 'There' }))).rejects.toMatchObject({
        code: 'UNIQUE',
        values: { model: 'Town', fields: 'code' },
      })
    })

    test('that refer to nothing, or are referred to, are refused with their fields', async () => {
      await expect(withDaos((_, shops) => shops.create({ ...shop, name: 'New', town: 'Z' }))).rejects.toMatchObject({
        code: 'REFERENCE_MISSING',
        fields: ['town'],
      })
      await expect(withDaos((towns) => towns.delete('A'))).rejects.toMatchObject({ code: 'RESTRICTED' })
    })

    test('are held to the rules by the DAO, also where the database holds none', async () => {
      await expect(withDaos((towns) => towns.create({ code: 'C', name: 'x'.repeat(21) }))).rejects.toMatchObject({
        code: 'VALIDATION',
        fields: ['name'],
      })
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

test('A database is not opened with stored of what is no engine; the nearest that is one is named', async () => {
  const open = (it: ByEngine<ColumnStorage>): Promise<Database> => {
    const Thing = model('things', { id: integer().primaryKey(), it: text().stored(it) })
    return openDatabase('sqlite::memory:', { models: graph({ Thing }) })
  }
  await expect(open({ mariadb: { type: 'text' } })).rejects.toMatchObject({
    code: 'MODEL_DECLARATION',
    message: expect.stringContaining('Thing.it, stored.mariadb: is the name of no engine'),
    remedy: 'Write mysql',
  })
  await expect(open({ postgress: { type: 'text' }, oracle: {} })).rejects.toThrow(
    /stored\.postgress: is the name of no engine → Write postgres\n.*stored\.oracle: .* → Write one of sqlite, postgres, mysql/,
  )
})
