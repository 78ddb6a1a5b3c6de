import type { BoundModel, SeedSource } from '../model/index.ts'
import { refuseOptions, seedEmptyTables, type SeededTable, type SyncObserver } from '../sync/index.ts'
import { dialectOf } from './dialect-of.ts'
import { graphOf } from './graph-of.ts'
import { requireSupport } from './require-support.ts'
import { openWhole } from './row-security/every-row.ts'
import { withSeeds } from './with-seeds.ts'

export interface SeedDatabaseOptions {
  /** What `graph({ … })` returned. */
  readonly models: Readonly<Record<string, BoundModel>>
  /** Rows by the model's name, before what the model itself declares. */
  readonly seeds?: Readonly<Record<string, SeedSource>>
  /** `empty` (default): each table without a row. `once`: unless it was seeded before. A table with rows is never touched. */
  readonly seed?: 'empty' | 'once'
  readonly observer?: SyncObserver
  /** How long to wait while another process works on the structure, in milliseconds. Default 60,000. */
  readonly lockTimeoutMs?: number
  /** Milliseconds since 1970, for stamps. Default `Date.now`. */
  readonly clock?: () => number
}

/**
 * Fills the empty tables of models that have seeds, as a start would, and leaves the structure alone. Gives what was inserted.
 *
 * ```ts
 * const seeded = await seedDatabase('sqlite:countonme.db', { models })
 * ```
 *
 * Errors: `SEED_TABLE_MISSING`, `SEED_INVALID`, `SEED_FAILED`, `STRUCTURE_LOCK_TIMEOUT`, `STRUCTURE_OPTION`, and those of opening a
 * database.
 */
export async function seedDatabase(
  url: string,
  { models, seeds = {}, ...options }: SeedDatabaseOptions,
): Promise<readonly SeededTable[]> {
  refuseOptions(options)
  const graph = graphOf(withSeeds(models, seeds))
  const dialect = await dialectOf(url)
  requireSupport(dialect, graph)
  const driver = await openWhole(url, dialect)
  try {
    return await seedEmptyTables({ ...options, driver, dialect: dialect.runtime, schema: dialect.schema, graph })
  } finally {
    await driver.close()
  }
}
