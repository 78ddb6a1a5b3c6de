import type * as pglitePackage from '@electric-sql/pglite'
import { mkdir } from 'node:fs/promises'
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
import { StatementNames } from './statement-names.ts'

type Package = typeof pglitePackage
type Engine = InstanceType<Package['PGlite']>

const scheme = 'pglite:'

/**
 * `pglite:` and `pglite::memory:` (new and empty each time), `pglite:folder` (created when missing; relative to the working
 * directory). One process at a time may use a folder. One connection, held for a whole session: `pool` has no effect.
 */
export async function openEmbedded({ url }: OpenOptions, load?: LoadPackage): Promise<Driver> {
  const name = '@electric-sql/pglite'
  const pglite = await loadDriver({ package: name, scheme, load }, () => import('@electric-sql/pglite'))
  const host = new EngineHost(pglite, url)
  const driver = await openPooledDriver(host, { size: 1, overflow: 0 })
  return {
    ...driver,
    close: async () => {
      await driver.close()
      await host.close()
    },
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
    this.#engine ??= await start(this.#pglite, this.#url)
    return connectionOf(this.#pglite, this.#engine)
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
  const path = url.slice(scheme.length)
  if (path === '' || path === ':memory:') return pglite.PGlite.create()
  const folder = resolve(path)
  try {
    await mkdir(folder, { recursive: true })
    return await pglite.PGlite.create(folder)
  } catch (error) {
    throw errors.DATABASE_UNREACHABLE({ values: { url, reason: reasonOf(error) }, cause: error })
  }
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
