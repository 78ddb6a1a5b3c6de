import { SqliteQueryCompiler } from 'kysely'
import {
  briefly,
  loadDriver,
  type Driver,
  type LoadPackage,
  type OpenOptions,
  type RuntimeDialect,
} from '../../database/index.ts'
import { sqliteCodec } from './codec.ts'
import { databasePath } from './database-path.ts'
import { openFileDriver, openMemoryDriver } from './driver.ts'
import { sqliteHelpers } from './helper-renderings.ts'
import { unsupportedBySqlite } from './unsupported.ts'

const BriefQueryCompiler = briefly(SqliteQueryCompiler)

export interface SqliteSettings {
  /**
   * In place of the import of better-sqlite3. Not typed by that package, whose types are another one: whoever uses the
   * dialect need not install them.
   */
  readonly load?: LoadPackage
  /** How long a unit of work waits for another process that writes, in milliseconds. Default 5000. */
  readonly busyTimeoutMs?: number
}

interface Opening {
  readonly load: LoadPackage | undefined
  readonly busyTimeoutMs: number
}

/** SQLite by better-sqlite3: `sqlite:data/app.db`, `sqlite:/data/app.db`, `sqlite::memory:`. */
export function createSqliteDialect({ load, busyTimeoutMs = 5_000 }: SqliteSettings = {}): RuntimeDialect {
  return Object.freeze<RuntimeDialect>({
    name: 'sqlite',
    open: (options) => open(options, { load, busyTimeoutMs }),
    createQueryCompiler: () => new BriefQueryCompiler(),
    codec: sqliteCodec,
    unsupported: unsupportedBySqlite,
    helpers: () => sqliteHelpers,
    castTypes: { integer: 'integer', float: 'real', text: 'text' },
    position: { name: 'instr', order: 'textFirst' },
  })
}

export const sqliteDialect: RuntimeDialect = createSqliteDialect()

async function open({ url, pool }: OpenOptions, { load, busyTimeoutMs }: Opening): Promise<Driver> {
  const where = databasePath(url)
  const driver = { package: 'better-sqlite3', scheme: 'sqlite:', load }
  const { default: sqlite } = await loadDriver(driver, () => import('better-sqlite3'))
  return where.kind === 'memory'
    ? openMemoryDriver(sqlite)
    : openFileDriver(sqlite, { path: where.path, pool, busyTimeoutMs })
}
