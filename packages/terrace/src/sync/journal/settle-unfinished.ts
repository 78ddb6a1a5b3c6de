import type { SchemaDialect } from '../../schema/index.ts'
import { serverText } from '../server-text.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { readLedger, writeLedger } from './ledger.ts'
import { ledgerAfter } from './ledger-effects.ts'
import { noteOf, Revisions, type UnfinishedStep } from './revisions.ts'

export interface Settling {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  /** One small transaction where the whole is none. */
  transaction<T>(work: () => Promise<T>): Promise<T>
}

/** Completes the journal of a start that was killed: each begun step has happened or not, and its probe knows. */
export async function settleUnfinished(settling: Settling): Promise<void> {
  const { runner, dialect } = settling
  const revisions = new Revisions(runner, dialect)
  for (const step of await revisions.unfinished()) {
    if (await hasHappened(runner, step)) await settling.transaction(() => recordDone(runner, dialect, step))
    else await revisions.setState(step.plan, step.n, 'lost')
  }
}

async function hasHappened(runner: StatementRunner, { probe }: Pick<UnfinishedStep, 'probe'>): Promise<boolean> {
  const [row] = await runner.rows(probe)
  const isApplied = Number(row?.['applied']) > 0
  return probe.isUndo === true ? !isApplied : isApplied
}

async function recordDone(runner: StatementRunner, dialect: SchemaDialect, step: UnfinishedStep): Promise<void> {
  const before = await readLedger(runner)
  const after = ledgerAfter(before, step.effects, { server: serverText(dialect.server), note: noteOf(step.probe) })
  await writeLedger(runner, dialect, { before, after })
  await new Revisions(runner, dialect).setState(step.plan, step.n, 'done')
}
