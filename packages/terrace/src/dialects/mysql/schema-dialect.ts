import type { SchemaDialect, ServerVersion, TableShape } from '../../schema/index.ts'
import { catalogueFor } from './catalogue/introspect.ts'
import { conversionsFor } from './conversions/conversions.ts'
import { declaredAs } from './declared-as.ts'
import { createTableSql } from './ddl/clauses.ts'
import { partsOf } from './ddl/scratch-parts.ts'
import { rendererFor } from './ddl/renderer.ts'
import { renameInExpression } from './rename-in-expression.ts'
import { missingGrant } from './missing-grant.ts'
import { quoteName, schemaFlavour, type SchemaFlavour } from './schema-flavour.ts'
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
    render: rendererFor(flavour),
    conversions: conversionsFor(flavour),
    catalogue: catalogueFor(flavour),
    canonicalForm: {
      kind: 'scratch',
      build: (table) => built(table, flavour),
      remove: (tables) => (tables.length === 0 ? [] : [`drop table if exists ${tables.map(quoteName).join(', ')}`]),
    },
    lock: {
      kind: 'connection',
      // Answers 1, 0 after a second, NULL on an error.
      acquire: { sql: `select get_lock(${lockName}, 1) as held`, parameters: [] },
      release: { sql: `select release_lock(${lockName}) as released`, parameters: [] },
      prepare: [
        // An ALTER that waits behind a long reader makes everybody else wait behind it; the default is a day.
        'set session lock_wait_timeout = 3',
        // Whatever the connection was opened with: a value that does not fit is refused, and a key of 0 stays 0 when a column is
        // numbered by the database from now on.
        `set session sql_mode = concat_ws(',', @@session.sql_mode, 'STRICT_ALL_TABLES', 'NO_AUTO_VALUE_ON_ZERO')`,
      ],
      restore: [
        'set session lock_wait_timeout = default',
        `set session sql_mode = replace(@@session.sql_mode, ',NO_AUTO_VALUE_ON_ZERO', '')`,
      ],
    },
    journalTables: journalTablesFor(flavour),
    // AUTO_INCREMENT follows explicit keys by itself.
    resyncIdentity: () => null,
    // Steps commit one by one, and no lock outlives one.
    lockRows: () => null,
    keyViolations: null,
    missingGrant,
    // A trigger cannot be asked without being run.
    readerChecks: ({ kind, name }) => (kind === 'view' ? [`select 1 from ${quoteName(name)} limit 0`] : []),
    renameInExpression,
    declaredAs,
  }
}

function built(table: TableShape, flavour: SchemaFlavour): readonly string[] {
  const { base, parts } = partsOf(table, flavour)
  return [createTableSql(base, flavour), ...parts]
}
