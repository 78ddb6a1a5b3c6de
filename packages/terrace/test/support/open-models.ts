import { createDatabase, type Database, type DatabaseParts } from '../../src/database/index.ts'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import type { BoundModel } from '../../src/model/index.ts'
import { synchronize } from '../../src/sync/index.ts'
import type { EngineUnderTest } from './describe-engines.ts'
import { recordingDriver, type RecordingDriver } from './recording-driver.ts'

export interface OpenModels {
  readonly db: Database
  /** What the database's sessions asked of their driver, since its tables were made. */
  readonly driver: RecordingDriver
}

/** A new database with the tables of these models, over a driver that writes down what it is asked. */
export async function openModels(
  engine: EngineUnderTest,
  models: Readonly<Record<string, BoundModel>>,
  options: Pick<DatabaseParts, 'acquireTimeoutMs'> = {},
): Promise<OpenModels> {
  const { url } = await engine.fresh()
  const { runtime: dialect, schema } = await dialectOf(url)
  const { graph } = Object.values(models)[0] as BoundModel
  const driver = recordingDriver(await dialect.open({ url, pool: {} }))
  await synchronize({ driver, dialect, schema, graph })
  driver.calls.length = 0
  return { db: createDatabase({ graph, dialect, driver, ...options }), driver }
}
