import { open, stat } from 'node:fs/promises'
import type { BackupDialect, BackupPlace } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import type { BackupManifest } from './backup-types.ts'
import { hashFile } from './whole-file.ts'

export interface CheckedFile {
  readonly file: string
  readonly manifest: BackupManifest | null
  readonly backup: BackupDialect
  readonly place: BackupPlace
}

/** `BACKUP_FILE` for a file that is not what its manifest says, or none that this database can take. */
export async function checkFile({ file, manifest, backup, place }: CheckedFile): Promise<void> {
  await requireFile(file)
  if (manifest !== null && manifest.copy !== place.copy) {
    throw unusable(
      file,
      `by its manifest it is a ${manifest.copy}, and this database takes a ${place.copy}`,
      otherEngine,
    )
  }
  if (manifest !== null) await compareHash(file, manifest)
  if (!backup.recognizes(await beginningOf(file), place)) {
    throw unusable(file, `it does not begin as a ${place.copy} does`, otherEngine)
  }
}

/** A server may not read what a newer one has written. */
export function requireServer(
  { file, manifest, place }: CheckedFile,
  server: { readonly product: string; readonly version: string },
): void {
  if (manifest === null || place.versionParts === 0) return
  const from = manifest.server
  if (from.product !== server.product) {
    throw unusable(
      file,
      `it was taken from ${from.product}, and this is ${server.product}`,
      'Use a server of the same product',
    )
  }
  if (!isNewer(from.version, server.version, place.versionParts)) return
  const problem = `it was taken from ${from.product} ${from.version}, and this server is ${server.version}`
  throw unusable(file, problem, 'Use a server at least as new')
}

function isNewer(version: string, than: string, parts: number): boolean {
  const [left, right] = [version, than].map((text) => text.split('.').slice(0, parts).map(Number.parseFloat))
  for (const [at, part] of (left ?? []).entries()) {
    const other = right?.[at] ?? 0
    if (part !== other) return part > other
  }
  return false
}

async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: { readonly code?: string }) => {
    throw unusable(file, error.code === 'ENOENT' ? 'there is no such file' : 'it may not be read', 'Correct the path')
  })
  if (!found.isFile()) throw unusable(file, 'it is no file', 'Name the file of a backup')
}

async function compareHash(file: string, { file: expected }: BackupManifest): Promise<void> {
  const found = await hashFile(file)
  const remedy = 'Copy it again from where it is kept, or take another backup'
  if (found.bytes !== expected.bytes) {
    throw unusable(file, `it has ${found.bytes} bytes, and ${expected.bytes} by its manifest`, remedy)
  }
  if (found.sha256 === expected.sha256) return
  throw unusable(file, 'its SHA-256 is not that of its manifest: it was changed or damaged', remedy)
}

async function beginningOf(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

const otherEngine = 'Restore it to a database of the engine that it was taken from'

function unusable(file: string, problem: string, remedy: string): Error {
  return errors.BACKUP_FILE({ values: { file, problem, remedy } })
}
