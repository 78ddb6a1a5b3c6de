import type * as pglitePackage from '@electric-sql/pglite'
import { mkdir, realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  loadDriver,
  openPooledDriver,
  type ConnectionSource,
  type Driver,
  type LoadPackage,
  type OpenOptions,
} from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import { postgresCapabilities } from './capabilities.ts'
import { EmbeddedConnection } from './embedded-connection.ts'
import { takeLock, type FolderLock } from './folder-lock.ts'
import { StatementNames } from './statement-names.ts'

type Package = typeof pglitePackage
type Engine = InstanceType<Package['PGlite']>

const scheme = 'pglite:'
const folderRemedy = 'Correct the folder in the URL or what is wrong with it, then try again'

/**
 * `pglite:` and `pglite::memory:` (new and empty each time), `pglite:folder` (created when missing; relative to the working
 * directory). One process at a time may use a folder, held by `<folder>.lock`; other machines and containers that share the
 * folder do not see each other. One connection, held for a whole session: `pool` has no effect.
 */
export async function openEmbedded(options: OpenOptions, load?: LoadPackage): Promise<Driver> {
  return (await openEngine(options, load)).driver
}

export interface OpenedEngine {
  readonly driver: Driver
  /** For what no statement can do. */
  engine(): Promise<Engine>
}

/** The same, and the engine behind it. */
export async function openEngine({ url }: OpenOptions, load?: LoadPackage): Promise<OpenedEngine> {
  const pglite = await loadPglite(load)
  const folder = folderOf(url)
  const release = folder === null ? () => undefined : await holdFolder(folder, url)
  const host = new EngineHost(pglite, url)
  try {
    const driver = await openPooledDriver(host, { size: 1, overflow: 0 })
    const close = (): Promise<void> => closeAll([() => driver.close(), () => host.close(), release])
    return { driver: { ...driver, close }, engine: () => host.engine() }
  } catch (error) {
    await closeAll([() => host.close(), release])
    throw error
  }
}

export function loadPglite(load?: LoadPackage): Promise<Package> {
  const name = '@electric-sql/pglite'
  return loadDriver({ package: name, scheme, load }, () => import('@electric-sql/pglite'))
}

/** Each in turn, whatever became of those before it. */
async function closeAll([first, ...others]: readonly (() => Promise<void> | void)[]): Promise<void> {
  try {
    await first?.()
  } finally {
    if (others.length > 0) await closeAll(others)
  }
}

/** Creates the folder and keeps other drivers from it until the function returned is called. */
export async function holdFolder(folder: string, url: string): Promise<() => void> {
  const place = await created(folder, url)
  const file = `${place}.lock`
  const lock = lockOf(file, url)
  if (lock.kind === 'held') return lock.release
  const holder = lock.pid === null ? 'another process' : `process ${lock.pid}`
  throw unreachable(
    url,
    `the folder is in use by ${holder}`,
    `Stop ${holder}, or use another folder or a server; where that process does not use this folder, delete ${file}`,
  )
}

/** The folder's one name: symbolic links to it are the same folder. */
async function created(folder: string, url: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true })
    return await realpath(folder)
  } catch (error) {
    throw unreachable(url, reasonOf(error), folderRemedy, error)
  }
}

function lockOf(file: string, url: string): FolderLock {
  try {
    return takeLock(file)
  } catch (error) {
    const { code } = error as { readonly code?: string }
    const remedy = 'Use a folder inside one that this process may write, such as data/app'
    throw unreachable(url, `the lock file ${file} cannot be used: ${code ?? 'see the cause'}`, remedy, error)
  }
}

/** Keeps the engine, and with it an in-memory database, while its connections come and go. */
class EngineHost implements ConnectionSource<EmbeddedConnection> {
  readonly ping = null
  readonly #pglite: Package
  readonly #url: string
  #engine: Engine | null = null

  constructor(pglite: Package, url: string) {
    this.#pglite = pglite
    this.#url = url
  }

  async open(): Promise<EmbeddedConnection> {
    return connectionOf(this.#pglite, await this.engine())
  }

  async engine(): Promise<Engine> {
    this.#engine ??= await start(this.#pglite, this.#url)
    return this.#engine
  }

  isBroken(connection: EmbeddedConnection): boolean {
    return connection.isBroken
  }

  /** The next connection begins as a new one of a server would; an engine that stopped is replaced. */
  async destroy(connection: EmbeddedConnection): Promise<void> {
    if (!connection.isBroken && connection.reset()) return
    await this.close()
  }

  async close(): Promise<void> {
    const engine = this.#engine
    this.#engine = null
    await engine?.close()
  }
}

async function start(pglite: Package, url: string): Promise<Engine> {
  const folder = folderOf(url)
  if (folder === null) return pglite.PGlite.create()
  try {
    return await pglite.PGlite.create(folder)
  } catch (error) {
    throw unreachable(url, reasonOf(error), folderRemedy, error)
  }
}

/** Null for a database in memory. */
export function folderOf(url: string): string | null {
  const path = url.slice(scheme.length)
  return path === '' || path === ':memory:' ? null : resolve(path)
}

function unreachable(url: string, reason: string, remedy: string, cause?: unknown): Error {
  return errors.DATABASE_UNREACHABLE({ values: { url, reason, remedy }, cause })
}

function connectionOf({ protocol }: Package, engine: Engine): EmbeddedConnection {
  const exchange = (message: Uint8Array): Uint8Array => engine.execProtocolRawSync(message)
  const names = new StatementNames({ isOn: true })
  const probe = new EmbeddedConnection({ protocol, exchange }, postgresCapabilities('PGlite', 'unknown'), names)
  const { rows } = probe.execute({ sql: `select current_setting('server_version') as version`, parameters: [] })
  const version = String(rows[0]?.['version'])
  return new EmbeddedConnection({ protocol, exchange }, postgresCapabilities('PGlite', version), names)
}

function reasonOf(error: unknown): string {
  const { code } = error as { readonly code?: string }
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'a file stands where a folder is needed'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'the folder may not be written'
  return code === undefined
    ? 'the folder holds no database that this version can read'
    : `the file system reports ${code}`
}
