/**
 * What the DAO costs over a bare driver: `npm run bench:dao`.
 *
 * Three subjects do the same work on the same tables in one run, taking turns: the bare driver (prepared statements, plain
 * objects, the owner's and the trash's condition written by hand), plain Kysely, and the DAO with all it does on top (scope,
 * soft deletion, validation, codecs, references). Created rows come back whole from all three. Each piece of work runs inside
 * an open transaction that is rolled back; figures are lower quartiles of 20 rounds, in microseconds per repetition.
 *
 * On SQLite in memory and, where `TERRACE_TEST_POSTGRES_URL` (default: this machine) answers, PostgreSQL. Bulk inserts send the
 * same statements of 256 rows. Inserts with a reference also ask for the rows they refer to, which the others leave to the
 * foreign key: reported without a goal, as is a query put together by hand at each call.
 */
import { availabilityOf, freshDatabase } from 'terrace/testing'
import { measure, printFigures, type Figures } from './dao/measure.ts'
import { postgresSubjects } from './dao/postgres-subjects.ts'
import { sqliteSubjects } from './dao/sqlite-subjects.ts'
import type { Subject } from './dao/subject.ts'
import { works } from './dao/works.ts'

/** `fewer`: by how much to divide the repetitions, where each takes that much longer. */
async function run(title: string, subjects: readonly Subject[], fewer: number): Promise<void> {
  const figures: Figures[] = []
  for (const work of works) {
    const times = Math.max(1, Math.round(work.times / fewer))
    figures.push(await measure({ ...work, times }, subjects))
  }
  for (const subject of subjects) await subject.close()
  printFigures(title, figures, subjects)
}

await run('SQLite in memory', await sqliteSubjects(), 1)

const postgres = await availabilityOf('postgres')
if (postgres.isAvailable) {
  const database = await freshDatabase('postgres')
  try {
    await run('PostgreSQL', await postgresSubjects(database.url), 10)
  } finally {
    await database.drop()
  }
} else {
  console.log(`\nPostgreSQL: skipped, ${postgres.reason}`)
}
