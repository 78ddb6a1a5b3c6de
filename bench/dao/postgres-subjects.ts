import { Client, Pool } from 'pg'
import { Kysely, PostgresDialect } from 'kysely'
import { openDatabase } from 'terrace/database'
import { bareOperations, type BareDriver, type BareRow } from './bare-subject.ts'
import { daoSubject } from './dao-subject.ts'
import { newIds, type Ids } from './ids.ts'
import { kyselyOperations, type KyselyTables } from './kysely-subject.ts'
import { models } from './models.ts'
import { bareRows, seedDao } from './seed.ts'
import type { Subject } from './subject.ts'

/** One database that Terrace made the tables of; each subject has a device and rows of its own, so that none waits for another. */
export async function postgresSubjects(url: string): Promise<readonly Subject[]> {
  const [bare, kysely, dao] = [newIds(), newIds(), newIds()]
  const db = await openDatabase(url, { models })
  await seedDao(db, dao)
  const client = new Client({ connectionString: url })
  await client.connect()
  for (const ids of [bare, kysely]) {
    for (const { sql, parameters } of bareRows(ids, dollar, values)) await client.query(sql, [...parameters])
  }
  await client.query('vacuum analyze')
  return [bareSubject(client, bare), kyselySubject(url, kysely), daoSubject(db, dao.deviceId, dao.productIds)]
}

const dollar = (at: number): string => `$${at}`
const values = { instant: () => new Date(), no: false }

function bareSubject(client: Client, ids: Ids): Subject {
  const names = new Map<string, string>()
  const named = (text: string): string => {
    const known = names.get(text) ?? `s${names.size}`
    names.set(text, known)
    return known
  }
  const query = (text: string, parameters: readonly unknown[]) =>
    client.query({ name: named(text), text, values: [...parameters] })
  const driver: BareDriver = {
    placeholder: dollar,
    all: async (sql, parameters) => (await query(sql, parameters)).rows as BareRow[],
    run: query,
    ...values,
    newId: ids.newId,
  }
  return {
    name: 'bare',
    close: () => client.end(),
    async inTransaction(work) {
      await client.query('begin')
      try {
        await work(bareOperations(driver, ids))
      } finally {
        await client.query('rollback')
      }
    },
  }
}

function kyselySubject(url: string, ids: Ids): Subject {
  const db = new Kysely<KyselyTables>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: url, max: 1 }) }),
  })
  return {
    name: 'Kysely',
    close: () => db.destroy(),
    async inTransaction(work) {
      const transaction = await db.startTransaction().execute()
      try {
        await work(kyselyOperations(transaction, ids, { ...values, newId: ids.newId }))
      } finally {
        await transaction.rollback().execute()
      }
    },
  }
}
