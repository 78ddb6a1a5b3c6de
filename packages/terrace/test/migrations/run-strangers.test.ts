import { expect, test } from 'vitest'
import { openDatabase, openStructure } from '../../src/connect/index.ts'
import { runDowngrade, structureOf, type MigrationStep } from '../../src/sync/index.ts'
import type { EngineName } from '../../src/testing/servers.ts'
import { runOn } from '../structure/starts/depot-state.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { stepsFrom } from './run/revisions.ts'
import { withParts } from './run/shop.ts'
import {
  appliedIn,
  goUp,
  historyOfThings,
  thingModels,
  thingsDatabase,
  thingsOn,
  written,
  type Things,
  saysMore,
} from './run/things.ts'

const engines: readonly EngineName[] = ['sqliteFile', 'postgres', 'mysql']

const trigger: Partial<Record<EngineName, readonly string[]>> = {
  sqliteFile: [`create trigger tr_things after insert on things begin insert into notes values ('new "things"'); end`],
  postgres: [
    `create function note() returns trigger language plpgsql as $$ begin insert into notes values ('new'); return new; end $$`,
    'create trigger tr_things after insert on things for each row execute function note()',
  ],
  mysql: [`create trigger tr_things after insert on things for each row insert into notes values ('new')`],
}

describeEngines(
  'what others have made',
  (engine) => {
    test('stays where a revision changes the table below it, up and down, and works as before', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const others = ['create table notes (line varchar(20))', ...(trigger[engine.name] ?? [])]
      for (const sql of [...others, 'create view v_things as select id, amount from things']) await runOn(url, sql)
      const before = await opaqueOf(url)
      const { up, down } = stepsFrom(things.longer)
      const longer = written(things.longer, up, down)
      expect(await goUp(url, things, longer)).toBeNull()
      expect(await opaqueOf(url)).toEqual(before)
      await runOn(url, `insert into things (name, amount) values ('four', 4)`)
      await withParts(url, (parts) => runDowngrade(parts, { history: historyOfThings(things, longer), path: [longer] }))
      expect(await opaqueOf(url)).toEqual(before)
      await runOn(url, `insert into things (name, amount) values ('five', 5)`)
      expect(await runOn(url, 'select count(*) as n from notes')).toEqual([{ n: 2 }])
      expect(await runOn(url, 'select count(*) as n from v_things')).toEqual([{ n: 5 }])
      const models = thingModels.plain()
      await (await openDatabase(url, { models, structure: 'check' })).close()
    })

    test('stays also where its text has names that the revision changes', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      for (const sql of ['create table notes (line varchar(20))', ...(trigger[engine.name] ?? [])])
        await runOn(url, sql)
      const { up, down } = stepsFrom(things.renamed)
      const renamed = written(things.renamed, up, down)
      expect(await goUp(url, things, renamed)).toBeNull()
      await runOn(url, `insert into items (title, amount) values ('four', 4)`)
      await withParts(url, (parts) =>
        runDowngrade(parts, { history: historyOfThings(things, renamed), path: [renamed] }),
      )
      await runOn(url, `insert into things (name, amount) values ('five', 5)`)
      expect(await runOn(url, 'select count(*) as n from notes')).toEqual([{ n: 2 }])
    })

    test('refuses a revision that would lose it without a word, which is rolled back where that is possible', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      await runOn(url, 'alter table things add column extra integer')
      await runOn(url, 'update things set extra = id')
      const lost = await goUp(url, things, written(things.longer, rebuilt(engine.name, things)))
      expect(lost).toMatchObject({ code: 'MIGRATION_LOSES' })
      expect(lost?.message).toContain(
        'b2.ts: its upgrade loses what no revision declares and none of its steps names: column things.extra\n',
      )
      const [row] = await runOn(url, 'select * from things where id = 3')
      expect([await appliedIn(url), row?.['extra']]).toEqual(
        engine.name === 'mysql' ? [['a1 done', 'b2 upgrading'], undefined] : [['a1 done'], 3],
      )
    })

    test.runIf(engine.name === 'sqliteFile')('is made again behind a rebuild where it is an index', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      await runOn(url, 'create index by_hand on things (amount desc, name collate nocase)')
      await runOn(url, 'create unique index once on things (name)')
      const before = await runOn(
        url,
        `select sql from sqlite_schema where type = 'index' and name in ('by_hand', 'once') order by name`,
      )
      expect(await goUp(url, things, written(things.longer, rebuilt(engine.name, things)))).toBeNull()
      expect(
        await runOn(
          url,
          `select sql from sqlite_schema where type = 'index' and name in ('by_hand', 'once') order by name`,
        ),
      ).toEqual(before)
    })

    test.runIf(engine.name === 'sqliteFile')('is not named by words that a rebuild has for itself', async () => {
      const things = await thingsOn(engine.name)
      const { up } = stepsFrom(things.longer)
      const words = ['seq', 'key', 'from', 'to', 'table', 'rename']
      for (const word of words) {
        const url = await thingsDatabase(engine.fresh, things)
        await runOn(url, `alter table things add column "${word}" integer`)
        await runOn(url, `update things set "${word}" = id`)
        expect((await goUp(url, things, written(things.longer, up)))?.message).toContain(`column things.${word}\n`)
      }
    })

    test.runIf(engine.name === 'sqliteFile')('is not named by another table that refers to its own', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      await runOn(url, 'alter table things add column note integer')
      const { up } = stepsFrom(things.longer)
      const other = 'create table others (note integer, thing_id integer references "things" ("id"))'
      const lost = await goUp(url, things, written(things.longer, [...up, { sql: other }]))
      expect(lost?.message).toContain('column things.note\n')
    })

    test('stays where its name is that of a column', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const others = (trigger[engine.name] ?? []).map((sql) => sql.replaceAll('tr_things', 'amount'))
      for (const sql of ['create table notes (line varchar(20))', ...others]) await runOn(url, sql)
      const before = await opaqueOf(url)
      expect(await goUp(url, things, written(things.longer, stepsFrom(things.longer).up))).toBeNull()
      expect(await opaqueOf(url)).toEqual(before)
    })

    test.runIf(saysMore(engine.name))('works afterwards, or the revision is refused', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const tagged = written(things.tagged, things.adding.up, things.adding.down)
      expect(await goUp(url, things, tagged)).toBeNull()
      await runOn(url, 'create view v_tags as select id, tag from things')
      await runOn(url, 'create view v_ids as select id from things')
      const back = async (): Promise<unknown> =>
        withParts(url, (parts) => runDowngrade(parts, { history: historyOfThings(things, tagged), path: [tagged] }))
      const refused = await back().catch((error: unknown) => error)
      expect(refused).toMatchObject({
        code: engine.name === 'postgres' ? 'MIGRATION_STEP_FAILED' : 'MIGRATION_BREAKS',
        message: expect.stringMatching(/(?:view v_tags\n|other)[^]*Nothing of the revision/),
      })
      expect(await runOn(url, 'select count(tag) as n from v_tags')).toEqual([{ n: 0 }])
      await runOn(url, 'drop view v_tags')
      await back()
      expect(await runOn(url, 'select count(*) as n from v_ids')).toEqual([{ n: 3 }])
    })

    test.runIf(engine.name === 'sqliteFile')('what did not work before is no reason to refuse', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      await runOn(url, 'create view v_nothing as select id from no_such_table')
      expect(await goUp(url, things, written(things.longer, stepsFrom(things.longer).up))).toBeNull()
    })

    test.runIf(saysMore(engine.name))('goes where a step names it', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      for (const sql of ['alter table things add column extra integer', 'create table others (id integer)'])
        await runOn(url, sql)
      const dropping: MigrationStep = { sql: ['alter table things drop column extra', 'drop table others'] }
      expect(await goUp(url, things, written(things.plain, [dropping]))).toBeNull()
    })
  },
  engines,
)

