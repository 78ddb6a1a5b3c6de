import { graphOf, openDatabase, type Database, type OpenDatabaseOptions } from '../connect/index.ts'
import { createDatabase, type Driver } from '../database/index.ts'
import { createSchemaDialect, sqliteDialect } from '../dialects/sqlite/index.ts'
import type { ModelGraph } from '../model/index.ts'
import { synchronize } from '../sync/index.ts'

export interface TestDatabaseOptions extends Pick<OpenDatabaseOptions, 'models' | 'observer' | 'allow' | 'clock'> {
  /** Insert the models' seeds. Default false: a test builds its own rows. */
  readonly seeds?: boolean
}

const url = 'sqlite::memory:'

/** The statements that make the structure of a graph; planned once, since planning costs more than all the rest. */
const structures = new WeakMap<ModelGraph, Promise<readonly string[]>>()

/**
 * An empty database in memory with the structure of the models, of its own for each call: about a millisecond after the
 * first of a graph. Gone when it is closed, or with the process.
 *
 * ```ts
 * const db = await testDatabase({ models })
 * await db.session(actingAs(models.Device, id), async (session) => { … })
 * ```
 */
export async function testDatabase(options: TestDatabaseOptions): Promise<Database> {
  const { models, seeds = false, ...rest } = options
  if (seeds) return openDatabase(url, { models, ...rest })
  const graph = graphOf(models)
  const driver = await sqliteDialect.open({ url, pool: {} })
  await runAll(driver, await structureOf(graph))
  return createDatabase({ graph, dialect: sqliteDialect, driver, ...rest })
}

function structureOf(graph: ModelGraph): Promise<readonly string[]> {
  const known = structures.get(graph)
  if (known !== undefined) return known
  const planned = planStructure(graph)
  structures.set(graph, planned)
  return planned
}

/** Exactly what a start on an empty database does. */
async function planStructure(graph: ModelGraph): Promise<readonly string[]> {
  const driver = await sqliteDialect.open({ url, pool: {} })
  try {
    const parts = { driver, dialect: sqliteDialect, schema: createSchemaDialect }
    const { steps } = await synchronize({ ...parts, graph: withoutSeeds(graph) })
    return steps.flatMap(({ statements }) => statements)
  } finally {
    await driver.close()
  }
}

function withoutSeeds(graph: ModelGraph): ModelGraph {
  const models = Object.entries(graph.models).map(([name, model]) => [name, { ...model, seeds: null }] as const)
  return { ...graph, models: Object.fromEntries(models) }
}

async function runAll(driver: Driver, statements: readonly string[]): Promise<void> {
  const connection = await driver.acquire({ access: 'write', timeoutMs: 2_000 })
  await connection.begin({ isolation: 'serializable', readOnly: false })
  for (const sql of statements) await connection.execute({ sql, parameters: [], returnsRows: false })
  await connection.commit()
  await driver.release(connection)
}
