import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type {
  BackupDialect,
  BackupPlace,
  BackupRun,
  Connection,
  IntegrityProblem,
  RestoreRun,
} from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import { dumpServer } from './backup/dump-server.ts'
import { dumpFolder, restoreFolder } from './backup/embedded-backup.ts'
import { restoreServer } from './backup/restore-server.ts'
import { parseServerUrl } from './connection-url.ts'
import { folderOf } from './embedded-driver.ts'

/** PostgreSQL by its own `pg_dump` and `pg_restore`; PGlite by an archive of its folder. */
export const backupDialect: BackupDialect = Object.freeze<BackupDialect>({
  place,
  recognizes: (beginning, { copy }) => {
    const text = Buffer.from(beginning.subarray(0, 5)).toString('latin1')
    // Sources: pg_backup_archiver.h, the magic of an archive; RFC 1952, section 2.3.1.
    return copy === 'pglite-folder' ? text.startsWith('\x1f\x8b') : text === 'PGDMP'
  },
  backup: (run: BackupRun) => (isEmbedded(run.url) ? dumpFolder(run) : dumpServer(run)),
  exists: (url) => {
    const folder = isEmbedded(url) ? folderOf(url) : null
    return folder === null ? null : existsSync(folder)
  },
  restore: (run: RestoreRun) => (isEmbedded(run.url) ? restoreFolder(run, requireFolder(run.url)) : restoreServer(run)),
  plainTexts: [
    `set local timezone = 'UTC'`,
    `set local datestyle = 'ISO, YMD'`,
    `set local intervalstyle = 'postgres'`,
    'set local extra_float_digits = 1',
    `set local bytea_output = 'hex'`,
    `set local lc_monetary = 'C'`,
  ],
  isSummed: () => true,
  problems,
})

const isEmbedded = (url: string): boolean => url.startsWith('pglite:')

function place(url: string): BackupPlace {
  if (!isEmbedded(url)) {
    const { database } = parseServerUrl(url)
    return { database, extension: '.dump', copy: 'postgres-dump', versionParts: 1 }
  }
  const folder = requireFolder(url)
  const kind = { extension: '.tar.gz', copy: 'pglite-folder', versionParts: 0 }
  return { database: basename(folder), ...kind }
}

function requireFolder(url: string): string {
  const folder = folderOf(url)
  if (folder !== null) return folder
  const reason = 'it is in memory: each one that is opened is new and empty'
  throw errors.BACKUP_REFUSED({
    values: { database: url, reason, remedy: 'Use a database in a folder: pglite:data/app' },
  })
}

const brokenIndexes = `select c.relname as name, t.relname as "table" from pg_index i
  join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
  where not i.indisvalid and t.relkind <> 'p' order by 2, 1`

const unprovedConstraints = `select con.conname as name, t.relname as "table" from pg_constraint con
  join pg_class t on t.oid = con.conrelid where not con.convalidated order by 2, 1`

async function problems(connection: Connection): Promise<readonly IntegrityProblem[]> {
  const indexes = await connection.execute({ sql: brokenIndexes, parameters: [] })
  const constraints = await connection.execute({ sql: unprovedConstraints, parameters: [] })
  return [
    ...indexes.rows.map(({ name, table }) => ({
      object: `index ${String(table)}.${String(name)}`,
      what: 'its building has failed: it serves no query and holds no rule for certain',
      remedy: `Build it again: reindex index concurrently "${String(name)}"`,
    })),
    ...constraints.rows.map(({ name, table }) => ({
      object: `constraint ${String(table)}.${String(name)}`,
      what: 'rows that were there before it were never held to it',
      remedy: `Hold them to it: alter table "${String(table)}" validate constraint "${String(name)}"`,
    })),
  ]
}
