import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { openDatabase } from 'terrace/database'
import { bareOperations, type BareDriver, type BareRow } from './bare-subject.ts'
import { daoSubject } from './dao-subject.ts'
import { newIds, type Ids } from './ids.ts'
import { kyselyOperations, type KyselyTables } from './kysely-subject.ts'
import { models } from './models.ts'
import { bareRows, seedDao } from './seed.ts'
import type { Subject } from './subject.ts'

/** Three databases in memory with the same tables and rows. */
export async function sqliteSubjects(): Promise<readonly Subject[]> {
  const ids = newIds()
  const dao = await openDatabase('sqlite::memory:', { models })
  await seedDao(dao, ids)
  const ddl = await structureOf()
  return [bareSubject(ddl, ids), kyselySubject(ddl, ids), daoSubject(dao, ids.deviceId, ids.productIds)]
}

/** The statements with which Terrace makes the tables, so that all have the same indexes and checks. */
async function structureOf(): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'terrace-bench-'))
  try {
    const file = join(folder, 'structure.db')
    const db = await openDatabase(`sqlite:${file}`, { models })
    await db.close()
    const sqlite = new Sqlite(file)
    const rows = sqlite
      .prepare("select sql from sqlite_master where sql is not null and tbl_name not like 'sqlite_%' order by rowid")
      .all()
    sqlite.close()
    return rows.map((row) => (row as { readonly sql: string }).sql)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const instant = (): number => Date.now()

function openSeeded(ddl: readonly string[], ids: Ids): Sqlite.Database {
  const sqlite = new Sqlite(':memory:')
  sqlite.pragma('foreign_keys = on')
  for (const sql of ddl) sqlite.exec(sql)
  for (const { sql, parameters } of bareRows(ids, () => '?', { instant, no: 0 })) sqlite.prepare(sql).run(...parameters)
  return sqlite
}

function bareSubject(ddl: readonly string[], ids: Ids): Subject {
  const sqlite = openSeeded(ddl, ids)
  const prepared = new Map<string, Sqlite.Statement>()
  const statement = (sql: string): Sqlite.Statement => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const made = sqlite.prepare(sql)
    prepared.set(sql, made)
    return made
  }
  const driver: BareDriver = {
    placeholder: () => '?',
    all: (sql, parameters) => statement(sql).all(...parameters) as BareRow[],
    run: (sql, parameters) => statement(sql).run(...parameters),
    instant,
    no: 0,
    newId: ids.newId,
  }
  return {
    name: 'bare',
    close: () => Promise.resolve(void sqlite.close()),
    async inTransaction(work) {
      sqlite.exec('begin immediate')
      try {
        await work(bareOperations(driver, ids))
      } finally {
        sqlite.exec('rollback')
      }
    },
  }
}

function kyselySubject(ddl: readonly string[], ids: Ids): Subject {
  const db = new Kysely<KyselyTables>({ dialect: new SqliteDialect({ database: openSeeded(ddl, ids) }) })
  return {
    name: 'Kysely',
    close: () => db.destroy(),
    async inTransaction(work) {
      const transaction = await db.startTransaction().execute()
      try {
        await work(kyselyOperations(transaction, ids, { instant, no: 0, newId: ids.newId }))
      } finally {
        await transaction.rollback().execute()
      }
    },
  }
}
