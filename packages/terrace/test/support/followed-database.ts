import { dialectOf } from '../../src/connect/dialect-of.ts'
import type { Driver } from '../../src/database/index.ts'
import { graphOf, type BoundModel } from '../../src/model/index.ts'
import { snapshotOf, type Snapshot } from '../../src/schema/index.ts'
import { structureOf, synchronize, type Structure, type SyncOptions, type SyncReport } from '../../src/sync/index.ts'
import type { EngineUnderTest } from './describe-engines.ts'

type Models = Readonly<Record<string, BoundModel>>
type Rows = readonly Readonly<Record<string, unknown>>[]

/** A new database that follows models, with another hand to change it. */
export interface FollowedDatabase {
  readonly url: string
  readonly driver: Driver
  readonly structure: Structure
  wanted(models: Models): Snapshot
  sync(models: Models, options?: Partial<SyncOptions>): Promise<SyncReport>
  /** Runs SQL that somebody else wrote; `"` quotes a name on every engine. */
  byHand(sql: string): Promise<Rows>
  quote(name: string): string
}

/** Close what it gives with `close` of its driver. */
export async function followedDatabase(engine: EngineUnderTest): Promise<FollowedDatabase> {
  const { url } = await engine.fresh()
  const { runtime: dialect, schema } = await dialectOf(url)
  const driver = await dialect.open({ url, pool: {} })
  const structure = structureOf({ driver, schema, lockTimeoutMs: 10_000 })
  const quote = (name: string): string => structure.dialect.quoteName(name)
  return {
    url,
    driver,
    structure,
    quote,
    wanted: (models) => snapshotOf(graphOf(models), structure.dialect),
    sync: (models, options = {}) => synchronize({ driver, dialect, schema, graph: graphOf(models), ...options }),
    byHand: async (sql) => {
      const connection = await driver.acquire({ access: 'write', timeoutMs: 10_000 })
      try {
        const text = sql.replaceAll(/"([^"]*)"/g, (_, name: string) => quote(name))
        return (await connection.execute({ sql: text, parameters: [] })).rows
      } finally {
        await driver.release(connection)
      }
    },
  }
}
