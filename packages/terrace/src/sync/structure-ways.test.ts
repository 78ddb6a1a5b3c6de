import { afterEach, expect, test } from 'vitest'
import { describeEngines, type EngineUnderTest } from '../../test/support/describe-engines.ts'
import { followedDatabase, type FollowedDatabase } from '../../test/support/followed-database.ts'
import { bigint, graph, integer, model, reference, text, uuid, type BoundModel } from '../model/index.ts'
import type { Snapshot, TableShape } from '../schema/index.ts'

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

function shops(isIndexed: boolean): Models {
  const name = text().length(1, 20).default('none')
  const columns = { id: uuid().primaryKey(), name, floor: bigint().range(0n, 9n) }
  return graph({ Shop: model('shops', columns, isIndexed ? { indexes: [['name']] } : {}) })
}

function withTable(snapshot: Snapshot, change: (table: TableShape) => TableShape): Snapshot {
  return { tables: Object.fromEntries(Object.entries(snapshot.tables).map(([name, table]) => [name, change(table)])) }
}

describeEngines(
  'what the engine would not build',
  (engine) => {
    test('is unknown, told with its words and never applied; the rest is compared', async () => {
      const { structure, wanted } = await open(engine)
      const right = wanted(shops(false))
      await structure.apply(right)
      const wrong = withTable(right, (table) => ({
        ...table,
        checks: table.checks.map((check) => ({ ...check, expression: 'no_such_function("floor") > 0' })),
        columns: table.columns.map((column) =>
          column.name === 'name' ? { ...column, default: 'no_such_thing(' } : column,
        ),
      }))
      const plan = await structure.plan(wrong)
      const unknown = plan.drift.filter(({ comparison }) => comparison === 'unknown')
      const checks = Object.values(wrong.tables).flatMap((table) =>
        table.checks.map(({ name }) => `check shops.${name}`),
      )
      expect(checks).toContain('check shops.ck_shops_floor_range')
      expect(unknown.map(({ object }) => object).toSorted()).toEqual([...checks, 'column shops.name'].toSorted())
      expect(unknown.map(({ reason }) => reason).join('\n')).toMatch(/the database would not build it: .*no_such_/i)
      expect(plan.steps).toEqual([])
      await expect(structure.apply(wrong)).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT' })
      await structure.check(right)
    })
  },
  ['postgres', 'mysql'],
)

describeEngines(
  'steps outside of a transaction',
  (engine) => {
    test('are journaled, and are undone', async () => {
      const { structure, wanted, byHand } = await open(engine)
      await structure.apply(wanted(shops(false)))
      const plan = await structure.apply(wanted(shops(true)), { online: true })
      expect([plan.transactional, plan.steps.map(({ transaction }) => transaction)]).toEqual([false, ['none']])
      await structure.check(wanted(shops(true)))
      expect(await byHand(`select state from terrace_step where state <> 'done'`)).toEqual([])
      await structure.undo(plan)
      expect(await byHand(`select path from terrace_object where kind = 'index'`)).toEqual([])
      await structure.check(wanted(shops(false)))
    })

    test('that end half-way are found done, or done anew', async () => {
      const { structure, wanted, byHand } = await open(engine)
      await structure.apply(wanted(shops(false)))
      await structure.apply(wanted(shops(true)), { online: true })
      await byHand(`update terrace_step set state = 'begun' where sql like '%concurrently%'`)
      await byHand(`delete from terrace_object where kind = 'index'`)
      await structure.apply(wanted(shops(true)))
      expect(await byHand(`select path from terrace_object where kind = 'index'`)).toHaveLength(1)
    })
  },
  ['postgres'],
)

describeEngines(
  'rows that have lost the row they refer to',
  (engine) => {
    test('stay as they are, and do not become more', async () => {
      const { structure, wanted, byHand } = await open(engine)
      const Town = model('towns', { id: uuid().primaryKey() })
      const shop = (length: number) =>
        graph({
          Town,
          Shop: model('shops', { id: uuid().primaryKey(), name: text().length(1, length), townId: reference(Town) }),
        })
      await structure.apply(wanted(shop(20)))
      await byHand('pragma foreign_keys = off')
      const key = '01900000-0000-7000-8000-000000000001'
      await byHand(`insert into shops (id, name, town_id) values ('${key}', 'Corner', '${key}')`)
      await byHand('pragma foreign_keys = on')
      await structure.apply(wanted(shop(30)))
      expect(await byHand('select name from shops')).toEqual([{ name: 'Corner' }])
      expect(await byHand('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }])
      const plan = await structure.plan(wanted(shop(40)))
      const losing = { ...plan, steps: plan.steps.map((step) => ({ ...step, inverse: ['delete from towns'] })) }
      await byHand(`insert into towns (id) values ('${key.replace(/1$/, '2')}')`)
      await byHand(
        `insert into shops (id, name, town_id) values ('${key.replace(/1$/, '3')}', 'Mill', '${key.replace(/1$/, '2')}')`,
      )
      await expect(structure.undo(losing)).rejects.toMatchObject({
        code: 'STRUCTURE_KEYS_BROKEN',
        values: { count: 1, list: 'shops → towns: 1' },
      })
      expect(await byHand('select id from towns')).toHaveLength(1)
      expect(await byHand('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }])
    })

    test('are the same ones when their table gets another name, and its former one back', async () => {
      const { structure, wanted, byHand } = await open(engine)
      const Town = model('towns', { id: uuid().primaryKey() })
      const columns = { id: uuid().primaryKey(), townId: reference(Town) }
      await structure.apply(wanted(graph({ Town, Shop: model('shops', columns) })))
      const key = '01900000-0000-7000-8000-000000000001'
      await byHand('pragma foreign_keys = off')
      await byHand(`insert into shops (id, town_id) values ('${key}', '${key}')`)
      await byHand('pragma foreign_keys = on')
      const plan = await structure.apply(
        wanted(graph({ Town, Shop: model('stores', columns, { renamedFrom: 'shops' }) })),
      )
      expect(await byHand('select id from stores')).toHaveLength(1)
      await structure.undo(plan)
      expect(await byHand('select id from shops')).toHaveLength(1)
    })
  },
  ['sqliteFile', 'sqliteMemory'],
)

describeEngines(
  'a foreign key that somebody else has made',
  (engine) => {
    test('is there after its target got another type, or the change is refused where it might not be', async () => {
      const { structure, wanted, sync, byHand } = await open(engine)
      const town = (id: typeof narrow | typeof wide): Models => graph({ Town: model('towns', { id }) })
      const [narrow, wide] = [integer().primaryKey(), bigint().primaryKey()]
      await sync(town(narrow))
      await byHand(
        'create table strange (id int primary key, town_id int, constraint fk_strange foreign key (town_id) references towns (id))',
      )
      const outcome = await sync(town(wide)).then(
        () => 'started',
        ({ message }: Error) => message,
      )
      const refusal = /column towns\.id .*foreign key strange\.fk_strange, which Terrace did not make/
      expect(outcome).toMatch(structure.dialect.transactionalDdl ? /^started$/ : refusal)
      const { strange } = (await structure.introspect()).snapshot.tables
      expect(strange?.foreignKeys).toMatchObject([{ name: 'fk_strange', targetTable: 'towns' }])
      await byHand('drop table strange')
      await sync(town(wide))
      await structure.check(wanted(town(wide)))
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
