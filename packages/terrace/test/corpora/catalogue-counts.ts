import Sqlite from 'better-sqlite3'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { Client } from 'pg'
import type { LiveStructure, OpaqueObject } from '../../src/schema/index.ts'
import type { CorpusEngine } from './load-corpus.ts'
import { sqlitePathOf } from './sqlite-path.ts'

/** How many objects of which kind there are; within tables of those that were read as tables. */
export interface ObjectCounts {
  readonly tables: number
  readonly columns: number
  readonly primaryKeys: number
  readonly uniques: number
  readonly indexes: number
  readonly foreignKeys: number
  readonly checks: number
  readonly views: number
  readonly triggers: number
  readonly routines: number
  /** Native types: enums and domains. */
  readonly types: number
  readonly rules: number
}

const ofTables: readonly OpaqueObject['kind'][] = ['partitionedTable', 'partition', 'virtualTable', 'unreadableTable']

/** What was read, counted. */
export function countsRead({ snapshot, opaque }: LiveStructure): ObjectCounts {
  const tables = Object.values(snapshot.tables)
  const opaqueOf = (...kinds: readonly OpaqueObject['kind'][]): readonly OpaqueObject[] =>
    opaque.filter(({ kind }) => kinds.includes(kind))
  const onRead = opaque.filter(({ table }) => table !== null && snapshot.tables[table] !== undefined)
  return {
    tables: tables.length + opaqueOf(...ofTables).length,
    columns: tables.flatMap(({ columns }) => columns).length,
    primaryKeys: tables.filter(({ primaryKey }) => primaryKey !== null).length,
    uniques: tables.flatMap(({ uniques }) => uniques).length,
    indexes: tables.flatMap(({ indexes }) => indexes).length + onRead.filter(({ kind }) => kind === 'index').length,
    foreignKeys: tables.flatMap(({ foreignKeys }) => foreignKeys).length,
    checks: tables.flatMap(({ checks }) => checks).length,
    views: opaqueOf('view', 'materializedView').length,
    triggers: opaqueOf('trigger').length,
    routines: opaqueOf('routine').length,
    types: opaqueOf('enum', 'domain').length,
    rules: opaqueOf('rule').length,
  }
}

/** What the engine's own catalogue counts, by the plain driver. `tables`: those that were read as tables. */
export function countsOfCatalogue(engine: CorpusEngine, url: string, tables: readonly string[]): Promise<ObjectCounts> {
  return counters[engine](url, tables)
}

const counters: Readonly<Record<CorpusEngine, (url: string, tables: readonly string[]) => Promise<ObjectCounts>>> = {
  sqliteFile: countSqlite,
  postgres: countPostgres,
  mysql: countMysql,
}

function countSqlite(url: string, tables: readonly string[]): Promise<ObjectCounts> {
  const database = new Sqlite(sqlitePathOf(url))
  try {
    const read = JSON.stringify(tables)
    const count = (sql: string): number => Number(database.prepare(sql).pluck().get({ read }))
    const texts = database
      .prepare(`select sql from sqlite_schema where type = 'table' and name in (select value from json_each(:read))`)
      .pluck()
      .all({ read }) as readonly string[]
    const within = 'from json_each(:read) t'
    const list = `${within} join pragma_index_list(t.value) i`
    return Promise.resolve({
      tables: count(
        `select count(*) from sqlite_schema where type = 'table' and name not like 'sqlite_%' and :read <> ''`,
      ),
      columns: count(`select count(*) ${within} join pragma_table_xinfo(t.value) c`),
      primaryKeys: count(
        `select count(*) ${within} where exists (select 1 from pragma_table_xinfo(t.value) where pk > 0)`,
      ),
      uniques: count(`select count(*) ${list} where i."unique" and i.origin <> 'pk'`),
      indexes: count(`select count(*) ${list} where not i."unique"`),
      foreignKeys: count(`select count(*) ${within} join pragma_foreign_key_list(t.value) f where f.seq = 0`),
      checks: checksIn(texts),
      views: count(`select count(*) from sqlite_schema where type = 'view' and :read <> ''`),
      triggers: count(`select count(*) from sqlite_schema where type = 'trigger' and :read <> ''`),
      routines: 0,
      types: 0,
      rules: 0,
    })
  } finally {
    database.close()
  }
}

/** Only the texts have them. */
function checksIn(texts: readonly string[]): number {
  return texts.flatMap((text) => [...text.matchAll(/\bcheck\s*\(/gi)]).length
}

async function countPostgres(url: string, tables: readonly string[]): Promise<ObjectCounts> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const count = async (sql: string, parameters: readonly unknown[] = []): Promise<number> =>
      Number((await client.query<{ n: string }>(`select count(*) as n ${sql}`, [...parameters])).rows[0]?.n)
    const read = `pg_class t where t.relnamespace = 'public'::regnamespace and t.relname = any($1)`
    const within = (sql: string): Promise<number> => count(sql, [tables])
    const constraints = (kind: string): Promise<number> =>
      within(`from pg_constraint k where contype = '${kind}' and conrelid in (select oid from ${read})`)
    const indexes = `from pg_index x where indrelid in (select oid from ${read}) and not indisprimary`
    return {
      tables: await count(`from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`),
      columns: await within(
        `from pg_attribute where attnum > 0 and not attisdropped and attrelid in (select oid from ${read})`,
      ),
      primaryKeys: await constraints('p'),
      uniques: await within(`${indexes} and indisunique`),
      indexes: await within(`${indexes} and not indisunique`),
      foreignKeys: await constraints('f'),
      checks: await constraints('c'),
      views: await count(`from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')`),
      triggers: await count('from pg_trigger where not tgisinternal'),
      routines: await count(`from pg_proc where pronamespace = 'public'::regnamespace`),
      types: await count(`from pg_type where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')`),
      rules: await count(
        `from pg_rewrite r join pg_class c on c.oid = r.ev_class
         where c.relnamespace = 'public'::regnamespace and r.rulename <> '_RETURN'`,
      ),
    }
  } finally {
    await client.end()
  }
}

async function countMysql(url: string, tables: readonly string[]): Promise<ObjectCounts> {
  const connection = await createConnection({ uri: url })
  try {
    const count = async (what: string, from: string): Promise<number> => {
      const [rows] = await connection.query<RowDataPacket[]>(
        `select count(${what}) as n from information_schema.${from}`,
      )
      return Number(rows[0]?.['n'])
    }
    const names = tables.map((name) => connection.escape(name)).join(', ')
    const read = `table_schema = database() and table_name in (${names})`
    // An index that was made for a foreign key has its name and is part of it.
    const ownIndex = `(table_name, index_name) not in (select table_name, constraint_name
      from information_schema.referential_constraints where constraint_schema = database())`
    const constraints = (type: string): Promise<number> =>
      count('*', `table_constraints where ${read} and constraint_type = '${type}'`)
    return {
      tables: await count('*', `tables where table_schema = database() and table_type = 'BASE TABLE'`),
      columns: await count('*', `columns where ${read}`),
      primaryKeys: await constraints('PRIMARY KEY'),
      uniques: await constraints('UNIQUE'),
      indexes: await count(
        'distinct table_name, index_name',
        `statistics where ${read} and non_unique = 1 and ${ownIndex}`,
      ),
      foreignKeys: await constraints('FOREIGN KEY'),
      checks: await constraints('CHECK'),
      views: await count('*', 'views where table_schema = database()'),
      triggers: await count('*', 'triggers where trigger_schema = database()'),
      routines: await count('*', 'routines where routine_schema = database()'),
      types: 0,
      rules: 0,
    }
  } finally {
    await connection.end()
  }
}
