import { afterAll, expect, test, vi } from 'vitest'
import { introspectDatabase } from '../../src/connect/index.ts'
import { modelsFrom, pullModels } from '../../src/generate/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { planOf, withStructureOf } from './plan-of.ts'
import { PulledFolder } from './pulled-folder.ts'
import { runScript } from './run-script.ts'

// Databases are made and dropped, and a compiler is started, beside other tests.
vi.setConfig({ testTimeout: 60_000 })

const folder = await PulledFolder.make()
afterAll(() => folder.remove())

const town = 'create table town (id integer not null primary key, name varchar(40) not null)'
const street = `create table street (id integer not null primary key, town_id integer not null references town (id), name varchar(40))`

describeEngines(
  'pulling',
  (engine) => {
    test('names the table that is not there, and the nearest one', async () => {
      const { url } = await engine.fresh()
      await runScript(url, [town])
      await expect(pullModels(url, { tables: ['towns'] })).rejects.toMatchObject({
        code: 'PULL_TABLE',
        message: expect.stringContaining('Did you mean "town"?'),
      })
    })

    test('tells what is in the way where no table can be held', async () => {
      const { url } = await engine.fresh()
      await runScript(url, ['create table log (line varchar(200))', 'drop table log'])
      await expect(pullModels(url)).rejects.toMatchObject({ code: 'PULL_EMPTY' })
      await runScript(url, ['create table log (line varchar(200))'])
      await expect(pullModels(url)).rejects.toMatchObject({
        code: 'PULL_EMPTY',
        message: expect.stringContaining('table log: it has no primary key'),
      })
    })

    test('leaves a key that leads to a table without a model, and the plan leaves it too', async () => {
      const { url } = await engine.fresh()
      await runScript(url, [town, engine.name === 'mysql' ? street.replace('references town (id)', '') : street])
      if (engine.name === 'mysql')
        await runScript(url, ['alter table street add foreign key (town_id) references town (id)'])
      const pulled = await pullModels(url, { tables: ['street'] })
      expect(pulled.tables).toEqual(['street'])
      expect(pulled.left).toEqual([
        { object: expect.stringMatching(/^foreign key street\./), reason: 'it leads to town, which has no model' },
      ])
      const models = await folder.write(`part-${engine.name}`, pulled)
      expect(await planOf(url, models)).toEqual([])
      await withStructureOf(url, models, (structure) => structure.adopt())
      expect(await planOf(url, models)).toEqual([])
    })

    test('says where it came from without host, user or password', async () => {
      const { url } = await engine.fresh()
      await runScript(url, [town])
      const { files } = await pullModels(url)
      const name = engine.name === 'sqliteFile' ? 'test.db' : new URL(url).pathname.slice(1)
      for (const { text } of files) {
        expect(text.split('\n')[0]).toMatch(
          new RegExp(`^// Pulled from (?:SQLite|PostgreSQL|MariaDB|MySQL), database ${name}: `),
        )
        expect(text).not.toMatch(/127\.0\.0\.1|localhost|root|tmp/)
      }
    })

    test('lists views and triggers, which a later change of their table leaves as they are', async () => {
      const { url } = await engine.fresh()
      await runScript(url, [
        town,
        'create view town_names as select name from town',
        ...triggers[engine.name as 'mysql'],
      ])
      const pulled = await pullModels(url)
      expect(pulled.left.map(({ object }) => object)).toEqual(
        expect.arrayContaining(['view town_names', 'trigger town.town_named']),
      )
      const models = await folder.write(`opaque-${engine.name}`, pulled)
      await withStructureOf(url, models, (structure) => structure.adopt())
      const files = pulled.files.map((file) => ({
        ...file,
        text: file.text.replaceAll(/text\(\)(\.length\(0, 40\))?/g, 'text()$1.nullable()'),
      }))
      const changed = await folder.write(`opaque-${engine.name}-later`, { ...pulled, files })
      const before = (await introspectDatabase(url)).live.opaque
      const plan = await withStructureOf(url, changed, (structure) => structure.apply())
      expect(plan.steps.flatMap(({ changes }) => changes.map(({ kind }) => kind))).toEqual(['alterColumn'])
      expect((await introspectDatabase(url)).live.opaque).toEqual(before)
    })

    test('gives the same bytes for the same structure, whatever order it was made in', async () => {
      const [one, other] = [await engine.fresh(), await engine.fresh()]
      const plain = [
        'create table b (id integer not null primary key)',
        'create table a (id integer not null primary key, b_id integer)',
      ]
      await runScript(one.url, plain)
      await runScript(other.url, plain.toReversed())
      const pulled = await Promise.all(
        [one, other].map(async ({ url }) => {
          const { live, dialect } = await introspectDatabase(url)
          return modelsFrom(live, dialect)
        }),
      )
      expect(pulled[0]).toEqual(pulled[1])
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

const triggers = {
  sqliteFile: [
    'create trigger town_named after insert on town begin update town set name = upper(name) where id = new.id; end',
  ],
  postgres: [
    `create function upper_name() returns trigger language plpgsql as $$ begin new.name := upper(new.name); return new; end $$`,
    'create trigger town_named before insert on town for each row execute function upper_name()',
  ],
  mysql: ['create trigger town_named before insert on town for each row set new.name = upper(new.name)'],
} as const

describeEngines(
  'values that a declared type does not have',
  (engine) => {
    test('are counted and told, column by column', async () => {
      const { url } = await engine.fresh()
      await runScript(url, odd[engine.name as 'sqliteFile'])
      const { notes } = await pullModels(url)
      expect(notes.filter((note) => note.includes('declared type'))).toEqual([
        'odd.value: 1 row has a value that the declared type does not have: read as far as that goes, and not written back',
      ])
    })
  },
  ['sqliteFile', 'postgres'],
)

const odd = {
  sqliteFile: ['create table odd (id integer primary key, value real)', `insert into odd values (1, 'text'), (2, 2.5)`],
  postgres: ['create table odd (id integer primary key, value float8)', `insert into odd values (1, 'NaN'), (2, 2.5)`],
} as const
