import { withStructureLock, type LockedUnits } from '../../lock/structure-lock.ts'
import { withCountedKeys } from '../../startup/kept-keys.ts'
import type { StructureParts } from '../../structure.ts'
import { beginRevision, type Begun } from './begin-revision.ts'
import { keepingTexts } from './keeping-texts.ts'
import { MigrationJournal } from './migration-journal.ts'
import { renamesOf, stepsOf, type Going, type Passage, type PassageStep } from './passage.ts'
import { kept, runAlone, runInTransaction, runJournaled, told } from './run-step.ts'
import { settleRevision } from './settle-revision.ts'

/**
 * Goes one revision in one direction under the structure's lock: in one transaction where the engine can and all of its steps bear
 * it. False where another process has done so meanwhile. `MIGRATION_STEP_FAILED`, `MIGRATION_REFUSED`, `MIGRATION_LOSES`,
 * `MIGRATION_RESULT`, `MIGRATION_RESUME`, `MIGRATION_INTERRUPTED`, `MIGRATION_ELSEWHERE`, `STRUCTURE_KEYS_BROKEN`,
 * `STRUCTURE_LOCK_TIMEOUT`, `STRUCTURE_PERMISSION`.
 */
export function goRevision({ driver, schema, lockTimeoutMs = 60_000 }: StructureParts, going: Going): Promise<boolean> {
  const { revision, direction, observer } = going
  const dialect = schema(driver.capabilities)
  const steps = stepsOf(revision, direction)
  const hasAlone = steps.some(isAlone)
  const lock = {
    timeoutMs: lockTimeoutMs,
    waiting: () => observer.waiting?.(),
    apart: dialect.transactionalDdl && hasAlone,
  }
  return withStructureLock({ driver, dialect }, lock, async (units) => {
    const startedAt = performance.now()
    const passage: Passage = {
      ...going,
      runner: units.runner,
      dialect,
      units,
      steps,
      renames: renamesOf(revision, direction),
      isWhole: dialect.transactionalDdl && !hasAlone,
      progress: { stepsKept: 0, isKept: false },
    }
    const isGone = await (passage.isWhole ? goWhole(passage) : goInPieces(passage))
    if (isGone) observer.done?.(revision, direction, performance.now() - startedAt)
    return isGone
  })
}

function isAlone({ step }: PassageStep): boolean {
  return 'sql' in step && step.transaction === false
}

function goWhole(passage: Passage): Promise<boolean> {
  const { units, runner, dialect, renames } = passage
  const announce = once(passage)
  return units.structure(async () => {
    const begun = await beginRevision(passage)
    if (begun === null) return false
    announce()
    await withCountedKeys({ runner, dialect }, renames, async () => {
      const keeping = keepingTexts(passage, begun.before.strangers)
      for (const step of leftOf(passage, begun)) await keeping(() => runInTransaction(passage, begun, step))
    })
    await settle(passage, begun)
    return true
  })
}

/** Where a transaction is repeated, it has begun already. */
function once({ observer, revision, direction }: Passage): () => void {
  let isTold = false
  return () => {
    if (!isTold) observer.begun?.(revision, direction)
    isTold = true
  }
}

async function goInPieces(passage: Passage): Promise<boolean> {
  const { dialect, units } = passage
  const piece = inPiece(passage, units)
  const begun = await piece(() => beginRevision(passage))
  if (begun === null) return false
  once(passage)()
  for (const part of partsOf(leftOf(passage, begun), dialect.transactionalDdl)) {
    const [first] = part
    if (first !== undefined && isAlone(first)) await runAlone(passage, begun, first)
    else if (dialect.transactionalDdl) await goTogether(passage, begun, part)
    else for (const step of part) await runJournaled(passage, begun, step)
  }
  await piece(() => settle(passage, begun))
  return true
}

/**
 * What an earlier run has not done. Also where all is one transaction: the file may have said otherwise of a step when the revision
 * was begun.
 */
function leftOf(passage: Passage, { marks }: Begun): readonly PassageStep[] {
  return passage.steps.filter((step) => {
    if (marks.get(step.n)?.isDone !== true) return true
    kept(passage, step)
    told(passage, step, true)
    return false
  })
}

/** Neighbours that can share a transaction; what refuses one is alone. */
function partsOf(steps: readonly PassageStep[], together: boolean): readonly (readonly PassageStep[])[] {
  const parts: PassageStep[][] = []
  for (const step of steps) {
    const last = parts.at(-1)
    if (together && last?.[0] !== undefined && !isAlone(step) && !isAlone(last[0])) last.push(step)
    else parts.push([step])
  }
  return parts
}

async function goTogether(passage: Passage, begun: Begun, steps: readonly PassageStep[]): Promise<void> {
  const { runner, dialect, units } = passage
  await inPiece(
    passage,
    units,
  )(() =>
    withCountedKeys({ runner, dialect }, passage.renames, async () => {
      for (const step of steps) await runInTransaction(passage, begun, step)
    }),
  )
  const last = steps.at(-1)
  if (last !== undefined) kept(passage, last)
}

/** A transaction where DDL can be in one; elsewhere what changes the structure stands for itself. */
function inPiece({ dialect }: Passage, units: LockedUnits): <T>(work: () => Promise<T>) => Promise<T> {
  if (!dialect.transactionalDdl) return (work) => work()
  return units.isAtomic ? units.structure : units.transaction
}

function settle(passage: Passage, begun: Begun): Promise<void> {
  const { runner, dialect, revision, direction } = passage
  const journal = new MigrationJournal(runner, dialect)
  const { plan, declared, before, drifted } = begun
  const close = (): Promise<void> =>
    direction === 'upgrade' ? journal.endUpgrade(plan, revision) : journal.forget({ plan, revision: revision.revision })
  return settleRevision(passage, { declared, before, drifted, close })
}
