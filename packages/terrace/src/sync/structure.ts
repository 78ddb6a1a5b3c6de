import type { Driver } from '../database/index.ts'
import {
  blockingLimitRows,
  type LiveStructure,
  type ObjectPath,
  type Plan,
  type PlanMode,
  type SchemaDialect,
  type SchemaDialectFactory,
  type Snapshot,
} from '../schema/index.ts'
import { withStructureLock, type LockedUnits } from './lock/structure-lock.ts'
import { readStructure } from './read-structure.ts'
import { adoptTables } from './startup/adopt-tables.ts'
import { alignStructure, checkStructure, prepareFound, readFound } from './startup/align-structure.ts'
import { planStructure, type Work } from './startup/plan-structure.ts'
import { undoStructure } from './startup/undo-structure.ts'
import { refuseOptions } from './structure-options.ts'
import type { SyncObserver } from './sync-types.ts'
import { withConnection } from './with-connection.ts'

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
  /**
   * Prefer ways that keep others working, in steps outside of a transaction: what was done before one that fails stays done, and is
   * found done. Takes a second connection where a transaction would hold the lock. Default false.
   */
  readonly online?: boolean
  readonly observer?: SyncObserver
}

/** One database's structure: read it, plan a way to another one, go it and go it back. */
export interface Structure {
  readonly dialect: SchemaDialect
  introspect(): Promise<LiveStructure>
  /** What it would take to make the database what is wanted; changes nothing. */
  plan(wanted: Snapshot, options?: PlanOptions): Promise<Plan>
  /**
   * Plans under the lock and does it. `STRUCTURE_DRIFT` before the first change where something is refused,
   * `STRUCTURE_STEP_FAILED`, `STRUCTURE_KEYS_BROKEN`.
   */
  apply(wanted: Snapshot, options?: PlanOptions): Promise<Plan>
  /** Changes nothing. `STRUCTURE_DRIFT` where anything differs, also what was changed by hand. */
  check(wanted: Snapshot, options?: PlanOptions): Promise<void>
  /**
   * Registers what is wanted of the tables that are there, as it is: what others have made, and what was changed by hand; it is
   * followed from then on. What else is in such a table stays with others. Default all tables. Gives what was registered.
   */
  adopt(wanted: Snapshot, tables?: readonly string[]): Promise<readonly ObjectPath[]>
  /**
   * Takes a plan back that was applied, the latest first: each step's inverse, in reverse order. `STRUCTURE_IRREVERSIBLE` where one
   * has none, and nothing is changed.
   */
  undo(plan: Plan): Promise<void>
}

export function structureOf({ driver, schema, lockTimeoutMs = 60_000 }: StructureParts): Structure {
  const dialect = schema(driver.capabilities)
  const locked = <T>(apart: boolean, work: (units: LockedUnits) => Promise<T>): Promise<T> =>
    withStructureLock({ driver, dialect }, { timeoutMs: lockTimeoutMs, waiting: () => {}, apart }, work)
  const working = async <T>(
    wanted: Snapshot,
    { options = {}, apart = false }: { readonly options?: PlanOptions | undefined; readonly apart?: boolean },
    work: (work: Work) => Promise<T>,
  ): Promise<T> => {
    refuseOptions(options)
    return locked(apart, ({ runner, structure, isAtomic }) =>
      structure(() => work({ runner, dialect, declared: wanted, isAtomic, ...planning(options) })),
    )
  }
  return {
    dialect,
    introspect: () =>
      withConnection(driver, { access: 'write', timeoutMs: lockTimeoutMs }, (runner) => readStructure(runner, dialect)),
    plan: (wanted, options) =>
      working(wanted, { options }, async (work) => (await planStructure(work, await readFound(work))).plan),
    apply: (wanted, options) =>
      working(wanted, { options, apart: options?.online === true }, async (work) => {
        const { plan } = await alignStructure(work, options?.observer ?? {})
        return plan
      }),
    check: (wanted, options) =>
      working(wanted, { options }, async (work) => {
        await checkStructure(work)
      }),
    adopt: (wanted, tables) =>
      working(wanted, {}, async (work) =>
        adoptTables({ ...work, ...(await prepareFound(work)), tables: tables ?? null }),
      ),
    undo: (plan) => {
      const apart = dialect.transactionalDdl && !plan.transactional
      return locked(apart, ({ runner, structure, isAtomic }) =>
        structure(() => undoStructure({ runner, dialect, isAtomic }, plan)),
      )
    },
  }
}

function planning(options: PlanOptions): Pick<Work, 'mode' | 'online'> {
  const { mode = 'everything', allow = [], maintenance = false, online = false } = options
  if (mode !== 'startup') return { online, mode: { kind: mode, allow } }
  const limit = options.blockingLimitRows ?? blockingLimitRows
  return { online, mode: { kind: 'startup', allow, maintenance, blockingLimitRows: limit } }
}
