import { afterEach, expect, test } from 'vitest'
import { describeEngines, type EngineUnderTest } from '../../test/support/describe-engines.ts'
import { followedDatabase, type FollowedDatabase } from '../../test/support/followed-database.ts'
import { graph, integer, model, reference, text, uuid, type BoundModel, type Columns } from '../model/index.ts'
import type { LiveStructure, Plan } from '../schema/index.ts'

const key = '01900000-0000-7000-8000-000000000001'
const otherKey = '01900000-0000-7000-8000-000000000002'

const opened: FollowedDatabase[] = []
afterEach(async () => {
  for (const { driver } of opened.splice(0)) await driver.close()
})

async function open(engine: EngineUnderTest): Promise<FollowedDatabase> {
  const database = await followedDatabase(engine)
  opened.push(database)
  return database
}

type Models = Readonly<Record<string, BoundModel>>

function shops(columns: Columns = { name: text().length(1, 20).default('none') }): Models {
  return graph({ Shop: model('shops', { id: uuid().primaryKey(), ...columns }) })
}

const name = text().length(1, 20).default('none')
const withFloor = (): Models => shops({ name, floor: integer().nullable() })

async function ledgerOf({ byHand }: FollowedDatabase): Promise<readonly string[]> {
  const rows = await byHand('select kind, path from terrace_object')
  return rows.map(({ kind, path }) => `${String(kind)} ${String(path)}`).toSorted()
}

/** Without the texts of statements: what a rebuild writes means the same in other words. */
function shapesOf({ snapshot }: LiveStructure): unknown {
  return JSON.parse(JSON.stringify(snapshot, (field, value: unknown) => (field === 'definition' ? undefined : value)))
}

