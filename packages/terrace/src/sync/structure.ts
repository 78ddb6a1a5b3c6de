import type { Driver } from '../database/index.ts'
import {
  blockingLimitRows,
  type LiveStructure,
  type Plan,
  type PlanMode,
  type SchemaDialect,
  type SchemaDialectFactory,
  type Snapshot,
} from '../schema/index.ts'
import { withStructureLock } from './lock/structure-lock.ts'
import { readStructure } from './read-structure.ts'
import { alignStructure, planStructure } from './startup/align-structure.ts'
import { StatementRunner } from './statement-runner.ts'
import type { SyncObserver } from './sync-types.ts'

export interface StructureParts {
  readonly driver: Driver
  /** The dialect's `createSchemaDialect`. */
  readonly schema: SchemaDialectFactory
  /** How long to wait while another process works on the structure, in milliseconds. Default 60,000. */
  readonly lockTimeoutMs?: number
}

export interface PlanOptions {
  /** `everything` (default): all that differs, with its hazards. `startup`: what a start would do, and refuse. */
  readonly mode?: PlanMode['kind']
  /** In mode `startup`: changes that lose or break something and are wanted. In both: drops that are no half of a rename. */
  readonly allow?: readonly string[]
  readonly maintenance?: boolean
  readonly blockingLimitRows?: number
  /** Prefer ways that keep others working, in steps outside of a transaction. */
  readonly online?: boolean
  readonly observer?: SyncObserver
}

/** One database's structure: read it, plan a way to another one, go it and go it back. */
export interface Structure {
  readonly dialect: SchemaDialect
  introspect(): Promise<LiveStructure>
  /** What it would take to make the database what is wanted; changes nothing. */
  plan(wanted: Snapshot, options?: PlanOptions): Promise<Plan>
  /** Plans under the lock and does it. `STRUCTURE_DRIFT` before the first change where something is refused. */
  apply(wanted: Snapshot, options?: PlanOptions): Promise<Plan>
}

export function structureOf({ driver, schema, lockTimeoutMs = 60_000 }: StructureParts): Structure {
  const dialect = schema(driver.capabilities)
  const reading = async <T>(work: (runner: StatementRunner) => Promise<T>): Promise<T> => {
    const connection = await driver.acquire({ access: 'write', timeoutMs: lockTimeoutMs })
    let broken = true
    try {
      const result = await work(new StatementRunner(connection))
      broken = false
      return result
    } finally {
      await driver.release(connection, { broken })
    }
  }
  const lock = { timeoutMs: lockTimeoutMs, waiting: () => {} }
  return {
    dialect,
    introspect: () => reading((runner) => readStructure(runner, dialect)),
    plan: (wanted, options = {}) =>
      withStructureLock({ driver, dialect }, lock, ({ runner, structure }) =>
        structure(() => planStructure(workOf(runner, dialect, { wanted, options }))),
      ),
    apply: async (wanted, options = {}) =>
      withStructureLock({ driver, dialect }, lock, async ({ runner, structure }) => {
        const work = workOf(runner, dialect, { wanted, options })
        const { plan } = await structure(() => alignStructure(work, options.observer ?? {}))
        return plan
      }),
  }
}

function workOf(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { wanted, options }: { readonly wanted: Snapshot; readonly options: PlanOptions },
): Parameters<typeof planStructure>[0] {
  const { mode = 'everything', allow = [], maintenance = false, online = false } = options
  const startup = {
    kind: 'startup',
    allow,
    maintenance,
    blockingLimitRows: options.blockingLimitRows ?? blockingLimitRows,
  } as const
  return { runner, dialect, declared: wanted, online, mode: mode === 'startup' ? startup : { kind: mode, allow } }
}
