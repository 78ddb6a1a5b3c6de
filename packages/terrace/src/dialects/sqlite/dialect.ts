import { SqliteQueryCompiler } from 'kysely'
import { loadDriver, type Driver, type OpenOptions, type RuntimeDialect } from '../../database/index.ts'
import { sqliteCodec } from './codec.ts'
import { databasePath } from './database-path.ts'
import { openFileDriver, openMemoryDriver } from './driver.ts'
import type { Sqlite } from './open-database.ts'
import { unsupportedBySqlite } from './unsupported.ts'

export interface SqliteSettings {
  /** Loads better-sqlite3. */
  readonly load: (packageName: string) => Promise<{ readonly default: Sqlite }>
  /** How long a unit of work waits for another process that writes, in milliseconds. */
  readonly busyTimeoutMs: number
}

const packageName = 'better-sqlite3'

/** SQLite by better-sqlite3: `sqlite:data/app.db`, `sqlite:/data/app.db`, `sqlite::memory:`. */
export function createSqliteDialect(settings: Partial<SqliteSettings> = {}): RuntimeDialect {
  const { load = () => import('better-sqlite3'), busyTimeoutMs = 5_000 } = settings
  return Object.freeze<RuntimeDialect>({
    name: 'sqlite',
    open: (options) => open(options, { load, busyTimeoutMs }),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    codec: sqliteCodec,
    unsupported: unsupportedBySqlite,
    castTypes: { integer: 'integer', float: 'real', text: 'text' },
    position: { name: 'instr', order: 'textFirst' },
  })
}

export const sqliteDialect: RuntimeDialect = createSqliteDialect()

async function open({ url, pool }: OpenOptions, { load, busyTimeoutMs }: SqliteSettings): Promise<Driver> {
  const where = databasePath(url)
  const { default: sqlite } = await loadDriver({ package: packageName, scheme: 'sqlite:' }, () => load(packageName))
  return where.kind === 'memory'
    ? openMemoryDriver(sqlite)
    : openFileDriver(sqlite, { path: where.path, pool, busyTimeoutMs })
}
