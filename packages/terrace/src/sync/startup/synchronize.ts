import { blockingLimitRows, snapshotOf, type PlanMode, type SchemaDialect, type Snapshot } from '../../schema/index.ts'
import { withStructureLock } from '../lock/structure-lock.ts'
import { hasEmptySeededTable, seedTables } from '../seeds/seed-tables.ts'
import { StatementRunner } from '../statement-runner.ts'
import type { SyncOptions, SyncReport } from '../sync-types.ts'
import { alignStructure, checkStructure, type Alignment } from './align-structure.ts'
import { isInSync } from './in-sync.ts'

const defaultLockTimeoutMs = 60_000

/**
 * Makes the database follow the models, once, at start-up: what is missing is created, empty tables are seeded, and whatever
 * else differs refuses the start with a line for each difference.
 *
 * Of many processes that start at once exactly one works; the others wait and find nothing to do. Errors:
 * `STRUCTURE_DRIFT`, `STRUCTURE_LOCK_TIMEOUT`, `STRUCTURE_FORMAT_NEWER`, `STRUCTURE_STEP_FAILED`, `SEED_INVALID`,
 * `SEED_FAILED`.
 */
export async function synchronize(options: SyncOptions): Promise<SyncReport> {
  const startedAt = performance.now()
  const finish = (partial: Partial<SyncReport>): SyncReport => ({
    ...nothingDone,
    policy: options.policy ?? 'safe',
    ...partial,
    durationMs: performance.now() - startedAt,
  })
  if (options.policy === 'off') return finish({})
  const dialect = options.schema(options.driver.capabilities)
  const declared = snapshotOf(options.graph, dialect)
  const look = await firstLook(options, dialect, declared)
  if (look.isInSync) return finish({ statements: look.statements })
  const worked = await work(options, dialect, declared)
  return finish({ ...worked, statements: look.statements + worked.statements })
}

const nothingDone: Omit<SyncReport, 'policy' | 'durationMs'> = {
  created: { tables: [] },
  steps: [],
  seeded: [],
  notOwned: [],
  orphaned: [],
  leftAlone: [],
  frozen: [],
  statements: 0,
}

/** Without the lock, so that a start with nothing to do waits for nobody. */
async function firstLook(
  { driver, graph, policy, lockTimeoutMs = defaultLockTimeoutMs }: SyncOptions,
  dialect: SchemaDialect,
  declared: Snapshot,
): Promise<{ readonly isInSync: boolean; readonly statements: number }> {
  const connection = await driver.acquire({ access: 'read', timeoutMs: lockTimeoutMs })
  const runner = new StatementRunner(connection)
  let broken = true
  try {
    const inSync = await isInSync(runner, dialect, declared)
    const isDone = inSync && (policy === 'check' || !(await hasEmptySeededTable(runner, dialect, graph)))
    broken = false
    return { isInSync: isDone, statements: runner.count }
  } finally {
    await driver.release(connection, { broken })
  }
}

type Worked = Pick<
  SyncReport,
  'created' | 'steps' | 'seeded' | 'notOwned' | 'orphaned' | 'leftAlone' | 'frozen' | 'statements'
>

async function work(options: SyncOptions, dialect: SchemaDialect, declared: Snapshot): Promise<Worked> {
  const { driver, graph, policy, lockTimeoutMs = defaultLockTimeoutMs, observer = {} } = options
  const lockOptions = { timeoutMs: lockTimeoutMs, waiting: () => observer.waiting?.() }
  return withStructureLock({ driver, dialect }, lockOptions, async ({ runner, structure, transaction }) => {
    const unit = { runner, dialect, declared, mode: modeOf(options), online: false }
    const isCheck = policy === 'check'
    const alignment = await structure(() => (isCheck ? checkStructure(unit) : alignStructure(unit, observer)))
    const seeding = { graph, runtime: options.dialect, transaction, observer, clock: options.clock ?? Date.now }
    const seeded = isCheck ? [] : await seedTables(runner, dialect, seeding)
    return { ...summary(alignment), seeded, statements: runner.count }
  })
}

function modeOf({
  allow = [],
  maintenance = false,
  blockingLimitRows: limit = blockingLimitRows,
}: SyncOptions): PlanMode {
  return { kind: 'startup', allow, maintenance, blockingLimitRows: limit }
}

function summary({ plan, orphaned, notOwned }: Alignment): Omit<Worked, 'seeded' | 'statements'> {
  const tables = plan.steps
    .filter(({ change, phase }) => change === 'createTable' && phase === 'table')
    .map(({ table }) => table)
  return { created: { tables }, steps: plan.steps, orphaned, notOwned, leftAlone: plan.leftAlone, frozen: plan.frozen }
}
