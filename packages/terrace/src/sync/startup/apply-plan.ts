import type { LiveStructure, ObjectPath, Plan, Rename, SchemaDialect, Step } from '../../schema/index.ts'
import type { Ledger } from '../journal/ledger.ts'
import { effectsOf, reversed } from '../journal/ledger-effects.ts'
import type { StatementRunner } from '../statement-runner.ts'
import type { SyncObserver } from '../sync-types.ts'
import { driftError } from './describe-drift.ts'
import { withKeptKeys } from './kept-keys.ts'
import { offendedSteps } from './offended-steps.ts'
import { runSteps, type RunnableStep } from './run-steps.ts'

export interface Application {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly isAtomic: boolean
  readonly plan: Plan
  /** Before the plan. */
  readonly live: LiveStructure
  /** As it is stored. */
  readonly ledger: Ledger
  /** Objects that a person has changed, under the names that they have before the plan. */
  readonly handChanged: readonly ObjectPath[]
  readonly observer: SyncObserver
}

/** Goes a plan. Gives the ledger that it leads to, which is stored already where the plan is not one transaction. */
export function applyPlan(application: Application): Promise<Ledger> {
  const { runner, dialect, isAtomic, plan, live, ledger, handChanged, observer } = application
  const byNumber = new Map(plan.steps.map((step) => [step.n, step]))
  const steps = plan.steps.map((step): RunnableStep => ({
    n: step.n,
    table: step.table,
    statements: step.statements,
    transaction: step.transaction,
    effects: effectsOf(step, plan),
    probe: step.idempotenceProbe,
    touches: touchedBy(step, live, plan.renames),
  }))
  const run = {
    runner,
    dialect,
    isAtomic,
    ledger,
    handChanged,
    door: 'startup',
    prepare: (part: readonly RunnableStep[]) => checkAgain(application, part),
    done: ({ n }: RunnableStep) => {
      const step = byNumber.get(n)
      if (step !== undefined) observer.applied?.(step)
    },
  } as const
  return withKeptKeys({ runner, dialect }, plan, () => runSteps(run, steps))
}

/**
 * Rows may have come since they were counted before the plan. Not after renames, for the checks name things as they were before:
 * what rows stand against is then refused by the engine, while it works on them.
 */
async function checkAgain({ runner, dialect, plan }: Application, part: readonly RunnableStep[]): Promise<void> {
  if (plan.renames.length > 0) return
  const numbers = new Set(part.map(({ n }) => n))
  const steps = plan.steps.filter(({ n }) => numbers.has(n))
  const drift = await offendedSteps({ runner, dialect, isLocking: true }, { steps, renames: [] })
  if (drift.length > 0) throw driftError(drift)
}

/** Goes a plan back: each inverse, in reverse order. What an earlier try has undone already is left out. */
export async function undoPlan(application: Application): Promise<Ledger> {
  const { runner, dialect, isAtomic, plan, live, ledger, handChanged } = application
  const steps: RunnableStep[] = []
  let isReached = isAtomic
  for (const step of plan.steps.toReversed()) {
    isReached ||= await isApplied(runner, step)
    steps.push({
      n: steps.length + 1,
      table: step.table,
      statements: isReached ? (step.inverse ?? []) : [],
      transaction: step.transaction,
      effects: reversed(effectsOf(step, plan)),
      probe: { ...step.idempotenceProbe, isUndo: true },
      touches: touchedBy(step, live, plan.renames),
    })
  }
  const run = {
    runner,
    dialect,
    isAtomic,
    ledger,
    handChanged,
    door: 'undo',
    prepare: nothing,
    done: () => {},
  } as const
  const { renames } = reversed({ renames: plan.renames, drops: [], makes: [] })
  return withKeptKeys({ runner, dialect }, { steps: plan.steps, renames }, () => runSteps(run, steps))
}

const nothing = (): Promise<void> => Promise.resolve()

async function isApplied(runner: StatementRunner, { idempotenceProbe }: Step): Promise<boolean> {
  const [row] = await runner.rows(idempotenceProbe)
  return Number(row?.['applied']) > 0
}

/** The step's own table and those it refers to, those that refer to it, and all of them by their former names too. */
function touchedBy(step: Step, { snapshot }: LiveStructure, renames: readonly Rename[]): readonly string[] {
  const tables = renames.filter(({ object }) => object === 'table')
  const names = new Set([step.table, ...step.refersTo])
  for (const { from, to } of tables) {
    if (names.has(to)) names.add(from)
    if (names.has(from)) names.add(to)
  }
  const referring = Object.values(snapshot.tables).filter(({ foreignKeys }) =>
    foreignKeys.some(({ targetTable }) => names.has(targetTable)),
  )
  return [...new Set([...names, ...referring.map(({ name }) => name)])]
}
