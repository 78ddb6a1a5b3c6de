import type { Drift, Plan, Precheck, SchemaDialect, Step } from '../../schema/index.ts'
import { recordMade } from '../journal/record-made.ts'
import { Revisions } from '../journal/revisions.ts'
import { runDdl } from '../run-ddl.ts'
import type { StatementRunner } from '../statement-runner.ts'
import type { SyncObserver } from '../sync-types.ts'

/** Steps that rows stand against, counted before the first step. */
export async function offendedSteps(runner: StatementRunner, { steps }: Plan): Promise<readonly Drift[]> {
  const drift: Drift[] = []
  for (const step of steps) {
    for (const precheck of step.prechecks) {
      const [row] = await runner.rows(precheck)
      const offending = Number(row?.['offending'])
      if (offending > 0) drift.push(offended(step, precheck, offending))
    }
  }
  return drift
}

function offended(step: Step, { offending: what, remedy }: Precheck, offending: number): Drift {
  return {
    comparison: 'different',
    object: `${step.makes[0]?.kind ?? 'object'} ${step.makes[0]?.path ?? step.table}`,
    live: 'missing',
    wanted: step.statements.join('; '),
    reason: `the rows that are there stand against it: ${offending} ${what}`,
    remedy: remedy ?? 'Correct those rows, then start again',
    source: step.source,
  }
}

/** Runs the steps in their order. Where DDL commits by itself, each is journaled before and after. */
export async function applyPlan(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { plan, observer }: { readonly plan: Plan; readonly observer: SyncObserver },
): Promise<void> {
  if (plan.steps.length === 0) return
  const revisions = new Revisions(runner, dialect)
  const id = await revisions.open(new Date())
  const numbered = plan.steps.map((step, at) => ({ n: at + 1, step }))
  if (plan.transactional) {
    for (const { step } of numbered) await applyStep(runner, step, observer)
    await revisions.addSteps(id, numbered, 'done')
  } else {
    await applyJournaled(runner, dialect, { revisions, id, numbered, observer })
  }
  await revisions.close(id, new Date())
}

interface NumberedStep {
  readonly n: number
  readonly step: Step
}

interface Journaled {
  readonly revisions: Revisions
  readonly id: string
  readonly numbered: readonly NumberedStep[]
  readonly observer: SyncObserver
}

/** One small transaction between two steps: the one is done, the next is begun. */
async function applyJournaled(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { revisions, id, numbered, observer }: Journaled,
): Promise<void> {
  await revisions.addSteps(id, numbered.slice(0, 1), 'begun')
  for (const [at, { n, step }] of numbered.entries()) {
    await applyStep(runner, step, observer)
    await runner.transaction(async () => {
      await recordMade(runner, dialect, { plan: id, n, makes: step.makes })
      await revisions.addSteps(id, numbered.slice(at + 1, at + 2), 'begun')
    })
  }
}

async function applyStep(runner: StatementRunner, step: Step, observer: SyncObserver): Promise<void> {
  for (const sql of step.statements) await runDdl(runner, { table: step.table, sql })
  observer.applied?.(step)
}
