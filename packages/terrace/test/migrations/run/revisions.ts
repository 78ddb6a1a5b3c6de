import { dialectOf } from '../../../src/connect/dialect-of.ts'
import { graphOf } from '../../../src/connect/graph-of.ts'
import type { BoundModel } from '../../../src/model/index.ts'
import { snapshotOf, type Plan, type Snapshot } from '../../../src/schema/index.ts'
import {
  structureOf,
  type Migration,
  type MigrationHistory,
  type MigrationStep,
  type Revision,
  type Structure,
} from '../../../src/sync/index.ts'
import { hashesOf } from '../../../src/sync/migrations/step-hash.ts'
import { freshDatabase, type EngineName } from '../../../src/testing/servers.ts'

type Models = Readonly<Record<string, BoundModel>>

export interface Planned {
  readonly dialect: string
  readonly plan: Plan
  readonly snapshot: Snapshot
}

/** What leads from one state of models to the next, on a database of its own. */
export function plannedBetween(engine: EngineName, states: readonly Models[]): Promise<readonly Planned[]> {
  return onScratch(engine, async (structure) => {
    const planned: Planned[] = []
    for (const models of states) {
      const snapshot = snapshotOf(graphOf(models), structure.dialect)
      planned.push({ dialect: structure.dialect.name, plan: await structure.apply(snapshot), snapshot })
    }
    return planned
  })
}

/** What leads to one state of models, and from it to each of several others. */
export function plannedAround(
  engine: EngineName,
  first: Models,
  others: readonly Models[],
): Promise<readonly Planned[]> {
  return onScratch(engine, async (structure) => {
    const snapshots = [first, ...others].map((models) => snapshotOf(graphOf(models), structure.dialect))
    const planned: Planned[] = []
    for (const [at, snapshot] of snapshots.entries()) {
      const plan = await (at === 0 ? structure.apply(snapshot) : structure.plan(snapshot))
      planned.push({ dialect: structure.dialect.name, plan, snapshot })
    }
    return planned
  })
}

async function onScratch<T>(engine: EngineName, work: (structure: Structure) => Promise<T>): Promise<T> {
  const scratch = await freshDatabase(engine)
  const { runtime, schema } = await dialectOf(scratch.url)
  const driver = await runtime.open({ url: scratch.url, pool: {} })
  try {
    return await work(structureOf({ driver, schema }))
  } finally {
    await driver.close()
    await scratch.drop()
  }
}

export interface RevisionParts {
  readonly revision: string
  readonly parents: readonly string[]
  readonly up: readonly MigrationStep[]
  readonly down: readonly MigrationStep[]
}

/** A revision as its folder would hold it; the snapshot as JSON holds it. */
export function revisionFrom({ dialect, plan, snapshot }: Planned, parts: RevisionParts): Revision {
  const declared: Migration = { dialect, description: `revision ${parts.revision}`, ...parts }
  return {
    ...declared,
    ...hashesOf(declared),
    file: `migrations/${dialect}/${parts.revision}.ts`,
    snapshot: JSON.parse(JSON.stringify(snapshot)) as Snapshot,
    renames: plan.renames,
  }
}

/** The steps of a plan, and those of the way back. */
export function stepsFrom({ plan }: Planned): Pick<RevisionParts, 'up' | 'down'> {
  return {
    up: plan.steps.map(({ statements, prechecks }) => ({
      sql: statements,
      refuseIf: prechecks.map(({ sql, offending }) => ({ sql, rows: offending })),
    })),
    down: plan.steps
      .toReversed()
      .map(({ inverse, n }) => (inverse === null ? { irreversible: `step ${n}` } : { sql: inverse })),
  }
}

export function historyOf(revisions: readonly Revision[]): MigrationHistory {
  const parents = new Set(revisions.flatMap((revision) => revision.parents))
  return {
    dialect: revisions[0]?.dialect ?? '',
    folder: 'migrations',
    revisions,
    byId: new Map(revisions.map((revision) => [revision.revision, revision])),
    heads: revisions.map(({ revision }) => revision).filter((id) => !parents.has(id)),
  }
}
