import Sqlite from 'better-sqlite3'
import { createConnection } from 'mysql2/promise'
import { Client } from 'pg'
import type { EngineName } from 'terrace/testing'

/** A plain driver's connection that sends texts and waits for all of their rows. */
export interface PlainConnection {
  send(sql: string): Promise<unknown>
  close(): Promise<void>
}

/** The engines of this bench. */
export type SchemaEngine = Extract<EngineName, 'sqliteFile' | 'postgres' | 'mysql'>

export function plainConnection(engine: SchemaEngine, url: string): Promise<PlainConnection> {
  return openers[engine](url)
}

const openers: Readonly<Record<SchemaEngine, (url: string) => Promise<PlainConnection>>> = {
  sqliteFile: (url) => {
    const database = new Sqlite(url.replace(/^sqlite:/, ''))
    return Promise.resolve({
      send: (sql) => Promise.resolve(database.prepare(sql).all()),
      close: () => Promise.resolve(void database.close()),
    })
  },
  postgres: async (url) => {
    const client = new Client({ connectionString: url })
    await client.connect()
    return { send: (sql) => client.query(sql), close: () => client.end() }
  },
  mysql: async (url) => {
    const connection = await createConnection({ uri: url, multipleStatements: true })
    return { send: (sql) => connection.query(sql), close: () => connection.end() }
  },
}
