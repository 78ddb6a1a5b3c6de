import { doubleQuoteName, quoteText, type SchemaDialect, type ServerVersion } from '../../schema/index.ts'
import { byHand } from './by-hand.ts'
import { buildScratch, render } from './ddl.ts'
import { catalogue } from './introspect.ts'
import { journalTables } from './schema-journal.ts'
import { storage } from './schema-storage.ts'

// Any number of our own: it keeps our locks apart from an application's.
const lockSpace = 20_823

/** How PostgreSQL, also as PGlite, holds the models' structure: in the schema that its search_path names first. */
export function createSchemaDialect(server: ServerVersion): SchemaDialect {
  return {
    name: 'postgres',
    server,
    transactionalDdl: true,
    quoteName: doubleQuoteName,
    placeholder: (position) => `$${position}`,
    storage,
    render,
    byHand,
    catalogue,
    canonicalForm: { kind: 'scratch', build: buildScratch, remove: () => [] },
    lock: {
      kind: 'transaction',
      // For the transaction only: behind a pooler a session's lock outlives its owner, or has two.
      acquire: {
        sql: `select pg_try_advisory_xact_lock(${lockSpace}, hashtext(current_schema())) as held`,
        parameters: [],
      },
      // An ALTER that waits behind a long reader makes everybody else wait behind it.
      prepare: [`set local lock_timeout = '3s'`],
    },
    journalTables,
    resyncIdentity,
  }
}

/** Behind the highest key, and never back: a number that was handed out is not handed out again. */
function resyncIdentity(table: string, column: string): string {
  const sequence = `pg_get_serial_sequence(${quoteText(doubleQuoteName(table))}, ${quoteText(column)})`
  const highest = `(select coalesce(max(${doubleQuoteName(column)}), 0) from ${doubleQuoteName(table)})`
  return `select setval(${sequence}, greatest(${highest}, nextval(${sequence}) - 1)) as last`
}
