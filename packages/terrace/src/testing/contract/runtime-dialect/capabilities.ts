import { Kysely, DummyDriver, PostgresAdapter, PostgresIntrospector } from 'kysely'
import { expect, test } from 'vitest'
import type { Capabilities } from '../../../database/index.ts'
import { engineFacts } from './engine-facts.ts'
import {
  after,
  failureOf,
  testUnless,
  writing,
  type Bench,
  type DialectUnderContract,
  type GetBench,
} from './subject.ts'

type Flag = { [K in keyof Capabilities]: Capabilities[K] extends boolean ? K : never }[keyof Capabilities]

/** Tries what a flag says on `table (id, n)`, which holds (1, null) and (2, 5); a `DriverError` means no. */
type Trial = (bench: Bench, table: string) => Promise<unknown>

const trials = {
  transactionalDdl: async ({ newName, use, run }) => {
    const table = newName()
    await use(async (runOne, connection) => {
      await connection.begin(writing(connection))
      await runOne(`create table ${table} (id integer)`)
      await connection.rollback()
    })
    const isGone = !(await works(() => run(`select id from ${table}`)))
    if (!isGone) refuse()
  },
  insertReturning: ({ run }, table) => run(`insert into ${table} values (3, 1) returning id`),
  updateReturning: ({ run }, table) => run(`update ${table} set n = 6 where id = 2 returning id`),
  deleteReturning: ({ run }, table) => run(`delete from ${table} where id = 2 returning id`),
  onConflictWhere: ({ run }, table) =>
    run(`insert into ${table} values (2, 1) on conflict (id) do update set n = 7 where ${table}.n = 5`),
  partialIndexes: ({ run }, table) => run(`create unique index ix_${table} on ${table} (n) where n > 0`),
  nullsAreSmallest: async ({ run }, table) => {
    const { rows } = await run(`select n from ${table} order by n`)
    if (rows[0]?.['n'] !== null) refuse()
  },
  fullJoin: ({ run }, table) => run(`select a.id from ${table} a full join ${table} b on a.id = b.n`),
  lateralJoin: ({ run }, table) =>
    run(`select a.id from ${table} a left join lateral (select b.id from ${table} b where b.n > a.id) c on true`),
  correlatedFrom: ({ run }, table) =>
    run(`select (select max(m) from (select b.n as m from ${table} b where b.id > a.id) c) as d from ${table} a`),
  distinctOn: ({ run }, table) => run(`select distinct on (id) id, n from ${table} order by id`),
  withBeforeWrite: ({ run }, table) =>
    run(`with chosen as (select id from ${table}) delete from ${table} where id in (select id from chosen)`),
  rowLevelSecurity: ({ run }, table) => run(`alter table ${table} enable row level security`),
} as const satisfies Record<Exclude<Flag, 'rowLocks' | 'separateWriter'>, Trial>

function refuse(): never {
  throw new Refused()
}
class Refused extends Error {}

export function capabilitiesContract(bench: GetBench, subject: DialectUnderContract): void {
  const facts = engineFacts[subject.engine]

  const newTable = async (given: Bench): Promise<string> => {
    const table = given.newName()
    await given.createTable(table, 'id integer not null primary key, n integer')
    await given.run(`insert into ${table} values (1, null), (2, 5)`)
    return table
  }

  for (const flag of Object.keys(trials) as (keyof typeof trials)[]) {
    test(`${flag} is true exactly where it works`, async () => {
      const given = await bench()
      const table = await newTable(given)
      const trial: Trial = trials[flag]
      const isPossible = await works(() => trial(given, table))
      expect(isPossible).toBe(given.driver.capabilities[flag])
    })
  }

  testUnless(
    facts.oneConnection ?? facts.oneWriter,
    'rowLocks: a row that was read for share waits with its changes',
    async () => {
      const given = await bench()
      expect(given.driver.capabilities.rowLocks).toBe(true)
      const table = await newTable(given)
      const { sql } = lockingSelect(given, table)
      await given.use(async (run, holder) => {
        await holder.begin(writing(holder))
        await run(sql)
        const changing = given.run(`update ${table} set n = 9`)
        expect(await Promise.race([changing, after(60)])).toBe('later')
        await holder.commit()
        expect(await changing).toMatchObject({ changed: 2 })
      })
    },
  )

  test('separateWriter: reads go on beside a writer, and readers cannot write', async () => {
    const given = await bench()
    const { separateWriter } = given.driver.capabilities
    const table = await newTable(given)
    if (!separateWriter) {
      const deleted = await given.use((run) => run(`delete from ${table}`), { access: 'read' })
      expect(deleted).toMatchObject({ changed: 2 })
      return
    }
    await given.use(async (_, writer) => {
      await writer.begin(writing(writer))
      await given.use(
        async (read) => {
          expect((await read(`select n from ${table} where id = 2`)).rows).toEqual([{ n: 5 }])
          expect(await failureOf(() => read(`delete from ${table}`))).toMatchObject({ kind: 'readOnly' })
        },
        { access: 'read' },
      )
      await writer.rollback()
    })
  })
}

async function works(trial: () => Promise<unknown>): Promise<boolean> {
  try {
    await trial()
    return true
  } catch (error) {
    if (error instanceof Refused || (error as Error).name === 'DriverError') return false
    throw error
  }
}

/** By the dialect's own compiler: engines spell FOR SHARE differently. */
function lockingSelect({ dialect, driver }: Bench, table: string): { readonly sql: string } {
  const kysely = new Kysely<Record<string, { id: number }>>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(driver.capabilities),
    },
  })
  return kysely.selectFrom(table).select('id').forShare().compile()
}
