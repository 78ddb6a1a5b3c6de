import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, realpathSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { loadDriver, syncFolder, type RestoreRun } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import { codeOf, isBusy } from './errors.ts'
import { openExisting, reasonOf, type Database, type Sqlite } from './open-database.ts'

/**
 * A copy is written beside the database, checked as a whole, and put in its place by one rename. Whoever has the database open would
 * go on with the old file without knowing: they are refused before.
 */
export async function restoreFile(run: RestoreRun, named: string): Promise<void> {
  // Not a link to it, which would be replaced.
  const path = existsSync(named) ? realpathSync(named) : named
  const { default: sqlite } = await loadDriver(
    { package: 'better-sqlite3', scheme: 'sqlite:' },
    () => import('better-sqlite3'),
  )
  const beside = `${path}.restoring-${randomBytes(4).toString('hex')}`
  try {
    await copyTo(beside, run)
    check(sqlite, beside)
    await swapIn(sqlite, beside, path)
  } catch (error) {
    throw run.signal?.aborted === true ? run.signal.reason : failed(error, run, path)
  } finally {
    await removeFile(beside)
  }
}

async function copyTo(beside: string, { file, signal, progress }: RestoreRun): Promise<void> {
  const total = statSync(file).size
  const source = createReadStream(file)
  let done = 0
  source.on('data', (chunk) => {
    done += chunk.length
    progress?.(done, total)
  })
  await pipeline(source, createWriteStream(beside, { flags: 'wx', mode: 0o600, flush: true }), { signal })
}

class Damaged extends Error {}

function check(sqlite: Sqlite, file: string): void {
  const copy = openExisting(sqlite, file)
  try {
    const found = copy.pragma('integrity_check(3)', { simple: false }) as readonly {
      readonly integrity_check: string
    }[]
    const problems = found.map((row) => row.integrity_check).filter((line) => line !== 'ok')
    if (problems.length > 0) throw new Damaged(problems.join('; '))
    copy.pragma('journal_mode = delete')
  } finally {
    copy.close()
  }
}

async function swapIn(sqlite: Sqlite, beside: string, path: string): Promise<void> {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode
  const held = existsSync(path) ? holdAlone(sqlite, path) : null
  try {
    // A log that stayed of a file that nobody can read would be written into the new one.
    for (const left of ['-wal', '-shm', '-journal']) await removeFile(`${path}${left}`)
    await settle(beside, mode)
    await rename(beside, path)
    await syncFolder(dirname(path))
  } finally {
    held?.close()
  }
}

class InUse extends Error {}

/**
 * Leaves the WAL mode, which only the last connection can and which writes the log back, and keeps others out. Null for a file that
 * cannot be read as a database: that is what backups are for.
 */
function holdAlone(sqlite: Sqlite, path: string): Database | null {
  let old: Database | null = null
  try {
    old = openExisting(sqlite, path)
    if (old.pragma('journal_mode = delete', { simple: true }) !== 'delete') throw new InUse()
    old.exec('begin exclusive')
    return old
  } catch (error) {
    old?.close()
    if (isBusy(error) || error instanceof InUse) throw new InUse()
    if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(codeOf(error) ?? '')) return null
    throw error
  }
}

/** The rights that the former file had. */
async function settle(file: string, mode: number | undefined): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    if (mode !== undefined) await handle.chmod(mode & 0o777)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const removeFile = (file: string): Promise<void> => rm(file, { force: true })

function failed(error: unknown, { file }: RestoreRun, path: string): Error {
  if (error instanceof InUse) {
    return errors.RESTORE_IN_USE({ values: { database: path, who: 'another connection has it open' }, cause: error })
  }
  const isDamaged = error instanceof Damaged
  const reason = isDamaged ? `the file is damaged: ${error.message}` : reasonOf(path, error)
  const remedy = isDamaged
    ? 'Copy the file again from where it is kept, or take another backup'
    : 'Correct what is wrong there, then restore again'
  return errors.RESTORE_FAILED({
    values: { database: path, file, reason, state: 'Nothing was changed', remedy },
    cause: error,
  })
}