describeEngines(
  'the structure after a revision',
  (engine) => {
    test('is what its snapshot says, or the revision is refused with each difference', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const adding: MigrationStep = { sql: 'alter table things add column tagg text' }
      const wrong = await goUp(url, things, written(things.tagged, [adding]))
      expect(wrong).toMatchObject({ code: 'MIGRATION_RESULT' })
      expect(wrong?.message).toContain('- column things.tag: is missing, declared ')
      const [row] = await runOn(url, 'select * from things')
      expect([await appliedIn(url), row !== undefined && 'tagg' in row]).toEqual(
        engine.name === 'mysql' ? [['a1 done', 'b2 upgrading'], true] : [['a1 done'], false],
      )
    })

    test.runIf(engine.name === 'mysql')('can be put right by hand where nothing is rolled back', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const adding: MigrationStep = { sql: 'alter table things add column tagg text' }
      expect((await goUp(url, things, written(things.tagged, [adding])))?.code).toBe('MIGRATION_RESULT')
      for (const sql of ['alter table things drop column tagg', ...statementsAdding(things)]) await runOn(url, sql)
      expect(await goUp(url, things, written(things.tagged, [adding]))).toBeNull()
      expect(await appliedIn(url)).toEqual(['a1 done', 'b2 done'])
    })

    test.runIf(saysMore(engine.name))(
      'may lack what it lacked before, which the next start still finds and makes',
      async () => {
        const things = await thingsOn(engine.name)
        const url = await thingsDatabase(engine.fresh, things)
        await runOn(url, `drop index ix_things_amount${engine.name === 'mysql' ? ' on things' : ''}`)
        expect(await goUp(url, things, written(things.tagged, things.adding.up))).toBeNull()
        const told: string[] = []
        const structureObserver = { applied: ({ change }: { readonly change: string }) => void told.push(change) }
        await (await openDatabase(url, { models: thingModels.tagged(), structureObserver })).close()
        expect(told).toEqual(['addIndex'])
      },
    )

    test.skipIf(engine.name === 'sqliteFile')(
      'may have what a person has changed of it, which stays so and is told',
      async () => {
        const things = await thingsOn(engine.name)
        const url = await thingsDatabase(engine.fresh, things)
        await runOn(url, 'alter table things alter column amount set default 5')
        expect(await goUp(url, things, written(things.tagged, things.adding.up))).toBeNull()
        const structure = await openStructure(url, { models: thingModels.tagged() })
        const { frozen, steps, drift } = await structure.plan()
        await structure.close()
        expect([steps, drift, frozen.map(({ object }) => object)]).toEqual([[], [], ['column things.amount']])
      },
    )
  },
  engines,
)

function statementsAdding({ adding }: Things): readonly string[] {
  return adding.up.flatMap((step) => ('sql' in step ? [step.sql].flat() : []))
}

/** As a change of the table was planned before somebody added to it. */
function rebuilt(engine: EngineName, { longer }: Things): readonly MigrationStep[] {
  if (engine === 'sqliteFile') return stepsFrom(longer).up
  const copying = 'create table kept as select id, name, amount from things'
  return [{ sql: [copying, 'drop table things', 'alter table kept rename to things'] }]
}

async function opaqueOf(url: string): Promise<unknown> {
  const { opaque } = await withParts(url, (parts) => structureOf(parts).introspect())
  return opaque.map(({ kind, name, table, definition }) => ({ kind, name, table, definition }))
}
