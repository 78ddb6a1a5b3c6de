/**
 * What the scope costs: `npm run bench:scope`.
 *
 * Reads: a session that acts for one device, against an unscoped session in which the same conditions are written by hand, on the
 * same database by the same driver. Three ways: the statement by the executor alone, compiled once (goal 1.05: this is what the
 * scope adds to a statement); `dao.get` and `dao.list` against that hand-written statement, which also pays what a DAO does
 * besides; and a query by Kysely that both sides compile at each call. Two devices with 1,000 rows in each table, a tenth of the
 * products deleted.
 *
 * Compile pass: Terrace's compiler (conditions, names, values, and rendering) against Kysely's own compiler for the same engine, over
 * one tree, without a database. Twice: against Kysely's rendering of the tree as it was written, and against its rendering of the
 * statement that runs, with the conditions and stamps in it as if written by hand (goal 2 in total).
 *
 * The two sides take turns within each of 60 rounds (200 of shorter turns for the compile pass), who begins alternates; ratios are the median of the rounds' ratios, times the
 * lower quartile. SQLite in memory and, where `TERRACE_TEST_POSTGRES_URL` (default: this machine) answers, PostgreSQL.
 */
import { Client } from 'pg'
import { openDatabase } from 'terrace/database'
import { availabilityOf, freshDatabase } from 'terrace/testing'
import { compileRatios } from './scope/compile-pass.ts'
import { models } from './scope/models.ts'
import { printRatios } from './scope/ratios.ts'
import { readRatios } from './scope/reads.ts'
import { seeded } from './scope/seed.ts'

interface RunOptions {
  readonly times: number
  readonly settle: () => Promise<void>
}

/** `settle`: what an engine does by itself some time after rows came, so that it does not in the middle of a figure. */
async function run(engine: string, url: string, { times, settle }: RunOptions): Promise<void> {
  const db = await openDatabase(url, { models })
  try {
    const { asWritten, asRun } = await compileRatios(db)
    const compilers = ['Terrace', 'Kysely'] as const
    printRatios(
      { title: `${engine}: compiled, against the tree as written`, columns: compilers, goal: null },
      asWritten,
    )
    printRatios({ title: `${engine}: compiled, against the statement that runs`, columns: compilers, goal: 2 }, asRun)
    const rows = await seeded(db)
    await settle()
    const { statements, daos, queries } = await readRatios(db, rows, times)
    printRatios({ title: `${engine}: a statement in a scope`, columns: ['scoped', 'by hand'], goal: 1.05 }, statements)
    printRatios({ title: `${engine}: a DAO in a scope`, columns: ['DAO', 'by hand'], goal: null }, daos)
    printRatios({ title: `${engine}: a query by Kysely`, columns: ['scoped', 'by hand'], goal: 1.05 }, queries)
  } finally {
    await db.close()
  }
}

async function analyzed(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
}

await run('SQLite in memory', 'sqlite::memory:', { times: 1_000, settle: () => Promise.resolve() })

const postgres = await availabilityOf('postgres')
if (postgres.isAvailable) {
  const database = await freshDatabase('postgres')
  try {
    await run('PostgreSQL', database.url, { times: 80, settle: () => analyzed(database.url) })
  } finally {
    await database.drop()
  }
} else {
  console.log(`\nPostgreSQL: skipped, ${postgres.reason}`)
}