describeEngines(
  'a structure',
  (engine) => {
    test('is planned as plain data, applied and taken back, with its ledger and its rows', async () => {
      const database = await open(engine)
      const { structure, wanted, byHand } = database
      await structure.apply(wanted(shops()))
      await byHand(`insert into shops (id, name) values ('${key}', 'Corner')`)
      const before = await structure.introspect()
      const ledger = await ledgerOf(database)
      const plan = await structure.plan(wanted(withFloor()))
      expect(JSON.parse(JSON.stringify(plan)) as Plan).toEqual(plan)
      const applied = await structure.apply(wanted(withFloor()))
      expect(applied.steps.map(({ statements }) => statements)).toEqual(plan.steps.map(({ statements }) => statements))
      await structure.check(wanted(withFloor()))
      // Through text, as whoever keeps plans has them.
      await structure.undo(JSON.parse(JSON.stringify(applied)) as Plan)
      expect(shapesOf(await structure.introspect())).toEqual(shapesOf(before))
      expect(await ledgerOf(database)).toEqual(ledger)
      expect(await byHand('select name from shops')).toEqual([{ name: 'Corner' }])
      expect((await structure.plan(wanted(shops()))).steps).toEqual([])
    })

    test('a rename is taken back with its record, and is pending again', async () => {
      const { structure, wanted, byHand } = await open(engine)
      const renamed = (): Models => shops({ title: text().length(1, 20).default('none').renamedFrom('name') })
      await structure.apply(wanted(shops()))
      await byHand(`insert into shops (id, name) values ('${key}', 'Corner')`)
      const plan = await structure.apply(wanted(renamed()))
      expect(plan.renames).toEqual([{ object: 'column', table: 'shops', from: 'name', to: 'title' }])
      expect(await recordedRenames(byHand)).toEqual(['["name"]'])
      await structure.undo(plan)
      expect(await recordedRenames(byHand)).toEqual([])
      await structure.check(wanted(shops()))
      await structure.apply(wanted(renamed()))
      expect(await byHand('select title from shops')).toEqual([{ title: 'Corner' }])
    })

    test('columns that changed places stay where they are when their table gets another name', async () => {
      const { structure, wanted, byHand } = await open(engine)
      const short = text().length(1, 20)
      const swapped = { one: short.renamedFrom('two'), two: short.renamedFrom('one') }
      const id = uuid().primaryKey()
      await structure.apply(wanted(shops({ one: short, two: short })))
      await byHand(`insert into shops (id, one, two) values ('${key}', 'First', 'Second')`)
      await structure.apply(wanted(shops(swapped)))
      const stores = graph({ Shop: model('stores', { id, ...swapped }, { renamedFrom: 'shops' }) })
      const { renames } = await structure.apply(wanted(stores))
      expect(renames).toEqual([{ object: 'table', table: 'stores', from: 'shops', to: 'stores' }])
      expect(await byHand('select one, two from stores')).toEqual([{ one: 'Second', two: 'First' }])
    })

    test('[edge 69] a release from before a rename makes no empty table or column of the former name, whatever else has changed', async () => {
      const { sync, byHand } = await open(engine)
      const title = integer().nullable().renamedFrom('name')
      const renamed = graph({ Shop: model('shops', { id: uuid().primaryKey(), title }) })
      const moved = {
        Store: model('stores', { id: uuid().primaryKey(), title, floor: text() }, { renamedFrom: 'shops' }),
      }
      await sync(shops({ name: integer().nullable() }))
      await sync(renamed, { maintenance: true })
      await expect(sync(shops({ name: text().nullable() }))).rejects.toThrow(
        /column shops\.name .*is missing, while title .*either a rename/,
      )
      await sync(graph(moved), { maintenance: true })
      await expect(sync(renamed)).rejects.toThrow(/table shops .*is missing, while stores .*either a rename/)
      expect(await byHand('select * from stores')).toEqual([])
      // What was given up before is an old story, and its name is free.
      await sync(graph({ Town: model('towns', { id: uuid().primaryKey() }) }))
      expect((await sync(graph({ Shop: model('shops', { id: uuid().primaryKey() }) }))).created.tables).toEqual([
        'shops',
      ])
    })

    test('a plan of which something cannot be undone is not begun to be', async () => {
      const { structure, wanted, byHand } = await open(engine)
      await structure.apply(wanted(withFloor()))
      const plan = await structure.apply(wanted(shops()))
      const hopeless = { ...plan, steps: plan.steps.map((step) => ({ ...step, inverse: null })) }
      await expect(structure.undo(hopeless)).rejects.toMatchObject({
        code: 'STRUCTURE_IRREVERSIBLE',
        values: { list: expect.stringContaining('column shops.floor') },
      })
      await structure.check(wanted(shops()))
      expect(await byHand(`select state from terrace_revision where state <> 'done'`)).toEqual([])
    })

    test('what others have made is followed once it is adopted', async () => {
      const database = await open(engine)
      const { structure, wanted, sync, byHand } = database
      await structure.apply(wanted(shops()))
      await byHand('delete from terrace_object')
      await byHand('delete from terrace_meta')
      const refusal = sync(withFloor())
      await expect(refusal).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT' })
      await expect(refusal).rejects.toThrow(/column shops\.floor .*not made by Terrace.*adopt the table/)
      const registered = await structure.adopt(wanted(withFloor()), ['shops'])
      expect(registered).toContainEqual({ kind: 'table', path: 'shops' })
      expect(registered).toContainEqual({ kind: 'column', path: 'shops.name' })
      expect(await structure.adopt(wanted(withFloor()))).toEqual([])
      const { steps, notOwned } = await sync(withFloor())
      expect([steps.map(({ change }) => change), notOwned]).toEqual([['addColumn'], []])
    })

    test('what was changed by hand is told at each start and left, until it is adopted', async () => {
      const { structure, wanted, sync, byHand } = await open(engine)
      await sync(shops())
      await changeDefault(structure.dialect.name, byHand)
      for (const _ of ['first', 'second', 'third']) {
        const { steps, frozen } = await sync(shops())
        expect([steps, frozen.map(({ object }) => object)]).toEqual([[], ['column shops.name']])
      }
      await expect(sync(shops(), { policy: 'check' })).rejects.toThrow(/column shops\.name .*changed by hand/)
      await byHand(`update terrace_object set server = 'another one'`)
      await byHand(`delete from terrace_meta where ${quotedKey(structure.dialect.name)} = 'structure'`)
      expect((await sync(shops())).frozen).toHaveLength(1)
      expect((await sync(withFloor())).steps.map(({ change }) => change)).toEqual(['addColumn'])
      expect(await structure.adopt(wanted(withFloor()))).toEqual([{ kind: 'column', path: 'shops.name' }])
      expect((await sync(withFloor())).frozen).toEqual([])
      await structure.check(wanted(withFloor()))
    })

    test('[edge 67] a rule that rows stand against is refused with their number, and nothing is changed', async () => {
      const { structure, wanted, byHand } = await open(engine)
      await structure.apply(wanted(shops({ name, floor: integer().nullable() })))
      for (const id of [key, otherKey]) await byHand(`insert into shops (id, name) values ('${id}', 'Corner')`)
      const unique = shops({ name: text().length(1, 20).default('none').unique(), floor: integer().nullable() })
      await expect(structure.apply(wanted(unique))).rejects.toThrow(
        /unique shops\.uq_shops_name .*stand against it: 1 groups of rows with equal/,
      )
      const narrow = shops({ name: text().length(1, 5).default('none'), floor: integer().nullable() })
      await expect(structure.apply(wanted(narrow))).rejects.toThrow(/stand against it: 2 rows/)
      const required = shops({ name, floor: integer() })
      await expect(structure.apply(wanted(required))).rejects.toThrow(/column shops\.floor .*stand against it: 2 rows/)
      const Town = model('towns', { id: uuid().primaryKey() })
      const Shop = model('shops', { id: uuid().primaryKey(), name, townId: reference(Town).nullable() })
      await structure.apply(wanted(shops({ name, townId: uuid().nullable() })))
      await byHand(`update shops set town_id = '${key}'`)
      await expect(structure.apply(wanted(graph({ Town, Shop })))).rejects.toThrow(
        /foreign key shops\.fk_shops_town_id_towns .*stand against it: 2 rows/,
      )
      await structure.check(wanted(shops({ name, townId: uuid().nullable() })))
    })

    test('the rows of a table that would be blocked are counted where the engine has no estimate', async () => {
      const { structure, wanted, sync, byHand } = await open(engine)
      await sync(shops())
      for (const id of [key, otherKey]) await byHand(`insert into shops (id, name) values ('${id}', '${id.slice(-2)}')`)
      const unique = shops({ name: text().length(1, 20).default('none').unique() })
      const { steps } = await structure.plan(wanted(unique))
      const blocks = steps.some(({ hazards }) => hazards.some(({ class: kind }) => kind === 'blocking'))
      const started = await sync(unique, { blockingLimitRows: 1 }).then(
        () => 'started',
        ({ message }: Error) => message,
      )
      expect(blocks).toBe(engine.name !== 'mysql')
      expect(started).toMatch(blocks ? /about 2 rows.*more than 1.*maintenance: true/ : /^started$/)
      expect((await sync(unique)).frozen).toEqual([])
    })

    test('an allowance that allowed nothing is told, and one for no object is refused before anything is done', async () => {
      const { sync } = await open(engine)
      const allow = ['drop-column shops.gone']
      expect((await sync(shops(), { allow })).unusedAllowances).toEqual(allow)
      expect((await sync(shops(), { allow })).unusedAllowances).toEqual(allow)
      await expect(sync(shops(), { allow: ['drop-column'] })).rejects.toMatchObject({ code: 'STRUCTURE_OPTION' })
    })

    test('what a person allows is done, also where a start before it had nothing to do', async () => {
      const { sync } = await open(engine)
      await sync(withFloor())
      const left = { object: 'column shops.floor', note: expect.stringContaining('was declared once') as unknown }
      for (const _ of ['first', 'second']) expect((await sync(shops())).leftAlone).toContainEqual(left)
      const { steps, unusedAllowances } = await sync(shops(), { allow: ['drop-column shops.floor'] })
      expect([steps.length, unusedAllowances]).toEqual([1, []])
    })

    test('[edge 70] the table of a model that is gone is kept and told at each start', async () => {
      const { sync, byHand } = await open(engine)
      const Town = model('towns', { id: uuid().primaryKey() })
      const Shop = model('shops', { id: uuid().primaryKey() })
      await sync(graph({ Shop, Town }))
      await byHand(`insert into towns (id) values ('${key}')`)
      for (const _ of ['first', 'second']) expect((await sync(graph({ Shop }))).orphaned).toEqual(['towns'])
      expect(await byHand('select id from towns')).toHaveLength(1)
      await byHand('drop table towns')
      expect((await sync(graph({ Shop }))).orphaned).toEqual([])
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

type ByHand = FollowedDatabase['byHand']

async function recordedRenames(byHand: ByHand): Promise<readonly unknown[]> {
  const rows = await byHand(`select renames from terrace_object where renames <> '[]'`)
  return rows.map(({ renames }) => renames)
}

function quotedKey(dialect: string): string {
  return dialect === 'mysql' ? '`key`' : '"key"'
}

/** Another default, as a person gives it. */
async function changeDefault(dialect: string, byHand: ByHand): Promise<void> {
  if (dialect !== 'sqlite') {
    await byHand(`alter table shops alter column name set default 'nameless'`)
    return
  }
  const [row] = await byHand(`select sql from sqlite_schema where name = 'shops'`)
  await byHand('drop table shops')
  await byHand(String(row?.['sql']).replace(`'none'`, `'nameless'`))
}
