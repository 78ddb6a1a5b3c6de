import { createDatabase, type Database, type DatabaseObserver, type PoolOptions } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel, ModelGraph } from '../model/index.ts'
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
  readonly observer?: DatabaseObserver
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
  const { models, pool = {}, observer, clock } = options
  const graph = graphOf(models)
  const dialect = await dialectOf(url)
  requireSupport(dialect, graph)
  const driver = await dialect.runtime.open({ url, pool })
  return createDatabase({
    graph,
    dialect: dialect.runtime,
    driver,
    ...(observer === undefined ? {} : { observer }),
    ...(clock === undefined ? {} : { clock }),
    ...(pool.timeoutMs === undefined ? {} : { acquireTimeoutMs: pool.timeoutMs }),
  })
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
