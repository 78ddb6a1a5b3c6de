import { afterEach, expect, test } from 'vitest'
import { graph, integer, model, text, uuid, type BoundModel } from '../../src/model/index.ts'
import type { Plan } from '../../src/schema/index.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'
import { followedDatabase, type FollowedDatabase } from '../support/followed-database.ts'

type Models = Readonly<Record<string, BoundModel>>

const opened: FollowedDatabase[] = []
afterEach(async () => {
  for (const { driver } of opened.splice(0)) await driver.close()
})

/** A database in which everything was made by somebody else. */
async function madeByOthers(engine: EngineUnderTest, models: Models): Promise<FollowedDatabase> {
  const database = await followedDatabase(engine)
  opened.push(database)
  await database.structure.apply(database.wanted(models))
  await database.byHand('delete from terrace_object')
  await database.byHand('delete from terrace_meta')
  return database
}

const id = uuid().primaryKey()
const name = text().length(1, 20)
const Town = model('towns', { id, name })

const theirs = (): Models =>
  graph({
    Shop: model('shops', {
      id,
      name: name.index(),
      floor: integer().range(0, 9).nullable().index(),
      code: text().length(1, 8).nullable().unique(),
    }),
    Town,
  })
const ours = (shop = { id, name: name.index() }): Models => graph({ Shop: model('shops', shop), Town })

const shopsOfOthers = [
  'check shops.ck_shops_code_length',
  'check shops.ck_shops_floor_range',
  'column shops.code',
  'column shops.floor',
  'index shops.ix_shops_floor',
  'unique shops.uq_shops_code',
]

function told({ steps, drift, leftAlone }: Plan): readonly string[] {
  const planned = steps.flatMap(({ changes }) => changes.map(({ kind, object }) => `${kind} ${object}`))
  return [...planned, ...drift.map(({ object }) => `refused ${object}`), ...leftAlone.map(({ object }) => object)]
    .filter((line) => !line.includes('_int32'))
    .toSorted()
}

async function ledgerOf({ byHand }: FollowedDatabase): Promise<readonly string[]> {
  const rows = await byHand('select kind, path from terrace_object')
  return rows.map(({ kind, path }) => `${String(kind)} ${String(path)}`).toSorted()
}

