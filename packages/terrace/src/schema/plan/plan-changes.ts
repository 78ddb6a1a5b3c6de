import type { Change, ChangeOf } from '../change.ts'
import { describeChange } from './describe-change.ts'
import { allowanceOf } from './allowances.ts'
import { goingAlong } from './going-along.ts'
import { judgeChange } from './judge-change.ts'
import { numberSteps, type PlannedStep } from './number-steps.ts'
import type { Drift, LeftAlone, Plan } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { words } from './refusal-words.ts'
import { renderChanges } from './render-changes.ts'
import { suspectRenames } from './suspect-renames.ts'

interface Judged {
  readonly accepted: readonly Change[]
  readonly drift: readonly Drift[]
  readonly frozen: readonly Drift[]
  readonly leftAlone: readonly LeftAlone[]
}

/** What to do about each change: steps in the order to run them, what is refused and why, what is left alone. */
export function planChanges(changes: readonly Change[], context: PlanContext): Plan {
  const judged = judgeChanges(
    suspectRenames(withoutConflicting(changes), { ...context, isDecided: (change) => isDecided(change, context) }),
    context,
  )
  const rendered = renderChanges(judged.accepted, context)
  const steps = numberSteps(rendered, context)
  const drift = [...judged.drift, ...steps.flatMap((planned) => blockingDrift(planned, context))]
  const plain = steps.map(({ step }) => step)
  return {
    steps: plain,
    transactional: plain.every(({ transaction }) => transaction === 'plan'),
    hazards: plain.flatMap(({ hazards }) => hazards),
    drift,
    frozen: judged.frozen,
    leftAlone: judged.leftAlone,
    renames: context.renames,
    unusedAllowances: unusedAllowances(changes, context),
  }
}

/** What else differs because of a rename that is in conflict says nothing new: it is settled with it. */
function withoutConflicting(changes: readonly Change[]): readonly Change[] {
  const conflicts = changes.filter((change) => change.kind === 'conflictingRename').map(({ rename }) => rename)
  const isAbout = (change: Change, { object, table, from, to }: (typeof conflicts)[number]): boolean => {
    if (change.kind === 'conflictingRename' || change.kind === 'replaceObject') return false
    if (object === 'column') {
      const isColumn = change.kind === 'dropColumn' || change.kind === 'alterColumn'
      return isColumn && change.table.live.name === table && [from, to].includes(change.live.name)
    }
    return 'table' in change ? change.table.live.name === to : change.kind === 'dropTable' && change.live.name === from
  }
  return changes.filter((change) => !conflicts.some((conflict) => isAbout(change, conflict)))
}

/** A drop that a person has decided on is no half of a rename. */
function isDecided(change: Change, { mode }: PlanContext): boolean {
  return mode.allow.includes(allowanceOf(change) ?? '')
}

function judgeChanges(changes: readonly Change[], context: PlanContext): Judged {
  const verdicts = changes.map((change) => ({ change, verdict: judgeChange(change, context) }))
  const [accepted = [], others = []] = [true, false].map((isAccepted) =>
    verdicts.filter(({ verdict }) => (verdict.kind === 'accept') === isAccepted).map(({ change }) => change),
  )
  const along = new Set(goingAlong(accepted, others, (change) => isConverted(change, context)))
  const settled = verdicts.filter(({ change }) => !along.has(change))
  return {
    accepted: [...accepted, ...along],
    drift: settled.flatMap(({ verdict }) => (verdict.kind === 'refuse' ? [verdict.drift] : [])),
    frozen: settled.flatMap(({ verdict }) => (verdict.kind === 'freeze' ? [verdict.drift] : [])),
    leftAlone: settled.flatMap(({ verdict }) => (verdict.kind === 'leaveAlone' ? [verdict.leftAlone] : [])),
  }
}

/** Whether values become something else, not only have more room. */
function isConverted(change: ChangeOf<'alterColumn'>, { dialect }: PlanContext): boolean {
  if (!change.differences.some(({ aspect }) => aspect === 'type')) return false
  return dialect.conversions.column(change, dialect.quoteName(change.wanted.name)).kind !== 'lossless'
}

/** Start-up does not keep others from a large table for long, unless nobody else is at work. */
function blockingDrift({ step, rendered }: PlannedStep, { mode }: PlanContext): readonly Drift[] {
  if (mode.kind !== 'startup' || mode.maintenance || step.rows === null || step.rows <= mode.blockingLimitRows)
    return []
  if (!step.hazards.some((hazard) => hazard.class === 'blocking')) return []
  const reason = words.blocking(step.rows, mode.blockingLimitRows)
  return rendered.changes.map((change) => describeChange(change, reason))
}

function unusedAllowances(changes: readonly Change[], { mode }: PlanContext): readonly string[] {
  const possible = new Set(changes.map(allowanceOf))
  return mode.allow.filter((allowance) => !possible.has(allowance))
}
