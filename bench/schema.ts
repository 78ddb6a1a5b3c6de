/**
 * What following the structure costs: `npm run bench:schema`.
 *
 * PostgreSQL with 1,300 tables and 19,500 columns, with keys, unique rules, checks, indexes and references. A start with
 * nothing to do is measured against the bare queries that it sends, by the plain driver on a connection of its own, which takes
 * all rows and does nothing with them. Then a plan of 1,000 changes to 71 of the tables: diff and plan alone (pure), and as a
 * whole with introspection and the canonical form, for which those tables are built and rolled back. At last CountOnMe's
 * start with nothing to do, on each engine.
 *
 * Contestants take turns in one run, after three rounds that do not count; times are medians with the quarters below and
 * above, ratios the same of the ratios of single rounds. The tables are made before, by the statements of a plan, many in one
 * message. Servers that do not answer are skipped.
 */
import { availabilityOf, freshDatabase } from 'terrace/testing'
import { models as countOnMe } from '../apps/countonme/src/models.ts'
import { changesEach, largeGraph } from './schema/large-graph.ts'
import { makeTables } from './schema/make-tables.ts'
import { manyChanges } from './schema/many-changes.ts'
import { nothingToDo } from './schema/nothing-to-do.ts'
import type { SchemaEngine } from './schema/plain-queries.ts'
import { structureSubject, type StructureSubject } from './schema/subject.ts'

const tables = 1300
const changes = 1000

async function withDatabase(
  engine: SchemaEngine,
  work: (database: { readonly url: string; readonly subject: StructureSubject }) => Promise<void>,
): Promise<void> {
  const available = await availabilityOf(engine)
  if (!available.isAvailable) {
    console.log(`\n${engine}: skipped, ${available.reason}`)
    return
  }
  const database = await freshDatabase(engine)
  try {
    const subject = await structureSubject(database.url)
    try {
      await work({ url: database.url, subject })
    } finally {
      await subject.close()
    }
  } finally {
    await database.drop()
  }
}

await withDatabase('postgres', async ({ url, subject }) => {
  const models = largeGraph({ tables })
  await makeTables(subject, { url, declared: subject.declared(models) })
  const title = `PostgreSQL, ${tables} tables`
  await nothingToDo({ title, engine: 'postgres', url, subject, models, rounds: 15, highestRatio: 2 })
  const later = subject.declared(largeGraph({ tables, changed: Math.round(changes / changesEach) }))
  await manyChanges(subject, { former: subject.declared(models), declared: later, rounds: 11 })
})

const titles: Readonly<Record<SchemaEngine, string>> = {
  sqliteFile: 'SQLite',
  postgres: 'PostgreSQL',
  mysql: 'MySQL or MariaDB',
}
for (const engine of ['sqliteFile', 'postgres', 'mysql'] as const)
  await withDatabase(engine, async ({ url, subject }) => {
    await subject.start(countOnMe)
    const title = `CountOnMe on ${titles[engine]}`
    await nothingToDo({ title, engine, url, subject, models: countOnMe, rounds: 40 })
  })
