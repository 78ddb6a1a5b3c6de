import {
  blockingLimitRows,
  snapshotOf,
  type Plan,
  type PlanMode,
  type SchemaDialect,
  type Snapshot,
} from '../../schema/index.ts'
import { withStructureLock, type LockedUnits } from '../lock/structure-lock.ts'
import { resyncIdentities } from '../seeds/resync-identities.ts'
import { hasUnseededTable, seedTables } from '../seeds/seed-tables.ts'
import { refuseOptions } from '../structure-options.ts'
import type { SeededTable, SyncOptions, SyncReport } from '../sync-types.ts'
import { withConnection } from '../with-connection.ts'
import { namingGrants } from '../lock/naming-grants.ts'
import { alignStructure, checkStructure, type Alignment } from './align-structure.ts'
import { notesInSync } from './in-sync.ts'
import type { Notes } from './notes.ts'

const defaultLockTimeoutMs = 60_000

/**
 * Makes the database follow the models, once, at start-up: what is missing is created, what differs is aligned where nothing is
 * lost, empty tables are seeded, and whatever else differs refuses the start with a line for each difference.
 *
 * Of many processes that start at once exactly one works; the others wait and find nothing to do. Errors: `STRUCTURE_OPTION`,
 * `STRUCTURE_DRIFT`, `STRUCTURE_LOCK_TIMEOUT`, `STRUCTURE_FORMAT_NEWER`, `STRUCTURE_STEP_FAILED`, `STRUCTURE_PERMISSION`,
 * `STRUCTURE_KEYS_BROKEN`, `SEED_INVALID`, `SEED_FAILED`.
 */
export async function synchronize(options: SyncOptions): Promise<SyncReport> {
  refuseOptions(options)
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
  if (look.notes !== null) return finish({ ...look.notes, statements: look.statements })
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
  unusedAllowances: [],
  statements: 0,
}

interface FirstLook {
  /** Null where there is something to do. */
  readonly notes: Notes | null
  readonly statements: number
}

/** Without the lock, so that a start with nothing to do waits for nobody. What is allowed by name has to be looked for. */
async function firstLook(
  { driver, graph, policy, seed, allow = [], lockTimeoutMs = defaultLockTimeoutMs }: SyncOptions,
  dialect: SchemaDialect,
  declared: Snapshot,
): Promise<FirstLook> {
  if (allow.length > 0) return { notes: null, statements: 0 }
  const isCheck = policy === 'check'
  return withConnection(driver, { access: 'read', timeoutMs: lockTimeoutMs }, (runner) =>
    namingGrants(runner, dialect, async () => {
      const notes = await notesInSync(runner, dialect, declared)
      const isDone =
        notes !== null &&
        (isCheck ? notes.frozen.length === 0 : !(await hasUnseededTable(runner, dialect, { graph, seed })))
      return { notes: isDone ? notes : null, statements: runner.count }
    }),
  )
}

type Worked = Omit<SyncReport, 'policy' | 'durationMs'>

async function work(options: SyncOptions, dialect: SchemaDialect, declared: Snapshot): Promise<Worked> {
  const { driver, policy, lockTimeoutMs = defaultLockTimeoutMs, observer = {} } = options
  const lockOptions = { timeoutMs: lockTimeoutMs, waiting: () => observer.waiting?.() }
  return withStructureLock({ driver, dialect }, lockOptions, async (units) => {
    const { runner, structure, isAtomic } = units
    const unit = { runner, dialect, declared, mode: modeOf(options), online: false, isAtomic }
    const isCheck = policy === 'check'
    const alignment = await structure(() => (isCheck ? checkStructure(unit) : alignStructure(unit, observer)))
    const seeded = isCheck ? [] : await fill(units, dialect, { options, alignment })
    return { ...alignment.notes, ...summary(alignment.plan), seeded, statements: runner.count }
  })
}

interface Filling {
  readonly options: SyncOptions
  readonly alignment: Alignment
}

/** Seeds, then numberings that are behind their keys: also where rows came otherwise, out of a backup. */
async function fill(
  { runner, transaction }: LockedUnits,
  dialect: SchemaDialect,
  { options, alignment: { plan, notes } }: Filling,
): Promise<readonly SeededTable[]> {
  const { graph, seed, observer = {}, clock = Date.now } = options
  const seeding = { graph, seed, runtime: options.dialect, transaction, observer, clock }
  const seeded = await seedTables(runner, dialect, seeding)
  const isFresh = new Set([...createdTables(plan), ...notes.notOwned])
  const models = Object.values(graph.models).filter(({ table }) => !isFresh.has(table))
  await resyncIdentities(runner, dialect, { models, transaction })
  return seeded
}

function modeOf({
  allow = [],
  maintenance = false,
  blockingLimitRows: limit = blockingLimitRows,
}: SyncOptions): PlanMode {
  return { kind: 'startup', allow, maintenance, blockingLimitRows: limit }
}

function summary(plan: Plan): Pick<Worked, 'created' | 'steps' | 'unusedAllowances'> {
  return { created: { tables: createdTables(plan) }, steps: plan.steps, unusedAllowances: plan.unusedAllowances }
}

function createdTables({ steps }: Plan): readonly string[] {
  return steps.filter(({ change, phase }) => change === 'createTable' && phase === 'table').map(({ table }) => table)
}
