import type { Change, ChangeKind, ChangeOf } from '../change.ts'
import { hazardsOf } from '../safety/hazards-of.ts'
import type { RenderContext, RenderedKind, SchemaDialect } from '../schema-dialect.ts'
import type { LiveStructure } from '../snapshot.ts'
import { describeChange } from './describe-change.ts'
import { changesInOrder } from './order-changes.ts'
import type { Drift, LeftAlone, Phase, Plan, Step } from './plan.ts'
import { treatments, type Treatment } from './treatments.ts'
import { suspectRenames } from './suspect-renames.ts'

export interface PlanContext {
  readonly dialect: SchemaDialect
  readonly live: LiveStructure
  /** Whether the ledger says that the engine made the object of this kind and path. */
  isOwned(kind: string, path: string): boolean
  /** Steps that block and are about more rows than this are refused. */
  readonly blockingLimitRows: number
}

/** Start-up does not block a table that has more rows than this. */
export const blockingLimitRows = 100_000

interface Outcome {
  readonly steps: readonly Step[]
  readonly drift: readonly Drift[]
  readonly leftAlone: readonly LeftAlone[]
}

const phases: readonly Phase[] = ['table', 'column', 'constraint', 'index', 'foreignKey']

/** What to do about each change: steps in the order to run them, what is refused and why, what is left alone. */
export function planChanges(changes: readonly Change[], context: PlanContext): Plan {
  const known = knownTables(changes, context.live)
  const liveTables = new Set(Object.keys(context.live.snapshot.tables))
  const outcomes = changesInOrder(suspectRenames(changes, context)).map((change) => {
    const outcome = outcomeOf(change, context, { knownTables: known, liveTables })
    if (change.kind === 'createTable') known.add(change.wanted.name)
    return outcome
  })
  const steps = outcomes.flatMap((outcome) => outcome.steps)
  const sorted = phases.flatMap((phase) => steps.filter((step) => step.phase === phase))
  return {
    steps: sorted,
    transactional: context.dialect.transactionalDdl,
    hazards: sorted.flatMap(({ hazards }) => hazards),
    drift: outcomes.flatMap(({ drift }) => drift),
    leftAlone: outcomes.flatMap(({ leftAlone }) => leftAlone),
  }
}

/** Foreign keys may point at once at tables that stay as they are; the others get theirs after all is made. */
function knownTables(changes: readonly Change[], { snapshot }: LiveStructure): Set<string> {
  const known = new Set(Object.keys(snapshot.tables))
  for (const change of changes) if ('table' in change) known.delete(change.table.live.name)
  return known
}

function outcomeOf(change: Change, context: PlanContext, rendering: RenderContext): Outcome {
  const treatment = (treatments[change.kind] as (change: Change, context: PlanContext) => Treatment)(change, context)
  if (treatment.kind === 'render') return rendered(change as ChangeOf<RenderedKind>, context, rendering)
  if (treatment.kind === 'leaveAlone') return { ...nothing, leftAlone: [treatment.leftAlone] }
  return { ...nothing, drift: [treatment.drift] }
}

const nothing: Outcome = { steps: [], drift: [], leftAlone: [] }

function rendered(change: ChangeOf<RenderedKind>, context: PlanContext, rendering: RenderContext): Outcome {
  const render = context.dialect.render[change.kind] as SchemaDialect['render'][RenderedKind] as (
    change: Change,
    context: RenderContext,
  ) => ReturnType<SchemaDialect['render']['createTable']>
  const result = render(change, rendering)
  if (result.kind === 'refused') return { ...nothing, drift: [describeChange(change, result)] }
  const steps = result.steps.map((step): Step => {
    const table = tableOf(change)
    return { ...step, change: change.kind, table, hazards: hazardsOf(change, step), source: change.source }
  })
  const refusal = foreignTableRefusal(change, steps, context) ?? blockingRefusal(change, steps, context)
  return refusal === null ? { ...nothing, steps } : { ...nothing, drift: [refusal] }
}

function tableOf(change: ChangeOf<RenderedKind>): string {
  return change.kind === 'createTable' ? change.wanted.name : change.table.wanted.name
}

/** Nothing is touched that the engine does not own. */
function foreignTableRefusal(
  change: ChangeOf<RenderedKind>,
  steps: readonly Step[],
  { isOwned }: PlanContext,
): Drift | null {
  if (change.kind === 'createTable' || isOwned('table', tableOf(change))) return null
  return describeChange(change, {
    reason: 'the table was not made by Terrace, which changes nothing of others',
    remedy: `Run it by hand: ${steps.map(({ sql }) => sql).join('; ')}`,
  })
}

function blockingRefusal(
  change: Change & { readonly kind: ChangeKind },
  steps: readonly Step[],
  context: PlanContext,
): Drift | null {
  const blocking = steps.find(({ hazards }) => hazards.some((hazard) => hazard.class === 'blocking'))
  const rows = blocking === undefined ? null : (context.live.estimatedRows[blocking.table] ?? null)
  if (blocking === undefined || rows === null || rows <= context.blockingLimitRows) return null
  return describeChange(change, {
    reason: `it would block the table, which has about ${rows} rows, while it works`,
    remedy: `Run it in a quiet hour: ${blocking.sql}`,
  })
}
