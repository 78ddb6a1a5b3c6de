import { errors } from '../../../errors/index.ts'
import { driverErrorOf } from '../../lock/naming-grants.ts'
import { readStructure } from '../../read-structure.ts'
import type { DataStep, SqlStep } from '../migration.ts'
import { statementsOf } from '../statements-of.ts'
import { countLateChecks, type CountedChecks } from './count-checks.ts'
import { withMigrationRows } from './migration-rows.ts'
import { MigrationJournal, type StepMark } from './migration-journal.ts'
import { outcomeOf, type Passage, type PassageStep } from './passage.ts'
import { seenStructureHash, wholeStructureHash } from './seen-structure-hash.ts'
import { changesRowsOnly } from './statement-kinds.ts'
import { namingPart } from './step-failed.ts'

/** A revision that is under way in the journal. */
export interface OpenPlan {
  readonly plan: string
  readonly marks: ReadonlyMap<number, StepMark>
  readonly counted: CountedChecks
}

/** `MIGRATION_INTERRUPTED` where the end was asked for. */
export function refuseInterrupted(passage: Passage): void {
  const { signal, revision, direction } = passage
  if (signal?.aborted !== true) return
  const values = { file: revision.file, direction, outcome: outcomeOf(passage) }
  throw errors.MIGRATION_INTERRUPTED({ values, cause: signal.reason })
}

/** Runs a step in the transaction that is open, with its row in the journal. */
export async function runInTransaction(passage: Passage, open: OpenPlan, step: PassageStep): Promise<void> {
  const { runner } = passage
  await countLateChecks(passage, step, open.counted)
  if ('data' in step.step) await runData(passage, step, step.step)
  if ('sql' in step.step) {
    for (const sql of statementsOf(step.step)) {
      refuseInterrupted(passage)
      await namingPart(passage, { step, sql }, () => runner.run(sql))
    }
  }
  await mark(passage, open, { step, isDone: true, isKnown: open.marks.has(step.n) })
  told(passage, step, false)
}

/**
 * Runs a step whose statements refuse a transaction, between two of them. One that was begun and not finished is run again from
 * its beginning.
 */
export async function runAlone(passage: Passage, open: OpenPlan, step: PassageStep): Promise<void> {
  const { runner, units } = passage
  const write = units.isAtomic ? units.structure : units.transaction
  await countLateChecks(passage, step, open.counted)
  const known = open.marks.has(step.n)
  if (!known) await write(() => mark(passage, open, { step, isDone: false }))
  passage.progress.isKept = true
  for (const sql of 'sql' in step.step ? statementsOf(step.step) : []) {
    refuseInterrupted(passage)
    await namingPart(passage, { step, sql }, () => runner.run(sql))
  }
  await write(() => mark(passage, open, { step, isDone: true, isKnown: true }))
  kept(passage, step)
  told(passage, step, false)
}

/**
 * Runs a step where each change of the structure commits: what such a statement names is hashed and written down before it, and
 * statements that only work on rows share a transaction with the journal.
 */
export async function runJournaled(passage: Passage, open: OpenPlan, step: PassageStep): Promise<void> {
  const begun = open.marks.get(step.n)
  if (begun === undefined || (begun.statement === 0 && begun.before === null))
    await countLateChecks(passage, step, open.counted)
  if ('data' in step.step) await runDataAlone(passage, open, { step, data: step.step, isKnown: begun !== undefined })
  else if ('sql' in step.step) await runStatements(passage, open, { step, sql: step.step, begun })
  else await mark(passage, open, { step, isDone: true, isKnown: begun !== undefined })
  kept(passage, step)
  told(passage, step, false)
}

interface Statements {
  readonly step: PassageStep
  readonly sql: SqlStep
  readonly begun: StepMark | undefined
}

