import { createUuidV7, DriverError, type RuntimeDialect } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import type { ModelFact, ModelGraph } from '../../model/index.ts'
import type { SchemaDialect } from '../../schema/index.ts'
import { insertRows } from '../insert-rows.ts'
import { recordSeeded } from '../journal/ledger.ts'
import type { LockedUnits } from '../lock/structure-lock.ts'
import type { StatementRunner } from '../statement-runner.ts'
import type { SeededTable, SyncObserver } from '../sync-types.ts'
import { checkSeedRows, seedRowsOf, storedRows, type SeedContext } from './seed-rows.ts'

export interface Seeding {
  readonly graph: ModelGraph
  readonly runtime: RuntimeDialect
  readonly transaction: LockedUnits['transaction']
  readonly observer: SyncObserver
  clock(): number
}

/** Whether some model that has seeds has no row at all; soft-deleted rows are rows. One statement. */
export async function hasEmptySeededTable(
  runner: StatementRunner,
  dialect: SchemaDialect,
  graph: ModelGraph,
): Promise<boolean> {
  return (await emptySeededModels(runner, dialect, seededModels(graph))).length > 0
}

/** Models with seeds, those that others refer to first. */
function seededModels({ models, referenceOrder }: ModelGraph): readonly ModelFact[] {
  return referenceOrder
    .flatMap((name) => models[name] ?? [])
    .filter(({ seeds }) => typeof seeds === 'function' || (seeds?.length ?? 0) > 0)
}

async function emptySeededModels(
  runner: StatementRunner,
  dialect: SchemaDialect,
  models: readonly ModelFact[],
): Promise<readonly ModelFact[]> {
  if (models.length === 0) return []
  const parts = models.map(({ table }, at) => `exists (select 1 from ${dialect.quoteName(table)}) as t${at}`)
  const [row] = await runner.rows({ sql: `select ${parts.join(', ')}`, parameters: [] })
  return models.filter((_, at) => !isTrue(row?.[`t${at}`]))
}

function isTrue(value: unknown): boolean {
  return value === true || Number(value) === 1
}

/** Fills the empty tables of models with seeds, each in a transaction of its own. `SEED_INVALID`, `SEED_FAILED`. */
export async function seedTables(
  runner: StatementRunner,
  dialect: SchemaDialect,
  seeding: Seeding,
): Promise<readonly SeededTable[]> {
  const seeded: SeededTable[] = []
  for (const model of seededModels(seeding.graph)) {
    const result = await seeding.transaction(async () => {
      const empty = await emptySeededModels(runner, dialect, [model])
      return empty.length === 0
        ? null
        : seedTable(runner, dialect, { model, runtime: seeding.runtime, clock: seeding.clock })
    })
    if (result === null || result.rows === 0) continue
    seeded.push(result)
    seeding.observer.seeded?.(result)
  }
  return seeded
}

async function seedTable(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { model, runtime, clock }: { readonly model: ModelFact; readonly runtime: RuntimeDialect; clock(): number },
): Promise<SeededTable> {
  const now = new Date(clock())
  const context: SeedContext = { runtime, now, newId: createUuidV7(() => now.getTime()) }
  const rows = await seedRowsOf(model)
  checkSeedRows(model, rows)
  try {
    for (const stored of storedRows(model, rows, context))
      await insertRows(runner, dialect, { table: model.table, ...stored })
    if (rows.length > 0) await resyncIdentities(runner, dialect, model)
  } catch (error) {
    if (!(error instanceof DriverError)) throw error
    throw errors.SEED_FAILED({ values: { model: model.name, reason: error.kind }, cause: error })
  }
  await recordSeeded(runner, dialect, model.table, now)
  return { table: model.table, rows: rows.length }
}

async function resyncIdentities(runner: StatementRunner, dialect: SchemaDialect, model: ModelFact): Promise<void> {
  for (const column of model.columns.filter(({ stamp }) => stamp === 'identity')) {
    const sql = dialect.resyncIdentity(model.table, column.sqlName)
    if (sql !== null) await runner.rows({ sql, parameters: [] })
  }
}
