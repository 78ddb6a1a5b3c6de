import { doubleQuoteName, type SchemaDialect, type ServerVersion } from '../../schema/index.ts'
import { canonicalSnapshot } from './canonical-snapshot.ts'
import { conversions } from './conversions.ts'
import { declaredAs } from './declared-as.ts'
import { catalogue } from './introspect.ts'
import { readerChecks } from './reader-checks.ts'
import { renameInExpression } from './rename-in-expression.ts'
import { render } from './render.ts'
import { journalTables } from './schema-journal.ts'
import { storage } from './schema-storage.ts'

/** How SQLite holds the models' structure. */
export function createSchemaDialect(server: ServerVersion): SchemaDialect {
  return {
    name: 'sqlite',
    server,
    transactionalDdl: true,
    quoteName: doubleQuoteName,
    placeholder: () => '?',
    storage,
    render,
    conversions,
    catalogue,
    canonicalForm: { kind: 'parsed', of: canonicalSnapshot },
    lock: {
      kind: 'transaction',
      // The writer's BEGIN IMMEDIATE keeps every other process out; a lock file would survive its owner.
      acquire: null,
      prepare: [],
      // Within a transaction foreign_keys stays as it is, and DROP TABLE would delete the rows that refer to the table.
      settings: ['pragma foreign_keys = off', 'pragma legacy_alter_table = off'],
      // A rebuild that failed half-way leaves the other one on.
      restore: ['pragma foreign_keys = on', 'pragma legacy_alter_table = off'],
    },
    journalTables,
    // AUTOINCREMENT follows explicit keys by itself.
    resyncIdentity: () => null,
    lockRows: () => null,
    keyViolations: { sql: 'select "table", rowid, parent, fkid from pragma_foreign_key_check', parameters: [] },
    missingGrant: () => 'the right to write to the file and to its folder',
    readerChecks,
    renameInExpression,
    declaredAs,
  }
}
