import { existsSync, readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { createConnection } from 'mysql2/promise'
import { Client } from 'pg'
import { sqlitePathOf } from './sqlite-path.ts'
import { splitDelimited } from './split-delimited.ts'

const folder = new URL('../../../../../shared/corpora/', import.meta.url)

/** Why the corpora cannot be used; null when they can. */
export const noCorpora: string | null = existsSync(new URL('sakila/sqlite-schema.sql', folder))
  ? null
  : 'the corpora ../shared/corpora/sakila and chinook are not beside this repository'

export type CorpusEngine = 'sqliteFile' | 'postgres' | 'mysql'
export type CorpusName = 'sakila' | 'chinook'

export const corpusEngines: readonly CorpusEngine[] = ['sqliteFile', 'postgres', 'mysql']
export const corpusNames: readonly CorpusName[] = ['sakila', 'chinook']

const scripts: Readonly<Record<CorpusName, Readonly<Record<CorpusEngine, string>>>> = {
  sakila: {
    sqliteFile: 'sakila/sqlite-schema.sql',
    postgres: 'sakila/postgres-schema.sql',
    mysql: 'sakila/mysql-schema.sql',
  },
  chinook: {
    sqliteFile: 'chinook/Chinook_Sqlite.sql',
    postgres: 'chinook/Chinook_PostgreSql_SerialPKs.sql',
    mysql: 'chinook/Chinook_MySql_AutoIncrementPKs.sql',
  },
}

// The scripts make and name databases of their own; a test has one already.
const aboutDatabases = /^[ \t]*(?:(?:drop|create)[ \t]+(?:database|schema)\b|use[ \t]|\\c[ \t]).*$|\bsakila\./gim

/** Runs a corpus's own script in an empty database, as a whole where the driver takes one, by the plain driver. */
export async function loadCorpus(corpus: CorpusName, engine: CorpusEngine, url: string): Promise<void> {
  const script = readFileSync(new URL(scripts[corpus][engine], folder), 'utf8').replace(aboutDatabases, '')
  await loaders[engine](url, script)
}

const loaders: Readonly<Record<CorpusEngine, (url: string, script: string) => Promise<void>>> = {
  sqliteFile: (url, script) => {
    const database = new Sqlite(sqlitePathOf(url))
    try {
      // In a transaction of its own, 15,600 rows would be written to the disk one by one.
      database.exec(`begin; ${script}; commit`)
    } finally {
      database.close()
    }
    return Promise.resolve()
  },
  postgres: async (url, script) => {
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      await client.query(script)
    } finally {
      await client.end()
    }
  },
  mysql: async (url, script) => {
    const connection = await createConnection({ uri: url, multipleStatements: true, charset: 'utf8mb4' })
    try {
      for (const part of splitDelimited(script)) await connection.query(part)
    } finally {
      await connection.end()
    }
  },
}
