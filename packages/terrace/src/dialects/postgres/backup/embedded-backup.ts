import { randomBytes } from 'node:crypto'
import { existsSync, openAsBlob } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import type { BackupRun, RestoreRun } from '../../../database/index.ts'
import { errors } from '../../../errors/index.ts'
import { holdFolder, loadPglite, openEngine } from '../embedded-driver.ts'

const timeoutMs = 10_000

/** The folder as one archive, written by the engine while nobody else has it: a process that uses the folder has to end before. */
export async function dumpFolder({ url, file, witness, signal, progress }: BackupRun): Promise<void> {
  const { driver, engine } = await openEngine({ url, pool: {} })
  try {
    const connection = await driver.acquire({ access: 'read', timeoutMs })
    try {
      await connection.begin({ isolation: 'repeatableRead', readOnly: true })
      await witness.sees(connection)
      await connection.rollback()
    } finally {
      await driver.release(connection)
    }
    signal?.throwIfAborted()
    const archive = await (await engine()).dumpDataDir('gzip')
    await writeFile(file, archive.stream(), { signal })
    progress?.(archive.size, archive.size)
  } finally {
    await driver.close()
  }
}

/** Unpacked beside the folder and opened there, then put in its place. */
export async function restoreFolder({ url, file, signal }: RestoreRun, folder: string): Promise<void> {
  const { PGlite } = await loadPglite()
  const release = await holdFolder(folder, url)
  const mark = randomBytes(4).toString('hex')
  const beside = `${folder}.restoring-${mark}`
  const before = `${folder}.before-${mark}`
  try {
    await unpack(PGlite, { file, to: beside })
    signal?.throwIfAborted()
    await rename(folder, before)
    await putInPlace(beside, folder, before)
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason
    throw failed(error, { database: folder, file, state: stateOf(before) })
  } finally {
    await rm(beside, { recursive: true, force: true })
    release()
  }
  // The database is what the file has by now: what stays of the former one is in nobody's way.
  await rm(before, { recursive: true })
}

type Pglite = Awaited<ReturnType<typeof loadPglite>>['PGlite']

async function unpack(pglite: Pglite, { file, to }: { readonly file: string; readonly to: string }): Promise<void> {
  const engine = await pglite.create({ dataDir: to, loadDataDir: await openAsBlob(file) })
  try {
    await engine.query('select count(*) from pg_class')
  } finally {
    await engine.close()
  }
}

async function putInPlace(beside: string, folder: string, before: string): Promise<void> {
  try {
    await rename(beside, folder)
  } catch (error) {
    await rename(before, folder)
    throw error
  }
}

function stateOf(before: string): string {
  return existsSync(before) ? `What was there before is in ${before}` : 'Nothing was changed'
}

interface Failed {
  readonly database: string
  readonly file: string
  readonly state: string
}

function failed(error: unknown, { database, file, state }: Failed): Error {
  const reason = 'it cannot be unpacked, opened and put in its place, see the cause'
  const remedy = 'Use the version of PGlite that wrote it, or take another backup'
  return errors.RESTORE_FAILED({ values: { database, file, reason, state, remedy }, cause: error })
}
