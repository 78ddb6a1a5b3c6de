import { errors } from '../../errors/index.ts'
import type { LiveStructure } from '../../schema/index.ts'
import { withStructureLock } from '../lock/structure-lock.ts'
import { prepareFound } from '../startup/align-structure.ts'
import type { SeededTable, SyncOptions } from '../sync-types.ts'
import { seedGroups } from './seed-groups.ts'
import { seedTables } from './seed-tables.ts'

export type SeedOptions = Pick<
  SyncOptions,
  'driver' | 'dialect' | 'schema' | 'graph' | 'seed' | 'lockTimeoutMs' | 'observer' | 'clock'
>

/**
 * Seeds of a start without its structure: fills empty tables that have seeds, under the lock, and changes nothing else.
 * `SEED_TABLE_MISSING` before the first row where a table is not there; `SEED_INVALID`, `SEED_FAILED`, `STRUCTURE_LOCK_TIMEOUT`.
 */
export async function seedEmptyTables(options: SeedOptions): Promise<readonly SeededTable[]> {
  const { driver, graph, seed, observer = {}, clock = Date.now, lockTimeoutMs = 60_000 } = options
  const dialect = options.schema(driver.capabilities)
  const lock = { timeoutMs: lockTimeoutMs, waiting: () => observer.waiting?.() }
  return withStructureLock({ driver, dialect }, lock, async ({ runner, structure, transaction, isAtomic }) => {
    const { live } = await structure(() => prepareFound({ runner, dialect, isAtomic }))
    refuseMissing(options, live)
    return seedTables(runner, dialect, { graph, seed, runtime: options.dialect, transaction, observer, clock })
  })
}

function refuseMissing({ graph }: SeedOptions, { snapshot }: LiveStructure): void {
  const missing = seedGroups(graph)
    .flat()
    .map(({ table }) => table)
    .filter((table) => snapshot.tables[table] === undefined)
  if (missing.length > 0) throw errors.SEED_TABLE_MISSING({ values: { tables: missing.join(', ') } })
}
