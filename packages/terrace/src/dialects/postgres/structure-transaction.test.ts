import { afterAll, expect, test } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import type { Driver } from '../../database/index.ts'
import {
  bigint,
  graph,
  graphOf,
  model,
  reference,
  softDelete,
  text,
  uuid,
  type Columns,
  type ModelGraph,
} from '../../model/index.ts'
import { snapshotOf, type SchemaDialectFactory, type Snapshot } from '../../schema/index.ts'
import { structureOf, synchronize } from '../../sync/index.ts'
import { createSchemaDialect, postgresDialect } from './index.ts'

const shop = (columns: Columns) => graphOf(graph({ Shop: model('shops', { id: uuid().primaryKey(), ...columns }) }))

/** As delivered, but less patient. */
const hasty: SchemaDialectFactory = (server) => {
  const dialect = createSchemaDialect(server)
  return { ...dialect, lock: { ...dialect.lock, prepare: [`set local lock_timeout = '100ms'`] } as typeof dialect.lock }
}

describeEngines(
  'the transaction of a plan',
  (engine) => {
    const drivers: Driver[] = []
    afterAll(() => Promise.all(drivers.map((driver) => driver.close())))

    async function open(): Promise<Driver> {
      const { url } = await engine.fresh()
      const driver = await postgresDialect.open({ url, pool: {} })
      drivers.push(driver)
      return driver
    }

    test('is given up and tried again while somebody reads a table for long, and blocks nobody meanwhile', async () => {
      const driver = await open()
      const options = { driver, dialect: postgresDialect, schema: hasty }
      await synchronize({ ...options, graph: shop({}) })
      const reader = await driver.acquire({ access: 'read', timeoutMs: 1_000 })
      await reader.begin({ isolation: 'readCommitted', readOnly: true })
      await reader.execute({ sql: 'select * from shops', parameters: [] })
      let told = 0
      const growing = synchronize({
        ...options,
        graph: shop({ floor: bigint().nullable() }),
        observer: { waiting: () => (told += 1) },
      })
      const later = new Promise((resolve) => setTimeout(resolve, 500))
      expect(await Promise.race([growing, later])).toBeUndefined()
      await reader.commit()
      await driver.release(reader)
      expect((await growing).steps).toMatchObject([{ change: 'addColumn' }])
      expect(told).toBe(1)
    })

    test.each([
      ['rules that are looked at later', { floor: bigint().range(0n, 9n).nullable() }],
      ['what else commits together', { floor: bigint().nullable().default(1n) }],
    ])('is given up too where steps commit one by one: %s', async (_, columns) => {
      const driver = await open()
      const structure = structureOf({ driver, schema: hasty, lockTimeoutMs: 400 })
      const wanted = (graphOfShops: ModelGraph): Snapshot => snapshotOf(graphOfShops, structure.dialect)
      await structure.apply(wanted(shop({ floor: bigint().nullable() })))
      const reader = await driver.acquire({ access: 'read', timeoutMs: 1_000 })
      await reader.begin({ isolation: 'readCommitted', readOnly: true })
      await reader.execute({ sql: 'select * from shops', parameters: [] })
      const given = structure.apply(wanted(shop(columns)), { online: true }).then(
        () => 'done',
        ({ code }: { readonly code?: string }) => code,
      )
      const later = new Promise((resolve) => setTimeout(resolve, 3_000, 'stood in line'))
      const outcome = await Promise.race([given, later])
      await reader.commit()
      await driver.release(reader)
      await given
      expect(outcome).toBe('STRUCTURE_LOCK_TIMEOUT')
      await structure.apply(wanted(shop(columns)), { online: true })
      await structure.check(wanted(shop(columns)))
    })

    test('holds the lock while steps outside of it take long, on a server that ends idle transactions', async () => {
      const { url } = await engine.fresh()
      const connect = (): Promise<Driver> => postgresDialect.open({ url, pool: {} })
      const [first, driver] = [await connect(), await connect()]
      drivers.push(first, driver)
      const writer = await first.acquire({ access: 'write', timeoutMs: 1_000 })
      const name = new URL(url).pathname.slice(1)
      await writer.execute({
        sql: `alter database "${name}" set idle_in_transaction_session_timeout = '200ms'`,
        parameters: [],
      })
      const structure = structureOf({ driver, schema: createSchemaDialect, lockTimeoutMs: 5_000 })
      const indexed = (indexes: readonly (readonly ['floor'])[]) =>
        graphOf(graph({ Shop: model('shops', { id: uuid().primaryKey(), floor: bigint().nullable() }, { indexes }) }))
      await structure.apply(snapshotOf(indexed([]), structure.dialect))
      await writer.begin({ isolation: 'readCommitted', readOnly: false })
      await writer.execute({ sql: 'insert into shops (id) values (gen_random_uuid())', parameters: [] })
      const given = structure.apply(snapshotOf(indexed([['floor']]), structure.dialect), { online: true })
      await new Promise((resolve) => setTimeout(resolve, 600))
      await writer.commit()
      await first.release(writer)
      expect((await given).steps).toMatchObject([{ change: 'addIndex' }])
    })

    test('takes no rule for there that the rows were never held to', async () => {
      const driver = await open()
      const Town = model('towns', { id: uuid().primaryKey() })
      const columns = { townId: reference(Town), name: text().length(1, 9).unique(), ...softDelete() }
      const Shop = model('shops', { id: uuid().primaryKey(), ...columns })
      const options = {
        driver,
        dialect: postgresDialect,
        schema: createSchemaDialect,
        graph: graphOf(graph({ Town, Shop })),
      }
      await synchronize(options)
      const connection = await driver.acquire({ access: 'write', timeoutMs: 1_000 })
      const run = (sql: string) => connection.execute({ sql, parameters: [] })
      await run('drop index uq_shops_name')
      await run('alter table shops drop constraint fk_shops_town_id_towns')
      await run(
        'alter table shops add constraint fk_shops_town_id_towns foreign key (town_id) references towns not valid',
      )
      const id = 'gen_random_uuid()'
      await run(`insert into towns select ${id}`)
      for (const _ of ['first', 'second'])
        await run(`insert into shops (id, town_id, name) select ${id}, id, 'same' from towns`)
      const index = 'create unique index concurrently uq_shops_name on shops (name) where deleted_at is null'
      await expect(run(index)).rejects.toMatchObject({ kind: 'unique' })
      await driver.release(connection)
      const { steps, frozen } = await synchronize(options)
      expect(steps).toEqual([])
      expect(frozen).toMatchObject([
        { object: 'unique shops.uq_shops_name', reason: expect.stringContaining('enforced off, wanted on') },
        {
          object: 'foreign key shops.fk_shops_town_id_towns',
          reason: expect.stringContaining('enforced off, wanted on'),
        },
      ])
    })

    test('is rolled back whole when the database refuses a step, which is named', async () => {
      const driver = await open()
      const connection = await driver.acquire({ access: 'write', timeoutMs: 1_000 })
      const run = async (sql: string) => (await connection.execute({ sql, parameters: [] })).rows
      // The name of a type is taken for tables too, and types are not looked at.
      await run('create type zoos as (a int)')
      const Zoo = model('zoos', { id: uuid().primaryKey() })
      const Ape = model('apes', { id: uuid().primaryKey() })
      const options = {
        driver,
        dialect: postgresDialect,
        schema: createSchemaDialect,
        graph: graphOf(graph({ Ape, Zoo })),
      }
      await expect(synchronize(options)).rejects.toMatchObject({
        code: 'STRUCTURE_STEP_FAILED',
        values: { table: 'zoos', sql: expect.stringMatching(/^create table "zoos"/) },
        cause: { name: 'DriverError' },
      })
      expect(await run(`select relname from pg_class where relname in ('apes', 'terrace_meta')`)).toEqual([])
      await run('drop type zoos')
      expect((await synchronize(options)).created.tables.toSorted()).toEqual(['apes', 'zoos'])
      await driver.release(connection)
    })
  },
  ['postgres'],
)
