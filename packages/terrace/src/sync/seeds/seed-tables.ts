import { createUuidV7, DriverError, type RuntimeDialect } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import type { ModelFact, ModelGraph } from '../../model/index.ts'
import type { SchemaDialect } from '../../schema/index.ts'
import { insertRows } from '../insert-rows.ts'
import { recordSeeded } from '../journal/ledger.ts'
import type { LockedUnits } from '../lock/structure-lock.ts'
import type { StatementRunner } from '../statement-runner.ts'
import type { StructureOptions } from '../structure-options.ts'
import type { SeededTable, SyncObserver } from '../sync-types.ts'
import { resyncsOf } from './resync-identities.ts'
import { seedGroups } from './seed-groups.ts'
import { checkSeedRows, seedRowsOf, storedSeeds, type SeedContext, type StoredUpdate } from './seed-rows.ts'

export interface SeedScope {
  readonly graph: ModelGraph
  readonly seed: StructureOptions['seed'] | undefined
}

export interface Seeding extends SeedScope {
  readonly runtime: RuntimeDialect
  readonly transaction: LockedUnits['transaction']
  readonly observer: SyncObserver
  clock(): number
}

/** Whether some model that has seeds is to get them: it has no row at all; soft-deleted rows are rows. One statement, or two. */
export async function hasUnseededTable(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { graph, seed }: SeedScope,
): Promise<boolean> {
  return (await unseeded(runner, dialect, { models: seedGroups(graph).flat(), seed })).length > 0
}

interface Candidates {
  readonly models: readonly ModelFact[]
  readonly seed: StructureOptions['seed'] | undefined
}

async function unseeded(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { models, seed }: Candidates,
): Promise<readonly ModelFact[]> {
  if (models.length === 0) return []
  const parts = models.map(({ table }, at) => `exists (select 1 from ${dialect.quoteName(table)}) as t${at}`)
  const [row] = await runner.rows({ sql: `select ${parts.join(', ')}`, parameters: [] })
  const empty = models.filter((_, at) => !isTrue(row?.[`t${at}`]))
  if (seed !== 'once' || empty.length === 0) return empty
  const sql = `select path from terrace_object where kind in ('table', 'seeds') and seeded_at is not null`
  const seeded = new Set((await runner.rows({ sql, parameters: [] })).map(({ path }) => path))
  return empty.filter(({ table }) => !seeded.has(table))
}

function isTrue(value: unknown): boolean {
  return value === true || Number(value) === 1
}

/**
 * Fills the empty tables of models with seeds, each in a transaction of its own, those that refer to each other in one.
 * `SEED_INVALID`, `SEED_FAILED`.
 */
export async function seedTables(
  runner: StatementRunner,
  dialect: SchemaDialect,
  seeding: Seeding,
): Promise<readonly SeededTable[]> {
  const seeded: SeededTable[] = []
  for (const group of seedGroups(seeding.graph)) {
    const results = await seeding.transaction(async () => {
      const models = await unseeded(runner, dialect, { models: group, seed: seeding.seed })
      return seedGroup(runner, dialect, { ...seeding, models })
    })
    for (const result of results.filter(({ rows }) => rows > 0)) {
      seeded.push(result)
      seeding.observer.seeded?.(result)
    }
  }
  return seeded
}

interface Group extends Pick<Seeding, 'runtime' | 'clock'> {
  readonly models: readonly ModelFact[]
}

async function seedGroup(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { models, runtime, clock }: Group,
): Promise<readonly SeededTable[]> {
  const now = new Date(clock())
  const context: SeedContext = { runtime, now, newId: createUuidV7(() => now.getTime()) }
  const seeded: SeededTable[] = []
  const updates: { readonly model: ModelFact; readonly all: readonly StoredUpdate[] }[] = []
  for (const [at, model] of models.entries()) {
    const rows = await seedRowsOf(model)
    checkSeedRows(model, rows)
    const later = new Set(models.slice(at + 1).map(({ name }) => name))
    const stored = storedSeeds(model, { rows, later }, context)
    await namingModel(model, async () => {
      for (const insert of stored.inserts) await insertRows(runner, dialect, { table: model.table, ...insert })
      if (rows.length > 0) for (const sql of resyncsOf(dialect, model)) await runner.rows({ sql, parameters: [] })
    })
    updates.push({ model, all: stored.updates })
    seeded.push({ table: model.table, rows: rows.length })
  }
  for (const { model, all } of updates)
    await namingModel(model, async () => {
      for (const update of all) await setLateKeys(runner, dialect, { table: model.table, ...update })
    })
  for (const { table } of models) await recordSeeded(runner, dialect, { table, at: now })
  return seeded
}

/** `SEED_FAILED` where the database refuses rows. */
async function namingModel(model: ModelFact, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof DriverError)) throw error
    throw errors.SEED_FAILED({ values: { model: model.name, reason: error.kind }, cause: error })
  }
}

async function setLateKeys(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { table, key, cells }: StoredUpdate & { readonly table: string },
): Promise<void> {
  const at = (position: number): string => dialect.placeholder(position)
  const set = cells.map(({ name }, index) => `${dialect.quoteName(name)} = ${at(index + 1)}`)
  const where = key.map(({ name }, index) => `${dialect.quoteName(name)} = ${at(cells.length + index + 1)}`)
  const sql = `update ${dialect.quoteName(table)} set ${set.join(', ')} where ${where.join(' and ')}`
  await runner.run(
    sql,
    [...cells, ...key].map(({ stored }) => stored),
  )
}
