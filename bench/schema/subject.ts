import { graphOf } from 'terrace/database'
import type { BoundModel } from 'terrace/model'
import { dialectOf } from '../../packages/terrace/src/connect/dialect-of.ts'
import type { Driver, RuntimeDialect } from '../../packages/terrace/src/database/index.ts'
import { snapshotOf, type SchemaDialectFactory, type Snapshot } from '../../packages/terrace/src/schema/index.ts'
import { notesInSync } from '../../packages/terrace/src/sync/startup/in-sync.ts'
import { StatementRunner } from '../../packages/terrace/src/sync/statement-runner.ts'
import { structureOf, synchronize, type Structure, type SyncReport } from '../../packages/terrace/src/sync/index.ts'

export type Models = Readonly<Record<string, BoundModel>>

/** One database and what Terrace does with its structure. */
export interface StructureSubject {
  readonly driver: Driver
  readonly schema: SchemaDialectFactory
  readonly structure: Structure
  declared(models: Models): Snapshot
  /** A whole start: the wanted structure from the models, the check, and what it asks for. */
  start(models: Models): Promise<SyncReport>
  /** The check alone: introspection and the mark. */
  isInSync(declared: Snapshot): Promise<boolean>
  /** Texts of the queries that the check sends. */
  readonly checkQueries: readonly string[]
  close(): Promise<void>
}

export async function structureSubject(url: string): Promise<StructureSubject> {
  const { runtime, schema } = await dialectOf(url)
  const driver = await runtime.open({ url, pool: { size: 1, overflow: 0 } })
  const structure = structureOf({ driver, schema })
  const { dialect } = structure
  return {
    driver,
    schema,
    structure,
    declared: (models) => snapshotOf(graphOf(models), dialect),
    start: (models) => started(driver, { runtime, schema }, models),
    isInSync: async (declared) => {
      const connection = await driver.acquire({ access: 'write', timeoutMs: 5_000 })
      try {
        return (await notesInSync(new StatementRunner(connection), dialect, declared)) !== null
      } finally {
        await driver.release(connection)
      }
    },
    checkQueries: [
      ...dialect.catalogue.queries('live').map(({ sql }) => sql),
      `select ${dialect.quoteName('key')}, ${dialect.quoteName('value')} from terrace_meta`,
    ],
    close: () => driver.close(),
  }
}

function started(
  driver: Driver,
  { runtime, schema }: { readonly runtime: RuntimeDialect; readonly schema: SchemaDialectFactory },
  models: Models,
): Promise<SyncReport> {
  return synchronize({ driver, dialect: runtime, schema, graph: graphOf(models) })
}
