import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { errors } from '../../errors/index.ts'
import type { Eventually } from '../../database/index.ts'
import { codeOf, isBusy } from './errors.ts'
import { waitWhileBusy } from './wait-while-busy.ts'

export type Sqlite = typeof BetterSqlite3
export type Database = BetterSqlite3.Database

/** A connection with foreign keys held. Errors: `DATABASE_UNREACHABLE` with the reason. */
export function openMemory(sqlite: Sqlite): Database {
  const database = new sqlite(':memory:')
  database.pragma('foreign_keys = on')
  return database
}

/** A connection to a file, which is created when missing; its folder is not. Errors: `DATABASE_UNREACHABLE` with the reason. */
export function openFile(sqlite: Sqlite, path: string, busyTimeoutMs: number): Eventually<Database> {
  try {
    return prepareFile(openOnly(sqlite, path))
  } catch (error) {
    if (!isBusy(error)) throw unreachable(path, error)
    return openWhileBusy(sqlite, path, busyTimeoutMs)
  }
}

/** As it is, in whatever mode, and never made. Throws what the driver throws. */
export function openExisting(sqlite: Sqlite, path: string): Database {
  return new sqlite(path, { timeout: 0, fileMustExist: true })
}

/** Several processes that start at once exclude each other while the journal mode is set. */
async function openWhileBusy(sqlite: Sqlite, path: string, busyTimeoutMs: number): Promise<Database> {
  try {
    return await waitWhileBusy(() => prepareFile(openOnly(sqlite, path)), busyTimeoutMs)
  } catch (error) {
    throw unreachable(path, error)
  }
}

function openOnly(sqlite: Sqlite, path: string): Database {
  // With a timeout SQLite would sleep in this thread while another process holds the lock.
  return new sqlite(path, { timeout: 0 })
}

function prepareFile(database: Database): Database {
  try {
    const mode = database.pragma('journal_mode = wal', { simple: true })
    if (mode !== 'wal') throw new NoWal(String(mode))
    // In WAL mode a crash of the process loses nothing and a power cut at most the last commits, never the file's
    // integrity; syncing on each commit would make every write wait for the disk. Source: SQLite manual, pragma synchronous.
    database.pragma('synchronous = normal')
    database.pragma('foreign_keys = on')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

class NoWal extends Error {}

const reasons: Readonly<Record<string, (path: string) => string>> = {
  SQLITE_BUSY: () => 'another process has locked it',
  SQLITE_CANTOPEN: (path) => (isFolder(path) ? 'it is a folder' : 'the file cannot be opened or created there'),
  SQLITE_CORRUPT: () => 'the file is damaged',
  SQLITE_FULL: () => 'its disk has no room left',
  SQLITE_IOERR: () => 'reading or writing it failed',
  SQLITE_NOTADB: () => 'the file is not a SQLite database',
  SQLITE_READONLY: () => 'the file or its folder is not writable',
}

function unreachable(path: string, error: unknown): Error {
  const values = { url: `sqlite:${path}`, reason: reasonOf(path, error), remedy: remedyOf(path) }
  return errors.DATABASE_UNREACHABLE({ values, cause: error })
}

/** Why a file cannot be used, in words without its content. */
export function reasonOf(path: string, error: unknown): string {
  if (error instanceof NoWal) return 'its file system cannot share memory between processes, which the WAL mode needs'
  if (!isFolder(dirname(path))) return `the folder ${dirname(path)} does not exist`
  const [primary = ''] = /^SQLITE_[A-Z]+/.exec(codeOf(error) ?? '') ?? []
  return reasons[primary]?.(path) ?? 'the driver cannot open it'
}

function remedyOf(path: string): string {
  return isFolder(dirname(path))
    ? 'Correct the path in the URL or what is wrong with the file, then try again'
    : 'Create the folder or correct the path in the URL, then try again'
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
