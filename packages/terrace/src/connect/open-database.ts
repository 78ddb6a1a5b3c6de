import {
  createDatabase,
  type AllowOptions,
  type Database,
  type DatabaseObserver,
  type Driver,
  type PoolOptions,
} from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel, ModelGraph } from '../model/index.ts'
import { synchronize, type SyncObserver, type SyncPolicy, type SyncReport } from '../sync/index.ts'
import { dialectOf } from './dialect-of.ts'
import type { Dialect } from './dialects.ts'
import { graphOf } from './graph-of.ts'

export interface OpenDatabaseOptions {
  /** What `graph({ … })` returned. */
  readonly models: Readonly<Record<string, BoundModel>>
  readonly pool?: PoolOptions & {
    /** How long a session waits for a connection, in milliseconds; then `POOL_TIMEOUT`. Default 2000. */
    readonly timeoutMs?: number
  }
  /**
   * What happens when the database and the models differ: `safe` (default) creates what is missing and seeds empty tables,
   * `check` refuses to open on any difference, `off` does not look.
   */
  readonly structure?: SyncPolicy
  /** Told while the structure is followed, and once what was done: also when there was nothing to do. */
  readonly structureObserver?: SyncObserver & { done?(report: SyncReport): void }
  readonly observer?: DatabaseObserver
  /** Functions, casts, collations and operators that hand-written queries may use beyond Terrace's own list. */
  readonly allow?: AllowOptions
  /** Milliseconds since 1970, for `createdAt` and its like. Default `Date.now`. */
  readonly clock?: () => number
}

/**
 * Opens the database that a URL names: `sqlite:file.db`, `sqlite::memory:`, `postgres://…`, `pglite:folder`, `mysql://…`.
 *
 * ```ts
 * const db = await openDatabase('sqlite:countonme.db', { models })
 * await db.session(actingAs(models.Device, id), async (session) => { … })
 * await db.close()
 * ```
 *
 * Errors: `DATABASE_URL`, `DRIVER_MISSING`, `DATABASE_UNREACHABLE`, `DIALECT_UNSUPPORTED` with everything that the engine
 * cannot hold, and what the alignment of the structure reports. None shows a password.
 */
export async function openDatabase(url: string, options: OpenDatabaseOptions): Promise<Database> {
  const graph = graphOf(options.models)
  const dialect = await dialectOf(url)
  requireSupport(dialect, graph)
  const { timeoutMs: acquireTimeoutMs, ...pool } = options.pool ?? {}
  const driver = await dialect.runtime.open({ url, pool })
  await followModels(driver, { dialect, graph, options })
  const { observer, allow, clock } = options
  return createDatabase({
    graph,
    dialect: dialect.runtime,
    driver,
    ...given({ observer, allow, clock, acquireTimeoutMs }),
  })
}

interface Opening {
  readonly dialect: Dialect
  readonly graph: ModelGraph
  readonly options: OpenDatabaseOptions
}

/** A database that is refused is closed again. */
async function followModels(driver: Driver, { dialect, graph, options }: Opening): Promise<void> {
  const { structure: policy = 'safe', structureObserver: observer = {} } = options
  try {
    const parts = { driver, dialect: dialect.runtime, schema: dialect.schema, graph }
    // Not inside the optional call: without `done` its argument would never be evaluated.
    const report = await synchronize({ ...parts, policy, observer, ...given({ clock: options.clock }) })
    observer.done?.(report)
  } catch (error) {
    await driver.close()
    throw error
  }
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is undefined: absent options have defaults. */
function given<T extends object>(options: T): Given<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>
}

function requireSupport({ runtime }: Dialect, graph: ModelGraph): void {
  const unsupported = runtime.unsupported(graph)
  if (unsupported.length === 0) return
  const problems = unsupported.map(({ model, column, reason, remedy }) => {
    const where = column === null ? model : `${model}.${column}`
    return `${where}: ${reason} (${remedy})`
  })
  throw errors.DIALECT_UNSUPPORTED({ values: { product: runtime.name, problems: problems.join('; ') } })
}
