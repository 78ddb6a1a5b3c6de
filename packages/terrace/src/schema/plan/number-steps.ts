import type { RenderedStep } from '../schema-dialect.ts'
import { hazardsOf } from '../safety/hazards-of.ts'
import { sidesOf } from './describe-change.ts'
import type { Phase, PlannedChange, PlannedPrecheck, Step } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { isRetyped, prechecksOf, type PrecheckContext } from './prechecks-of.ts'

const phases: readonly Phase[] = [
  'rename',
  'unlink',
  'release',
  'table',
  'column',
  'constraint',
  'index',
  'foreignKey',
  'dropColumn',
  'dropTable',
]

export interface PlannedStep {
  readonly step: Step
  readonly rendered: RenderedStep
}

/** Rendered steps in the order to run them, as plain data. A change is checked where it is first worked on. */
export function numberSteps(rendered: readonly RenderedStep[], context: PlanContext): readonly PlannedStep[] {
  const sorted = phases.flatMap((phase) => rendered.filter((step) => step.phase === phase))
  const prechecking: PrecheckContext = {
    dialect: context.dialect,
    live: context.live.snapshot,
    renames: context.renames,
    retyped: [...new Set(sorted.flatMap(({ changes }) => changes))].filter(isRetyped),
  }
  const checked = new Set<unknown>()
  const lastOf = new Map<string, number>()
  return sorted.map((one, at) => {
    const fresh = one.changes.filter((change) => !checked.has(change))
    for (const change of fresh) checked.add(change)
    const prechecks = fresh.flatMap((change) =>
      prechecksOf(change, prechecking).map((precheck): PlannedPrecheck => ({
        ...precheck,
        change: one.changes.indexOf(change),
      })),
    )
    const tables = new Set([one.table, ...one.refersTo])
    const after = new Set([...tables].flatMap((table) => lastOf.get(table) ?? []))
    for (const table of tables) lastOf.set(table, at + 1)
    return {
      step: plainStep(one, { n: at + 1, after: [...after].toSorted((a, b) => a - b), prechecks }, context),
      rendered: one,
    }
  })
}

function plainStep(
  rendered: RenderedStep,
  place: Pick<Step, 'n' | 'after'> & { readonly prechecks: readonly PlannedPrecheck[] },
  { dialect, live }: PlanContext,
): Step {
  const { changes, ...statements } = rendered
  const [first] = changes
  return {
    ...statements,
    ...place,
    change: changes.length > 1 && rendered.statements.length > 1 ? 'rebuildTable' : (first?.kind ?? 'alterTable'),
    changes: changes.map((change): PlannedChange => ({ kind: change.kind, ...sidesOf(change), source: change.source })),
    hazards: hazardsOf(rendered, place.prechecks, dialect),
    rows: live.estimatedRows[rendered.table] ?? null,
    source: first?.source ?? null,
  }
}
