import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, chmod, link, mkdir, open, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../../database/index.ts'

export interface FileFacts {
  readonly bytes: number
  readonly sha256: string
}

/** A file that does not have its name yet, empty, for its owner alone. The folder is made when missing. */
export async function beginFile(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await sweep(folder)
  const partial = join(folder, `.partial-${randomBytes(6).toString('hex')}`)
  await writeFile(partial, '', { flag: 'wx', mode: 0o600 })
  return partial
}

const sweptAfterMs = 24 * 60 * 60 * 1000

/** What processes have left that were killed more than a day ago. */
async function sweep(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^\.partial-[0-9a-f]{12}$/.test(name))
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(() => null)
    if (found !== null && Date.now() - found.mtimeMs > sweptAfterMs) await rm(join(folder, name), { force: true })
  }
}

/** Writes it through to the disk, and says what is in it. */
export async function sealFile(partial: string): Promise<FileFacts> {
  await chmod(partial, 0o600)
  await sync(partial)
  return hashFile(partial)
}

export async function hashFile(file: string): Promise<FileFacts> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

export interface Placing {
  readonly folder: string
  readonly stem: string
  readonly extension: string
}

/** Gives a whole file its name, and a number behind it where that is taken: nothing is overwritten. Gives its stem. */
export async function placeFile(partial: string, { folder, stem, extension }: Placing): Promise<string> {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? stem : `${stem}-${n}`
    if (await isTaken(join(folder, `${name}.json`))) continue
    if (await placed(partial, join(folder, `${name}${extension}`))) return name
  }
}

async function placed(partial: string, file: string): Promise<boolean> {
  try {
    await link(partial, file)
    await unlink(partial)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    // A file system without hard links.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(codeOf(error) ?? '')) throw error
    if (await isTaken(file)) return false
    await rename(partial, file)
    return true
  }
}

/** A small file, whole or not at all. */
export async function writeWhole(file: string, folder: string, text: string): Promise<void> {
  const partial = await beginFile(folder)
  try {
    await writeFile(partial, text)
    await sync(partial)
    await rename(partial, file)
    await syncFolder(folder)
  } finally {
    await rm(partial, { force: true })
  }
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function isTaken(file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

/** What a file system said, in words; null for anything else. */
export function fileReason(error: unknown, folder: string): string | null {
  const code = codeOf(error)
  if (code === undefined || (error as { readonly syscall?: unknown }).syscall === undefined) return null
  return reasons[code]?.(folder) ?? `the file system reports ${code} in ${folder}`
}

const notWritable = (folder: string): string => `the folder ${folder} may not be written`
const notFolder = (folder: string): string => `a file stands where the folder ${folder} is needed`

const reasons: Readonly<Record<string, (folder: string) => string>> = {
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: notWritable,
  EEXIST: notFolder,
  ENOTDIR: notFolder,
  ENOSPC: (folder) => `the disk of ${folder} has no room left`,
  EDQUOT: (folder) => `the disk of ${folder} has no room left`,
  EFBIG: (folder) => `a file in ${folder} may not become so large`,
}

function codeOf(error: unknown): string | undefined {
  return (error as { readonly code?: string } | null)?.code
}
