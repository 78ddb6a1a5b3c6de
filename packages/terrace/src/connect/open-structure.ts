import { errors } from '../errors/index.ts'
import type { BoundModel } from '../model/index.ts'
import { snapshotOf, type LiveStructure, type ObjectPath, type Plan, type Snapshot } from '../schema/index.ts'
import { structureOf, type PlanOptions } from '../sync/index.ts'
import { dialectOf } from './dialect-of.ts'
import { graphOf } from './graph-of.ts'
import { requireSupport } from './require-support.ts'
import { openWhole } from './row-security/every-row.ts'

export interface OpenStructureOptions {
  /** What `graph({ … })` returned. */
  readonly models: Readonly<Record<string, BoundModel>>
  /** How long to wait while another process works on the structure, in milliseconds. Default 60,000. */
  readonly lockTimeoutMs?: number
}

/** The structure of one database, and what models want of it. */
export interface ModelStructure {
  /** What the models want, as plain data. */
  readonly wanted: Snapshot
  /** What there is, as plain data. */
  introspect(): Promise<LiveStructure>
  /**
   * What it would take to make the database what the models want, as plain data: each step with its SQL, its inverse, its hazards,
   * its lock, the rows concerned and the model fact behind it. Changes nothing. `STRUCTURE_OPTION`, `STRUCTURE_LOCK_TIMEOUT`,
   * `STRUCTURE_PERMISSION`, as whatever takes the lock; `STRUCTURE_FORMAT_NEWER`.
   */
  plan(options?: PlanOptions): Promise<Plan>
  /**
   * Plans under the lock, does it, and gives what was done: by default all that differs, also what loses values. `STRUCTURE_DRIFT`
   * before the first change where something is refused, `STRUCTURE_STEP_FAILED`, `STRUCTURE_KEYS_BROKEN`.
   */
  apply(options?: PlanOptions): Promise<Plan>
  /** Changes nothing. `STRUCTURE_DRIFT` where anything differs, also what was changed by hand. */
  check(options?: PlanOptions): Promise<void>
  /**
   * Registers what models declare of the tables that are there, as it is: what others have made, and what was changed by hand; it
   * is followed from then on. What else is in such a table stays with others. Default all tables. Gives what was registered.
   * `STRUCTURE_OPTION` for a table that no model declares.
   */
  adopt(tables?: readonly string[]): Promise<readonly ObjectPath[]>
  /**
   * Takes the latest plan back. `STRUCTURE_IRREVERSIBLE` where a step has no inverse, and nothing is changed;
   * `STRUCTURE_STEP_FAILED`, `STRUCTURE_KEYS_BROKEN`.
   */
  undo(plan: Plan): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the structure of the database that a URL names, for whoever reviews changes before they are made.
 *
 * ```ts
 * const structure = await openStructure('sqlite:countonme.db', { models })
 * const plan = await structure.plan({ mode: 'startup' })
 * console.log(plan.steps.map(({ statements }) => statements))
 * await structure.close()
 * ```
 *
 * Errors: `DATABASE_URL`, `DRIVER_MISSING`, `DATABASE_UNREACHABLE`, `DIALECT_UNSUPPORTED`.
 */
export async function openStructure(
  url: string,
  { models, lockTimeoutMs = 60_000 }: OpenStructureOptions,
): Promise<ModelStructure> {
  const graph = graphOf(models)
  const dialect = await dialectOf(url)
  requireSupport(dialect, graph)
  const driver = await openWhole(url, dialect)
  const structure = structureOf({ driver, schema: dialect.schema, lockTimeoutMs })
  const wanted = snapshotOf(graph, structure.dialect)
  return {
    wanted,
    introspect: () => structure.introspect(),
    plan: (options) => structure.plan(wanted, options),
    apply: (options) => structure.apply(wanted, options),
    check: (options) => structure.check(wanted, options),
    adopt: async (tables) => {
      refuseUnknown(wanted, tables ?? [])
      return structure.adopt(wanted, tables)
    },
    undo: (plan) => structure.undo(plan),
    close: () => driver.close(),
  }
}

function refuseUnknown(wanted: Snapshot, tables: readonly string[]): void {
  const unknown = tables.filter((name) => wanted.tables[name] === undefined)
  if (unknown.length === 0) return
  throw errors.STRUCTURE_OPTION({ values: { list: `no model declares the table ${unknown.join(', ')}` } })
}