async function runStatements(
  passage: Passage,
  open: OpenPlan,
  { step, sql: sqlStep, begun }: Statements,
): Promise<void> {
  const { runner, units } = passage
  const statements = statementsOf(sqlStep)
  let isKnown = begun !== undefined
  for (const [at, sql] of statements.entries()) {
    if (at < (begun?.statement ?? 0)) continue
    refuseInterrupted(passage)
    const next = { step, isDone: at === statements.length - 1, statement: at + 1 }
    const run = (): Promise<void> => namingPart(passage, { step, sql }, () => runner.run(sql))
    if (changesRowsOnly(sql)) {
      await units.transaction(async () => {
        await run()
        await mark(passage, open, { ...next, isKnown })
      })
    } else {
      const isBegun = begun !== undefined && begun.statement === at && begun.before !== null
      const before = seenStructureHash(await readStructure(runner, passage.dialect), sql)
      if (!isBegun || before === begun.before) {
        if (!isBegun) await mark(passage, open, { step, isDone: false, statement: at, before, isKnown })
        isKnown = true
        await changed(passage, open, { step, at, run })
      }
      await mark(passage, open, { ...next, isKnown: true })
    }
    isKnown = true
    passage.progress.isKept = true
  }
  if (statements.length === 0) await mark(passage, open, { step, isDone: true, isKnown })
}

interface BegunStatement {
  readonly step: PassageStep
  readonly at: number
  run(): Promise<void>
}

/**
 * What the engine has refused has not happened, and is written down as not begun: a person may change the very objects before the
 * next run. Of a connection that was lost nothing is known.
 */
async function changed(passage: Passage, open: OpenPlan, { step, at, run }: BegunStatement): Promise<void> {
  try {
    await passage.units.structure(run)
  } catch (error) {
    if (driverErrorOf(error)?.kind !== 'connection') {
      await mark(passage, open, { step, isDone: false, statement: at, isKnown: true })
    }
    throw error
  }
}

interface DataAlone {
  readonly step: PassageStep
  readonly data: DataStep
  readonly isKnown: boolean
}

function runDataAlone(passage: Passage, open: OpenPlan, { step, data, isKnown }: DataAlone): Promise<void> {
  const { units } = passage
  return units.transaction(async () => {
    await runData(passage, step, data)
    await mark(passage, open, { step, isDone: true, isKnown })
  })
}

async function runData(passage: Passage, step: PassageStep, data: DataStep): Promise<void> {
  const { runner, dialect } = passage
  refuseInterrupted(passage)
  const before = wholeStructureHash(await readStructure(runner, dialect))
  await namingPart(passage, { step, sql: null }, async () => {
    await withMigrationRows(runner, (rows) => data.run(rows))
    if (before === wholeStructureHash(await readStructure(runner, dialect))) return
    throw new Error('the structure changed while it ran, and a data step may not change it')
  })
}

interface Marked {
  readonly step: PassageStep
  readonly isDone: boolean
  readonly statement?: number
  readonly before?: string | null
  readonly isKnown?: boolean
}

async function mark(passage: Passage, { plan }: OpenPlan, marked: Marked): Promise<void> {
  const { runner, dialect, direction } = passage
  const { step, isDone, statement = 0, before = null, isKnown = false } = marked
  const { n, hash } = step
  await new MigrationJournal(runner, dialect).mark(
    plan,
    { n, hash, isDone, statement, before },
    { direction, sql: textOf(step), isNew: !isKnown },
  )
}

/** What the journal shows of a step to people. */
export function textOf({ step }: PassageStep): string {
  if ('data' in step) return `data: ${step.data}, version ${step.version}`
  return 'sql' in step ? statementsOf(step).join(';\n') : `irreversible: ${step.irreversible}`
}

/** Whatever comes now, the steps up to this one are committed. */
export function kept({ progress }: Passage, { n }: PassageStep): void {
  progress.stepsKept = n
  progress.isKept = true
}

/** Tells of a step that is done, now or by an earlier run. */
export function told({ observer, revision, steps }: Passage, { n }: PassageStep, resumed: boolean): void {
  observer.step?.(revision, { n, of: steps.length, resumed })
}
