import { doubleQuoteName, type SchemaDialect, type ServerVersion } from '../../schema/index.ts'
import { catalogue, removeLeftovers } from './catalogue/introspect.ts'
import { conversionsOn } from './conversion/conversions.ts'
import { declaredAs } from './declared-as.ts'
import { missingGrant } from './missing-grant.ts'
import { renameInExpression } from './rename-in-expression.ts'
import { buildScratch } from './render/create-table.ts'
import { rendererOn } from './render/renderer.ts'
import { resyncIdentity } from './render/sequences.ts'
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
    render: rendererOn(server),
    conversions: conversionsOn(server),
    catalogue,
    canonicalForm: { kind: 'scratch', build: buildScratch, remove: removeLeftovers },
    lock: {
      kind: 'transaction',
      // For the transaction only: behind a pooler a session's lock outlives its owner, or has two.
      acquire: {
        sql: `select pg_try_advisory_xact_lock(${lockSpace}, hashtext(current_schema())) as held`,
        parameters: [],
      },
      prepare: [
        // An ALTER that waits behind a long reader makes everybody else wait behind it.
        `set local lock_timeout = '3s'`,
        // Who holds the lock for others' long steps says nothing meanwhile.
        'set local idle_in_transaction_session_timeout = 0',
      ],
      settings: [],
      restore: [],
    },
    journalTables,
    resyncIdentity: (table, column) => resyncIdentity(table, column),
    lockRows: (table) => `lock table ${doubleQuoteName(table)} in share row exclusive mode`,
    keyViolations: null,
    missingGrant,
    // The server lets nothing go that something else needs.
    readerChecks: () => [],
    renameInExpression,
    declaredAs,
  }
}
