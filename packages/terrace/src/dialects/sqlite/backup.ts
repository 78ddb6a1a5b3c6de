import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'
import {
  loadDriver,
  type BackupDialect,
  type BackupPlace,
  type BackupRun,
  type Connection,
  type IntegrityProblem,
} from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import { sqliteCapabilities } from './capabilities.ts'
import { SqliteConnection } from './connection.ts'
import { databasePath } from './database-path.ts'
import { openExisting, reasonOf, type Database } from './open-database.ts'
import { restoreFile } from './restore-file.ts'
import { waitWhileBusy } from './wait-while-busy.ts'

const busyTimeoutMs = 10_000
// 4 MB with pages of 4096 bytes: between two of them the process does its other work.
const pagesAtOnce = 1_000

/** SQLite: its online backup into one file without a log beside it, and back by putting a checked file in place. */
export const backupDialect: BackupDialect = Object.freeze<BackupDialect>({
  place,
  // Source: sqlite.org/fileformat2.html, "Magic Header String".
  recognizes: (beginning) => Buffer.from(beginning.subarray(0, 16)).toString('latin1') === 'SQLite format 3\0',
  backup: backupFile,
  exists: (url) => {
    const where = databasePath(url)
    return where.kind === 'file' ? existsSync(where.path) : null
  },
  restore: (run) => restoreFile(run, pathOf(run.url)),
  plainTexts: [],
  isSummed: () => true,
  problems,
})

function place(url: string): BackupPlace {
  const path = pathOf(url)
  return {
    database: basename(path, extname(path)),
    extension: '.db',
    copy: 'sqlite-file',
    versionParts: 0,
  }
}

function pathOf(url: string): string {
  const where = databasePath(url)
  if (where.kind === 'file') return where.path
  const reason = 'it is in memory: each connection to it begins with an empty one of its own'
  throw errors.BACKUP_REFUSED({ values: { database: url, reason, remedy: 'Use a database in a file: sqlite:app.db' } })
}

async function backupFile(run: BackupRun): Promise<void> {
  const path = pathOf(run.url)
  const { default: sqlite } = await loadDriver(
    { package: 'better-sqlite3', scheme: 'sqlite:' },
    () => import('better-sqlite3'),
  )
  try {
    const source = openExisting(sqlite, path)
    try {
      await copyPages(source, run)
    } finally {
      source.close()
    }
    const copy = openExisting(sqlite, run.file)
    try {
      await finishCopy(copy, run)
    } finally {
      copy.close()
    }
  } catch (error) {
    if (run.signal?.aborted === true) throw run.signal.reason
    if (!(error instanceof sqlite.SqliteError)) throw error
    throw failed(path, reasonOf(path, error), error)
  }
}

/**
 * With a transaction open on the source the pages are those of one moment; without, each write of another connection would make
 * the copy begin anew, and under a steady load it would never end. Source: sqlite.org/c3ref/backup_finish.html.
 */
async function copyPages(source: Database, { file, signal, progress }: BackupRun): Promise<void> {
  source.pragma('query_only = on')
  await waitWhileBusy(() => {
    if (!source.inTransaction) source.exec('begin')
    return source.prepare('select count(*) from sqlite_schema').get()
  }, busyTimeoutMs)
  await source.backup(file, {
    progress: ({ totalPages, remainingPages }) => {
      signal?.throwIfAborted()
      progress?.(totalPages - remainingPages, totalPages)
      return pagesAtOnce
    },
  })
  signal?.throwIfAborted()
  source.exec('rollback')
}

/** One file, that can be read where nothing may be written beside it. */
async function finishCopy(copy: Database, { witness }: BackupRun): Promise<void> {
  copy.pragma('journal_mode = delete')
  const version = String(copy.prepare('select sqlite_version()').pluck().get())
  const capabilities = sqliteCapabilities(version, { separateWriter: false })
  const settings = { capabilities, structure: { current: 0 }, access: 'read', busyTimeoutMs: 0 } as const
  const connection = new SqliteConnection(copy, settings)
  await connection.begin({ isolation: 'serializable', readOnly: true })
  await witness.sees(connection)
  await connection.rollback()
}

function failed(path: string, reason: string, cause?: unknown): Error {
  const remedy = 'Correct the path in the URL, or what is wrong there, then back up again'
  return errors.BACKUP_FAILED({ values: { database: path, reason, remedy }, cause })
}

async function problems(connection: Connection): Promise<readonly IntegrityProblem[]> {
  const { rows } = await connection.execute({ sql: 'pragma integrity_check(100)', parameters: [] })
  return rows
    .map((row) => String(Object.values(row)[0]))
    .filter((line) => line !== 'ok')
    .map((what) => ({
      object: 'file',
      what,
      remedy: 'Restore the latest backup that verifies; an index alone is made again by: reindex',
    }))
}
