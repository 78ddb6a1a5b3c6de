import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { errors, TerraceError } from '../errors/index.ts'
import type { BackupPlace } from '../database/index.ts'
import type { Backup, BackupManifest, BackupOptions } from './backup/backup-types.ts'
import { ManifestWitness, type Witnessed } from './backup/backup-witness.ts'
import { beginFile, fileReason, placeFile, sealFile, writeWhole, type FileFacts } from './backup/whole-file.ts'
import { dialectOf } from './dialect-of.ts'
import type { Dialect } from './dialects.ts'
import { requireEveryRow } from './row-security/every-row.ts'

/**
 * Copies a whole database to a file, consistent while others go on writing, and writes beside it what is in it:
 * `backups/shop-20261121T173000Z.dump` and `….json`. Both are for their owner alone, whole or not there, and overwrite nothing.
 *
 * ```ts
 * const { file, manifest } = await backupDatabase('sqlite:countonme.db')
 * ```
 *
 * Errors: `DATABASE_URL`, `DATABASE_UNREACHABLE`, `DRIVER_MISSING`, `BACKUP_REFUSED`, `BACKUP_TOOL_MISSING`, `BACKUP_FAILED`,
 * `RLS_ROWS_HIDDEN` where policies hold for its role. None shows a password.
 */
export async function backupDatabase(url: string, options: BackupOptions = {}): Promise<Backup> {
  const { folder = 'backups', signal, progress } = options
  const dialect = await dialectOf(url)
  const place = dialect.backup.place(url)
  if (dialect.backup.exists(url) === false)
    throw failed(place, { reason: 'there is no such database', remedy: 'Correct the URL' })
  signal?.throwIfAborted()
  // A server's own tool is told nothing of whose rows it reads; an embedded engine is copied as a whole.
  if (dialect.backup.exists(url) === null) await requireEveryRow(url, dialect)
  const takenAt = new Date()
  let partial: string | null = null
  try {
    partial = await beginFile(folder)
    const witness = new ManifestWitness({ dialect, database: place.database, signal })
    await dialect.backup.backup({ url, file: partial, signal, progress, witness })
    signal?.throwIfAborted()
    const facts = await sealFile(partial)
    const seen = witness.result()
    return await finish(partial, { folder, place, dialect, takenAt, facts, seen })
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason
    if (error instanceof TerraceError) throw error
    const reason = fileReason(error, folder)
    throw failed(place, reason === null ? otherFailure : { reason, remedy: folderRemedy }, error)
  } finally {
    if (partial !== null) await rm(partial, { force: true })
  }
}

interface Finished {
  readonly folder: string
  readonly place: BackupPlace
  readonly dialect: Dialect
  readonly takenAt: Date
  readonly facts: FileFacts
  readonly seen: Witnessed
}

/** The file has its name before its manifest has, so that no manifest stands without its file; without one it is taken away. */
async function finish(partial: string, { folder, place, dialect, takenAt, facts, seen }: Finished): Promise<Backup> {
  const { extension } = place
  const stem = await placeFile(partial, { folder, extension, stem: `${fileName(place.database)}-${stampOf(takenAt)}` })
  const file = join(folder, `${stem}${extension}`)
  const manifestFile = join(folder, `${stem}.json`)
  const manifest: BackupManifest = {
    format: 1,
    engine: dialect.runtime.name,
    copy: place.copy,
    server: seen.server,
    database: place.database,
    takenAt: takenAt.toISOString(),
    revisions: seen.revisions,
    structure: seen.structure,
    tables: seen.tables,
    file: { name: `${stem}${extension}`, ...facts },
    notes: seen.notes,
  }
  try {
    await writeWhole(manifestFile, folder, `${JSON.stringify(manifest, null, 2)}\n`)
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  return { file, manifestFile, manifest }
}

/** `20261121T173000Z` */
function stampOf(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d+/g, '')
}

function fileName(database: string): string {
  const name = database
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^\.+/, '_')
    .slice(0, 100)
  return name === '' ? 'database' : name
}

const folderRemedy = 'Give another folder, or room and the right to write there'
const otherFailure = { reason: 'see the cause', remedy: 'Correct what the cause says, then back up again' }

function failed(
  { database }: BackupPlace,
  why: { readonly reason: string; readonly remedy: string },
  cause?: unknown,
): Error {
  return errors.BACKUP_FAILED({ values: { database, ...why }, cause })
}
