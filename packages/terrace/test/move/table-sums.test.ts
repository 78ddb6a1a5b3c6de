import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import type { Driver } from '../../src/database/index.ts'
import { structureOf, tableSums, withSnapshot, type TableSum } from '../../src/sync/index.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'

const rowCount = 1_500

interface Bench {
  run(sql: string): Promise<void>
  sums(): Promise<Readonly<Record<string, TableSum>>>
  close(): Promise<void>
}

async function benchOn(engine: EngineUnderTest): Promise<Bench> {
  const { url } = await engine.fresh()
  const { runtime, schema } = await dialectOf(url)
  const driver = await runtime.open({ url, pool: { size: 2 } })
  const structure = structureOf({ driver, schema })
  return {
    run: (sql) => runOn(driver, sql),
    sums: async () => {
      const { snapshot } = await structure.introspect()
      return withSnapshot(driver, { timeoutMs: 10_000 }, (runner) =>
        tableSums(runner, { schema: structure.dialect, runtime }, Object.values(snapshot.tables)),
      )
    },
    close: () => driver.close(),
  }
}

async function runOn(driver: Driver, sql: string): Promise<void> {
  const connection = await driver.acquire({ access: 'write', timeoutMs: 10_000 })
  try {
    await connection.execute({ sql, parameters: [], returnsRows: false })
  } finally {
    await driver.release(connection)
  }
}

/** Keys of one column, of several with long runs of equal beginnings, of decimals, and none at all. */
const tables = {
  people: { columns: 'id bigint not null primary key, name varchar(60)', row: (at: number) => `${at}, 'name ${at}'` },
  stock: {
    columns: 'place varchar(20) not null, item integer not null, much integer, primary key (place, item)',
    row: (at: number) => `'${at % 3 === 0 ? 'north' : 'South'}', ${at}, ${at % 7}`,
  },
  prices: {
    columns: 'price decimal(18, 4) not null primary key, word varchar(20)',
    row: (at: number) => `90000000000.${String(at).padStart(4, '0')}, ${at % 2 === 0 ? 'null' : `'null'`}`,
  },
  notes: { columns: 'word varchar(20), much integer', row: (at: number) => `'${at % 2 === 0 ? 'a' : 'A'}', ${at % 5}` },
} as const

async function fill({ run }: Bench, order: (rows: readonly string[]) => readonly string[]): Promise<void> {
  for (const [name, { columns, row }] of Object.entries(tables)) {
    await run(`create table ${name} (${columns})`)
    const rows = order(Array.from({ length: rowCount }, (_, at) => `(${row(at)})`))
    for (let at = 0; at < rows.length; at += 500) {
      await run(`insert into ${name} values ${rows.slice(at, at + 500).join(', ')}`)
    }
  }
}

describeEngines(
  'the sums of tables',
  (engine) => {
    let one: Bench
    let other: Bench
    beforeAll(async () => {
      one = await benchOn(engine)
      other = await benchOn(engine)
      await fill(one, (rows) => rows)
      await fill(other, (rows) => rows.toReversed())
    })
    afterAll(async () => {
      await one.close()
      await other.close()
    })

    test('are the same for the same rows in another order, whatever their key, and count every row', async () => {
      const sums = await one.sums()
      expect(Object.keys(sums).toSorted()).toEqual(Object.keys(tables).toSorted())
      expect(Object.values(sums).map(({ rows }) => rows)).toEqual([rowCount, rowCount, rowCount, rowCount])
      expect(await other.sums()).toEqual(sums)
    })

    test('differ for the table, and only that one, in which a value, its kind or the number of equal rows differs', async () => {
      const changes = [
        ['people', `update people set name = 'name 77 ' where id = 77`],
        ['prices', `update prices set word = null where price = 90000000000.0001`],
        ['stock', `update stock set much = much + 1 where item = 1499`],
        ['notes', `insert into notes values ('a', 0)`],
      ] as const
      for (const [table, change] of changes) {
        const before = await one.sums()
        await one.run(change)
        const after = await one.sums()
        const differing = Object.keys(before).filter((name) => before[name]?.checksum !== after[name]?.checksum)
        expect(differing).toEqual([table])
      }
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