describeEngines(
  'adoption',
  (engine) => {
    test('registers what the models declare, and leaves what others have made beside it to them, in every plan', async () => {
      const database = await madeByOthers(engine, theirs())
      const { structure, wanted, sync, byHand } = database
      await structure.adopt(wanted(ours()))
      const ledger = await ledgerOf(database)
      expect(ledger).toEqual(expect.arrayContaining(['table shops', 'column shops.name', 'index shops.ix_shops_name']))
      expect(ledger.filter((entry) => /floor|code/.test(entry))).toEqual([])
      expect(told(await structure.plan(wanted(ours())))).toEqual(shopsOfOthers)
      expect((await structure.apply(wanted(ours()))).steps).toEqual([])
      expect((await sync(ours())).steps).toEqual([])
      // A change of ours in the same table takes nothing of theirs along.
      await byHand(`insert into shops (id, name, floor, code) values ('${key}', 'Corner', 3, 'C')`)
      await structure.apply(wanted(ours({ id, name: text().length(1, 30).index() })))
      expect(await ledgerOf(database)).toEqual(ledger)
      expect(told(await structure.plan(wanted(ours({ id, name: text().length(1, 30).index() }))))).toEqual(
        shopsOfOthers,
      )
      expect(await byHand('select name, floor, code from shops')).toEqual([{ name: 'Corner', floor: 3, code: 'C' }])
    })

    test('makes what it registered ours: given up by the models, a column is dropped, and so is a table that holds nothing of others; where other tools keep their books, nothing is touched or planned', async () => {
      const { structure, wanted, byHand, sync } = await madeByOthers(engine, theirs())
      for (const [table, columns] of Object.entries(books)) await byHand(`create table "${table}" (${columns})`)
      const before = (await structure.introspect()).snapshot.tables
      const theirBooks = Object.keys(books).map((table) => `table ${table}`)
      await structure.adopt(wanted(ours()))
      const without = graph({ Shop: model('shops', { id }) })
      const given = ['dropColumn column shops.name', 'dropTable table towns']
      expect(told(await structure.plan(wanted(without)))).toEqual(
        expect.arrayContaining([...shopsOfOthers, ...theirBooks, ...given]),
      )
      const none = graph({ Village: model('villages', { id }) })
      await sync(none)
      const { leftAlone } = await structure.apply(wanted(none))
      const notes = new Map(leftAlone.map(({ object, note }) => [object, note]))
      expect([...notes.keys()].toSorted()).toEqual(['table shops', ...theirBooks].toSorted())
      expect(notes.get('table shops')).toMatch(/^was declared once, has columns that others have made, and is kept/)
      const after = (await structure.introspect()).snapshot.tables
      for (const table of Object.keys(books)) expect(after[table]).toEqual(before[table])
      expect(Object.keys(after)).not.toContain('towns')
      expect(await byHand('select floor from shops')).toEqual([])
    })

    test('knows a rule by what it asks where others have called it otherwise, and a column by the name that it had', async () => {
      const before = graph({ Shop: model('shops', { id, title: name }) })
      const database = await madeByOthers(engine, before)
      const { structure, wanted, byHand } = database
      await byHand('create index shops_by_title on "shops" (title)')
      const renamed = graph({ Shop: model('shops', { id, name: name.renamedFrom('title').index() }) })
      const registered = await structure.adopt(wanted(renamed))
      expect(registered).toContainEqual({ kind: 'column', path: 'shops.title' })
      expect(registered).toContainEqual({ kind: 'index', path: 'shops.shops_by_title' })
      await byHand(`insert into shops (id, title) values ('${key}', 'Corner')`)
      expect((await structure.apply(wanted(renamed))).renames).toHaveLength(1)
      expect(told(await structure.plan(wanted(renamed)))).toEqual([])
      expect(await byHand('select name from shops')).toEqual([{ name: 'Corner' }])
      expect(await ledgerOf(database)).toEqual([
        'check shops.ck_shops_name_length',
        'column shops.id',
        'column shops.name',
        'index shops.ix_shops_name',
        `primaryKey ${structure.dialect.name === 'mysql' ? 'shops.primary' : 'shops.pk_shops'}`,
        'table shops',
      ])
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

describeEngines(
  'adoption, as every plan,',
  (engine) => {
    test('still refuses a column of others that every row must fill', async () => {
      const { structure, wanted } = await madeByOthers(
        engine,
        graph({ Shop: model('shops', { id, name, floor: integer() }), Town }),
      )
      await structure.adopt(wanted(ours({ id, name: name.index() })))
      const plan = await structure.plan(wanted(ours()))
      expect(plan.drift.map(({ object, reason }) => `${object}: ${reason}`)).toEqual([
        expect.stringMatching(/^column shops\.floor: it is not null and has no default/),
      ])
    })
  },
  ['sqliteFile'],
)

const key = '01900000-0000-7000-8000-000000000001'

/** Of Alembic, Prisma, Django, Rails, Knex and TypeORM. */
const books: Readonly<Record<string, string>> = {
  alembic_version: 'version_num varchar(32) not null, constraint alembic_version_pkc primary key (version_num)',
  _prisma_migrations: 'id varchar(36) not null primary key, checksum varchar(64) not null, logs varchar(200)',
  django_migrations: 'id integer not null primary key, app varchar(255) not null, name varchar(255) not null',
  schema_migrations: 'version varchar(255) not null primary key',
  ar_internal_metadata: '"key" varchar(255) not null primary key, value varchar(255)',
  knex_migrations: 'id integer not null primary key, name varchar(255), batch integer',
  knex_migrations_lock: 'id integer not null primary key, is_locked integer',
  migrations: 'id integer not null primary key, name varchar(255) not null',
}
