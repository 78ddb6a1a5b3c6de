import { doubleQuoteName, type SchemaDialect, type ServerVersion } from '../../schema/index.ts'
import { byHand } from './by-hand.ts'
import { canonicalSnapshot } from './canonical-snapshot.ts'
import { render } from './ddl.ts'
import { catalogue } from './introspect.ts'
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
    byHand,
    catalogue,
    canonicalForm: { kind: 'parsed', of: canonicalSnapshot },
    // The writer's BEGIN IMMEDIATE keeps every other process out; a lock file would survive its owner.
    lock: { kind: 'transaction', acquire: null, prepare: [] },
    journalTables,
    // AUTOINCREMENT follows explicit keys by itself.
    resyncIdentity: () => null,
  }
}
