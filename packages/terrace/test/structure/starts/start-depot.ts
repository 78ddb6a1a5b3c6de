import type { Driver, PoolOptions } from '../../../src/database/index.ts'
import { dialectOf } from '../../../src/connect/dialect-of.ts'
import { synchronize, type SyncObserver, type SyncOptions, type SyncReport } from '../../../src/sync/index.ts'
import type { ModelGraph } from '../../../src/model/index.ts'
import { depotAllowances, type Release } from '../depot/depot-changes.ts'
import { depotGraph } from '../depot/depot.ts'

export interface DepotStart {
  readonly url: string
  readonly release: Release
  readonly pool?: PoolOptions
  readonly observer?: SyncObserver
  /** Put between the start and its database. */
  readonly through?: (driver: Driver) => Driver
  /** In place of the release's own models. */
  readonly graph?: ModelGraph
  readonly options?: Partial<SyncOptions>
  /** Forgets what earlier starts have found, so that everything is compared. Default false. */
  readonly anew?: boolean
}

/** Every start stamps the same time, so that rows can be compared. */
const clock = (): number => Date.UTC(2026, 0, 2, 3, 4, 5, 678)

/** One start of a release, as `openDatabase` does it: opens, follows the models, closes. */
export async function startDepot({
  url,
  release,
  pool = {},
  observer = {},
  through = (driver) => driver,
  graph = depotGraph(release),
  options = {},
  anew = false,
}: DepotStart): Promise<SyncReport> {
  const { runtime: dialect, schema } = await dialectOf(url)
  const driver = through(await dialect.open({ url, pool }))
  const allowed = release === 2 ? { maintenance: true, allow: depotAllowances } : {}
  try {
    if (anew) await forget(driver)
    return await synchronize({ driver, dialect, schema, graph, clock, observer, ...allowed, ...options })
  } finally {
    await driver.close()
  }
}

async function forget(driver: Driver): Promise<void> {
  const connection = await driver.acquire({ access: 'write', timeoutMs: 10_000 })
  await connection.execute({ sql: `delete from terrace_meta where value like '{%'`, parameters: [] })
  await connection.execute({ sql: `update terrace_object set canonical_hash = ''`, parameters: [] })
  await driver.release(connection)
}
