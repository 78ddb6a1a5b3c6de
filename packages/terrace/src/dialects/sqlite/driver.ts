import {
  ConnectionPool,
  type AcquireOptions,
  type Driver,
  type PoolOptions,
  type PoolStats,
} from '../../database/index.ts'
import { sqliteCapabilities } from './capabilities.ts'
import { SqliteConnection } from './connection.ts'
import { openFile, openMemory, type Database, type Sqlite } from './open-database.ts'

type Access = AcquireOptions['access']

const defaultReaders = 5
const defaultOverflow = 10

/** One connection, held for a whole session: the database is gone with it, so it is never replaced. */
export function openMemoryDriver(sqlite: Sqlite): Driver {
  const database = openMemory(sqlite)
  const capabilities = sqliteCapabilities(versionOf(database), { separateWriter: false })
  const settings = { capabilities, structure: { current: 0 }, access: 'write', busyTimeoutMs: 0 } as const
  const only = new SqliteConnection(database, settings)
  const pool = new ConnectionPool<SqliteConnection>(
    { open: () => only, destroy: (connection) => connection.close(), isBroken: () => false, ping: null },
    { size: 1, overflow: 0 },
  )
  return {
    capabilities,
    acquire: ({ timeoutMs }) => pool.acquire(timeoutMs),
    release: (connection) => releaseTo(pool, connection as SqliteConnection, false),
    stats: () => pool.stats(),
    close: () => pool.close(),
  }
}

export interface FileOptions {
  readonly path: string
  readonly pool: PoolOptions
  readonly busyTimeoutMs: number
}

/** One writer behind a queue, and readers that go on beside it. */
export async function openFileDriver(sqlite: Sqlite, { path, pool, busyTimeoutMs }: FileOptions): Promise<Driver> {
  const first = await openFile(sqlite, path, busyTimeoutMs)
  const capabilities = sqliteCapabilities(versionOf(first), { separateWriter: true })
  const structure = { current: 0 }
  const connectionOf = (database: Database, access: Access): SqliteConnection =>
    new SqliteConnection(database, { capabilities, structure, access, busyTimeoutMs })
  const { size = defaultReaders, overflow = defaultOverflow } = pool
  const poolOf = (access: Access, limits: Required<Pick<PoolOptions, 'size' | 'overflow'>>) =>
    new ConnectionPool<SqliteConnection>(
      {
        open: () => {
          const database = openFile(sqlite, path, busyTimeoutMs)
          if (database instanceof Promise) return database.then((opened) => connectionOf(opened, access))
          return connectionOf(database, access)
        },
        destroy: (connection) => connection.close(),
        isBroken: (connection) => connection.isBroken,
        ping: null,
      },
      limits,
    )
  const pools = { write: poolOf('write', { size: 1, overflow: 0 }), read: poolOf('read', { size, overflow }) }
  first.close()
  return {
    capabilities,
    acquire: ({ access, timeoutMs }) => pools[access].acquire(timeoutMs),
    release: (connection, { broken = false } = {}) => {
      const { access } = connection as SqliteConnection
      releaseTo(pools[access], connection as SqliteConnection, broken)
    },
    stats: () => sumOf(pools.write.stats(), pools.read.stats()),
    close: async () => {
      // The last one to close writes the log back into the file, which a reader may not.
      await pools.read.close()
      await pools.write.close()
    },
  }
}

function versionOf(database: Database): string {
  return String(database.prepare('select sqlite_version()').pluck().get())
}

function releaseTo(pool: ConnectionPool<SqliteConnection>, connection: SqliteConnection, isBroken: boolean): void {
  connection.reset()
  pool.release(connection, { isBroken })
}

function sumOf(one: PoolStats, other: PoolStats): PoolStats {
  return { size: one.size + other.size, idle: one.idle + other.idle, waiting: one.waiting + other.waiting }
}
