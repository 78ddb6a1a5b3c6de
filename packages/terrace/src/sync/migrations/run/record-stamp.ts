import type { SchemaDialect } from '../../../schema/index.ts'
import { readLedger } from '../../journal/ledger.ts'
import { withStructureLock, type LockedUnits } from '../../lock/structure-lock.ts'
import { prepareBetween } from '../../startup/align-structure.ts'
import { driftError } from '../../startup/describe-drift.ts'
import type { StructureParts } from '../../structure.ts'
import type { AppliedRevision, MigrationHistory, Revision } from '../history.ts'
import { compareDeclared, type DeclaredDifference } from './compare-declared.ts'
import { declaredAt } from './declared-at.ts'
import { expectedLedger } from './expected-ledger.ts'
import { MigrationJournal, type JournaledRevision } from './migration-journal.ts'
import { appliedOf } from './read-applied.ts'
import { rememberDeclared } from './remember-declared.ts'

export interface Stamp {
  readonly history: MigrationHistory
  /** A function is asked while the lock is held, with what is applied, and what was begun, in the order of application. */
  readonly change: StampChange | ((applied: readonly AppliedRevision[]) => StampChange)
  /** Also where the structure is another one. Default false. */
  readonly unchecked?: boolean
}

export interface StampChange {
  /** To be recorded, parents first. What is there already is recorded anew, as its file is now. */
  readonly applied: readonly Revision[]
  /** Ids of revisions to be forgotten. */
  readonly removed: readonly string[]
}

/**
 * Records revisions as applied, or not, without running them: also those that were begun and cannot be brought to their end. The
 * ledger is then as after a run. `STRUCTURE_DRIFT` where the structure is not what the revisions declare. Gives what was recorded and
 * forgotten.
 */
export function recordStamp(parts: StructureParts, stamp: Stamp): Promise<StampChange> {
  const { driver, schema, lockTimeoutMs = 60_000 } = parts
  const dialect = schema(driver.capabilities)
  return withStructureLock({ driver, dialect }, { timeoutMs: lockTimeoutMs, waiting: () => {} }, (units) =>
    units.structure(() => stampUnder(units, dialect, stamp)),
  )
}

async function stampUnder(units: LockedUnits, dialect: SchemaDialect, stamp: Stamp): Promise<StampChange> {
  const { runner } = units
  const { history } = stamp
  const isAtomic = dialect.transactionalDdl
  const { live } = await prepareBetween({ runner, dialect, isAtomic })
  const journal = new MigrationJournal(runner, dialect)
  const applied = await journal.read()
  const change = typeof stamp.change === 'function' ? stamp.change(applied.map(appliedOf)) : stamp.change
  const declared = {
    before: declaredAt(history, known(applied, history)),
    after: declaredAt(history, idsAfter(applied, change)),
  }
  const stored = await readLedger(runner)
  const expectation = { dialect, declared, live, ledger: stored, renames: [], note: 'record', handChanged: [] } as const
  const { compared, owned } = expectedLedger(expectation)
  const comparison = await compareDeclared({
    runner,
    dialect,
    declared: declared.after,
    live,
    ledger: compared,
    isAtomic,
  })
  if (stamp.unchecked !== true) refuseDifferent(comparison.differences)
  const write = async (): Promise<void> => {
    await rememberDeclared({ runner, dialect, declared: declared.after, live, stored, owned, comparison })
    await record(journal, applied, change)
  }
  await (isAtomic ? write() : units.transaction(write))
  return change
}

/** What the folder has no file of declares nothing that could be compared. */
function known(applied: readonly JournaledRevision[], { byId }: MigrationHistory): ReadonlySet<string> {
  return new Set(applied.map(({ revision }) => revision).filter((id) => byId.has(id)))
}

function idsAfter(applied: readonly JournaledRevision[], change: StampChange): ReadonlySet<string> {
  const removed = new Set(change.removed)
  const left = applied.map(({ revision }) => revision).filter((id) => !removed.has(id))
  return new Set([...left, ...change.applied.map(({ revision }) => revision)])
}

function refuseDifferent(differences: readonly DeclaredDifference[]): void {
  if (differences.length === 0) return
  const reason = 'recording a revision changes no structure'
  const remedy = 'Bring the database to that revision first, or stamp another one; or stamp it unchecked'
  throw driftError(
    differences.map((difference) => ({ ...difference, comparison: 'different', reason, remedy, source: null })),
  )
}

async function record(
  journal: MigrationJournal,
  applied: readonly JournaledRevision[],
  change: StampChange,
): Promise<void> {
  const byId = new Map(applied.map((each) => [each.revision, each]))
  for (const id of new Set([...change.removed, ...change.applied.map(({ revision }) => revision)])) {
    const there = byId.get(id)
    if (there !== undefined) await journal.forget(there)
  }
  for (const revision of change.applied) await journal.stamp(revision, byId.get(revision.revision))
}
