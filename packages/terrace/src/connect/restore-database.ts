import { errors } from '../errors/index.ts'
import type { BackupPlace, Driver } from '../database/index.ts'
import { StatementRunner, withSnapshot } from '../sync/index.ts'
import type { BackupManifest, RestoreOptions, RestoreReport } from './backup/backup-types.ts'
import { checkFile, requireServer } from './backup/check-file.ts'
import { isSameServer, manifestDifferences } from './backup/manifest-differences.ts'
import { manifestFileOf, readManifest } from './backup/read-manifest.ts'
import { readState, type DatabaseState } from './backup/read-state.ts'
import { dialectOf } from './dialect-of.ts'
import type { Dialect } from './dialects.ts'
import { openWhole } from './row-security/every-row.ts'

/**
 * Makes a database what a backup has: what was there before is gone. The file is held against its manifest before anything is
 * touched, and the database after: structure, rows and checksums; the numbering of keys goes on behind the highest there is.
 *
 * ```ts
 * const { tables, notes } = await restoreDatabase('sqlite:countonme.db', { file: 'backups/countonme-20261121T173000Z.db' })
 * ```
 *
 * Errors: `BACKUP_FILE`, `RESTORE_IN_USE` and `BACKUP_TOOL_MISSING` before anything is changed; `RESTORE_FAILED`, which says what is
 * in the database now; `RESTORE_DIFFERS` with a line for each difference from the manifest; as opening a database.
 */
export async function restoreDatabase(url: string, options: RestoreOptions): Promise<RestoreReport> {
  const { file, signal, progress } = options
  const dialect = await dialectOf(url)
  const place = dialect.backup.place(url)
  signal?.throwIfAborted()
  const manifest = readManifest(manifestFileOf(file, place.extension))
  const checked = { file, manifest, backup: dialect.backup, place }
  await checkFile(checked)
  if (place.versionParts > 0) requireServer(checked, await serverOf(dialect, url))
  await dialect.backup.restore({ url, file, signal, progress })
  const { state, renumbered } = await lookAt(url, dialect, place)
  if (manifest !== null) refuseDifferences(manifest, state, { file, place })
  const { database } = place
  return { database, file, manifest, tables: state.tables, renumbered, notes: notesOf(manifest, state) }
}

async function serverOf(
  dialect: Dialect,
  url: string,
): Promise<{ readonly product: string; readonly version: string }> {
  const driver = await dialect.runtime.open({ url, pool: {} })
  await driver.close()
  return driver.capabilities
}

interface Looked {
  readonly state: DatabaseState
  readonly renumbered: readonly string[]
}

const timeoutMs = 60_000

async function lookAt(url: string, dialect: Dialect, { database }: BackupPlace): Promise<Looked> {
  const driver = await openWhole(url, dialect)
  try {
    const state = await withSnapshot(driver, { timeoutMs }, ({ connection }) =>
      readState(connection, { dialect, database }),
    )
    return { state, renumbered: await renumber(driver, dialect, state) }
  } finally {
    await driver.close()
  }
}

/** So that the next row gets a number that nobody has, also where a dump was taken between two of them. */
async function renumber(driver: Driver, dialect: Dialect, { live }: DatabaseState): Promise<readonly string[]> {
  const schema = dialect.schema(driver.capabilities)
  const numbered = Object.values(live.snapshot.tables).flatMap(({ name, columns }) =>
    columns.flatMap(({ name: column, identity }) => {
      const sql = identity === null ? null : schema.resyncIdentity(name, column)
      return sql === null ? [] : [{ path: `${name}.${column}`, sql }]
    }),
  )
  const connection = await driver.acquire({ access: 'write', timeoutMs })
  const moved: string[] = []
  try {
    const runner = new StatementRunner(connection)
    for (const { path, sql } of numbered) if ((await runner.rows({ sql, parameters: [] })).length > 0) moved.push(path)
  } finally {
    await driver.release(connection)
  }
  return moved
}

interface Restored {
  readonly file: string
  readonly place: BackupPlace
}

function refuseDifferences(manifest: BackupManifest, state: DatabaseState, { file, place }: Restored): void {
  const differences = manifestDifferences(manifest, state)
  if (differences.length === 0) return
  const list = differences.map(({ object, what }) => `- ${object}: ${what}`).join('\n')
  const { database } = place
  throw errors.RESTORE_DIFFERS({ values: { database, file, count: differences.length, list } })
}

function notesOf(manifest: BackupManifest | null, state: DatabaseState): readonly string[] {
  if (manifest === null)
    return ['There is no manifest beside the file: neither it nor what was restored could be compared']
  return isSameServer(manifest, state) ? manifest.notes : [...manifest.notes, otherServer(manifest, state)]
}

/** Why the structure was not compared. */
export function otherServer({ server }: BackupManifest, state: Pick<DatabaseState, 'server'>): string {
  const [from, to] = [server, state.server].map(({ product, version }) => `${product} ${version}`)
  return `The structure was not compared: the backup is of ${from}, which may print it otherwise than ${to}`
}
