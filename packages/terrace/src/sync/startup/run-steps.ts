import type { ObjectPath, SchemaDialect, TransactionMode } from '../../schema/index.ts'
import { forgetPrinted, writeLedger, type Ledger } from '../journal/ledger.ts'
import { ledgerAfter, unprinted, withWholeRenames } from '../journal/ledger-effects.ts'
import { noteOf, Revisions, type Door, type JournaledStep } from '../journal/revisions.ts'
import { runDdl } from '../run-ddl.ts'
import { serverText } from '../server-text.ts'
import type { StatementRunner } from '../statement-runner.ts'

/** A step, whichever way it is gone. */
export interface RunnableStep extends JournaledStep {
  readonly table: string
  readonly transaction: TransactionMode
  /** Tables that the engine may print otherwise after it, by every name they have. */
  readonly touches: readonly string[]
}

export interface StepRun {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly door: Door
  /** Everything is in one transaction, which is open. */
  readonly isAtomic: boolean
  /** As it is stored. */
  readonly ledger: Ledger
  /** Objects that a person has changed, which stay known as such. */
  readonly handChanged: readonly ObjectPath[]
  /** In the transaction of the steps given, before the first of them. */
  prepare(steps: readonly RunnableStep[]): Promise<void>
  done(step: RunnableStep): void
}

/**
 * Runs steps in their order, and gives the ledger they lead to. In one transaction all is done or nothing, and the ledger is for
 * the caller to write. Else what can be is done in transactions of its own with its ledger; every other step is journaled before
 * and after, so that the next start knows of each whether it has happened.
 */
export async function runSteps(run: StepRun, steps: readonly RunnableStep[]): Promise<Ledger> {
  if (steps.length === 0) return run.ledger
  const revisions = new Revisions(run.runner, run.dialect)
  const id = await revisions.open(run.door, new Date())
  const journal: OpenJournal = { ...run, revisions, id }
  let { ledger } = run
  if (run.isAtomic) {
    for (const step of steps) await runStep(journal, step)
    await revisions.addSteps(id, steps, 'done')
    ledger = afterSteps(journal, ledger, steps)
  } else {
    for (const part of parts(steps)) ledger = await runPart(journal, ledger, part)
  }
  await revisions.close(id, new Date())
  return ledger
}

interface OpenJournal extends StepRun {
  readonly revisions: Revisions
  readonly id: string
}

/** Neighbours that can share a transaction, and neighbours that cannot have one. */
function parts(steps: readonly RunnableStep[]): readonly (readonly RunnableStep[])[] {
  const found: RunnableStep[][] = []
  for (const step of steps) {
    const last = found.at(-1)
    if (last !== undefined && (last[0]?.transaction === 'plan') === (step.transaction === 'plan')) last.push(step)
    else found.push([step])
  }
  return found
}

async function runPart(journal: OpenJournal, ledger: Ledger, steps: readonly RunnableStep[]): Promise<Ledger> {
  if (steps[0]?.transaction !== 'plan') return runJournaled(journal, ledger, steps)
  return inTransaction(journal, async () => {
    await journal.prepare(steps)
    for (const step of steps) await runStep(journal, step)
    await journal.revisions.addSteps(journal.id, steps, 'done')
    const after = afterSteps(journal, ledger, steps)
    await writeLedger(journal.runner, journal.dialect, { before: ledger, after })
    return after
  })
}

/** One small transaction between two steps: the one is done, the next is begun. */
async function runJournaled(journal: OpenJournal, ledger: Ledger, steps: readonly RunnableStep[]): Promise<Ledger> {
  const { runner, dialect, revisions, id } = journal
  let known = ledger
  for (const [at, step] of steps.entries()) {
    if (at === 0) await runner.transaction(() => begin(journal, step))
    await runStep(journal, step)
    const before = unprinted(known, step.touches, journal.handChanged)
    const after = afterSteps(journal, before, [step])
    await runner.transaction(async () => {
      await writeLedger(runner, dialect, { before, after })
      await revisions.setState(id, step.n, 'done')
      const next = steps[at + 1]
      if (next !== undefined) await begin(journal, next)
    })
    known = after
  }
  return known
}

async function begin({ runner, dialect, revisions, id, handChanged }: OpenJournal, step: RunnableStep): Promise<void> {
  await revisions.addSteps(id, [step], 'begun')
  for (const table of new Set(step.touches)) await forgetPrinted(runner, dialect, { table, but: handChanged })
}

/** As in the plan's own transaction, a statement that waits for a lock gives up before others have waited for it for long. */
function inTransaction<T>({ runner, dialect: { lock } }: OpenJournal, work: () => Promise<T>): Promise<T> {
  return runner.transaction(async () => {
    for (const sql of lock.kind === 'transaction' ? lock.prepare : []) await runner.run(sql)
    return work()
  })
}

async function runStep(journal: OpenJournal, step: RunnableStep): Promise<void> {
  const { runner, dialect, isAtomic, done } = journal
  const run = async (): Promise<void> => {
    for (const sql of step.statements) await runDdl(runner, { table: step.table, sql })
  }
  const isAlone = step.transaction === 'own' && dialect.transactionalDdl && !isAtomic
  await (isAlone ? inTransaction(journal, run) : run())
  done(step)
}

function afterSteps({ dialect }: OpenJournal, ledger: Ledger, steps: readonly RunnableStep[]): Ledger {
  const server = serverText(dialect.server)
  const effects = withWholeRenames(steps.map((step) => step.effects))
  return steps.reduce<Ledger>(
    (known, { probe }, at) =>
      ledgerAfter(known, effects[at] ?? { renames: [], drops: [], makes: [] }, { server, note: noteOf(probe) }),
    ledger,
  )
}
