import {
  diffSnapshots,
  objectHash,
  planChanges,
  snapshotFrom,
  type LiveStructure,
  type Plan,
  type Snapshot,
  type TableShape,
} from '../../packages/terrace/src/schema/index.ts'
import { canonicalWanted } from '../../packages/terrace/src/sync/canonical/canonical-wanted.ts'
import { StatementRunner } from '../../packages/terrace/src/sync/statement-runner.ts'
import { printTurns } from './print-turns.ts'
import type { StructureSubject } from './subject.ts'
import { takeTurns } from './take-turns.ts'

const pure = 'diff and plan'
const whole = 'whole: read, canonical form, diff, plan'

export interface ManyChanges {
  /** The structure as it is, and as it shall be. */
  readonly former: Snapshot
  readonly declared: Snapshot
  readonly rounds: number
}

/** How long it takes to plan the way to another structure; nothing is changed. */
export async function manyChanges(subject: StructureSubject, { declared, former, rounds }: ManyChanges): Promise<void> {
  const { structure } = subject
  const live = await structure.introspect()
  const isChanged = ({ name }: TableShape): boolean =>
    objectHash(declared.tables[name]) !== objectHash(former.tables[name])
  const changed = snapshotFrom(Object.values(declared.tables).filter(isChanged))
  const canonical = snapshotFrom([
    ...Object.values(live.snapshot.tables).filter(({ name }) => changed.tables[name] === undefined),
    ...Object.values((await canonicalForm(subject, { declared: changed, live })).tables),
  ])
  const planned = planOf(subject, { declared, canonical, live })
  const count = planned.steps.flatMap(({ changes }) => changes).length + planned.drift.length
  const contestants = [
    { name: pure, once: () => Promise.resolve(planOf(subject, { declared, canonical, live })) },
    { name: whole, once: () => structure.plan(declared) },
  ]
  const turns = await takeTurns(contestants, rounds)
  const tables = new Set(planned.steps.map(({ table }) => table)).size
  printTurns(`PostgreSQL: a plan of ${count} changes to ${tables} tables, ${planned.steps.length} steps`, turns, [
    { name: pure, highestMs: 1000 },
    { name: whole, highestMs: 1000 },
  ])
}

interface Sides {
  readonly declared: Snapshot
  readonly canonical: Snapshot
  readonly live: LiveStructure
}

function planOf({ structure }: StructureSubject, { declared, canonical, live }: Sides): Plan {
  return planChanges(diffSnapshots(live, { declared, canonical }), {
    dialect: structure.dialect,
    live,
    renames: [],
    mode: { kind: 'everything', allow: [] },
    online: false,
    isOwned: () => true,
    wasDeclared: () => true,
    holdsType: () => false,
    isHandChanged: () => false,
  })
}

async function canonicalForm(
  { driver, structure }: StructureSubject,
  { declared, live }: Pick<Sides, 'declared' | 'live'>,
): Promise<Snapshot> {
  const connection = await driver.acquire({ access: 'write', timeoutMs: 5_000 })
  try {
    const runner = new StatementRunner(connection)
    const { snapshot } = await runner.transaction(() =>
      canonicalWanted(runner, structure.dialect, { declared, live, ledger: new Map() }),
    )
    return snapshot
  } finally {
    await driver.release(connection)
  }
}
