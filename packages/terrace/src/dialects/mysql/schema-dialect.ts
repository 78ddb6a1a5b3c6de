import type { SchemaDialect, ServerVersion } from '../../schema/index.ts'
import { byHand } from './by-hand.ts'
import { createTableSql, render } from './ddl.ts'
import { catalogueFor } from './introspect.ts'
import { quoteName, schemaFlavour } from './schema-flavour.ts'
import { journalTablesFor } from './schema-journal.ts'
import { storageFor } from './schema-storage.ts'

// A lock's name is the server's, not the database's, and has at most 64 characters.
const lockName = `concat('terrace_', left(sha2(database(), 256), 40))`

/** How MariaDB and MySQL hold the models' structure. MySQL 8.4 is untested. */
export function createSchemaDialect(server: ServerVersion): SchemaDialect {
  const flavour = schemaFlavour(server)
  return {
    name: 'mysql',
    server,
    transactionalDdl: false,
    quoteName,
    placeholder: () => '?',
    storage: storageFor(flavour),
    render,
    byHand,
    catalogue: catalogueFor(flavour),
    canonicalForm: {
      kind: 'scratch',
      build: (table) => [createTableSql(table)],
      remove: (tables) => (tables.length === 0 ? [] : [`drop table if exists ${tables.map(quoteName).join(', ')}`]),
    },
    lock: {
      kind: 'connection',
      // Answers 1, 0 after a second, NULL on an error.
      acquire: { sql: `select get_lock(${lockName}, 1) as held`, parameters: [] },
      release: { sql: `select release_lock(${lockName}) as released`, parameters: [] },
      // An ALTER that waits behind a long reader makes everybody else wait behind it; the default is a day.
      prepare: ['set session lock_wait_timeout = 3'],
      restore: ['set session lock_wait_timeout = default'],
    },
    journalTables: journalTablesFor(flavour),
    // AUTO_INCREMENT follows explicit keys by itself.
    resyncIdentity: () => null,
  }
}
