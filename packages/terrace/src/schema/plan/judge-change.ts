import type { Change, ChangeOf } from '../change.ts'
import { breaking } from '../safety/breaking.ts'
import { lossy } from '../safety/lossy.ts'
import { allowanceOf } from './allowances.ts'
import { asksUndeclaredAlone } from './asks-undeclared-alone.ts'
import { ledgerObjectOf } from './changed-object.ts'
import { describeChange, sidesOf } from './describe-change.ts'
import type { Drift, LeftAlone } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { impossibleConversion } from './impossible-conversion.ts'
import { keyOfOthersInTheWay } from './keys-of-others.ts'
import { notBuiltReason } from './not-built.ts'
import { needsValue } from './prechecks-of.ts'
import { words } from './refusal-words.ts'

/** What is done about a change: it is made, left alone and said so, left as a person has changed it, or refused. */
export type Verdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'leaveAlone'; readonly leftAlone: LeftAlone }
  | { readonly kind: 'freeze'; readonly drift: Drift }
  | { readonly kind: 'refuse'; readonly drift: Drift }

const accept: Verdict = { kind: 'accept' }

/** The rules in their order: what cannot be, what is not ours, what a person has changed, and what start-up does not risk. */
export function judgeChange(change: Change, context: PlanContext): Verdict {
  return (
    judgeGuess(change) ??
    judgeUnbuilt(change, context) ??
    judgeOwnership(change, context) ??
    judgeHandChange(change, context) ??
    judgeComparison(change) ??
    judgePossibility(change, context) ??
    (context.mode.kind === 'startup' ? judgeRisk(change, context) : null) ??
    accept
  )
}

function refuse(change: Change, reasonAndRemedy: Pick<Drift, 'reason' | 'remedy'>): Verdict {
  return { kind: 'refuse', drift: describeChange(change, reasonAndRemedy) }
}

/** Nothing is guessed and nobody is asked. */
function judgeGuess(change: Change): Verdict | null {
  switch (change.kind) {
    case 'replaceObject':
      return refuse(change, words.nameTaken(change))
    case 'conflictingRename':
      return refuse(change, words.bothNames(change))
    case 'suspectTableRename':
      return refuse(change, words.tableRenameOrLoss(change))
    case 'suspectColumnRename':
      return refuse(change, words.columnRenameOrLoss(change))
    default:
      return null
  }
}

/** What the engine would not build to compare with, it would not make either: reported with its words, never applied. */
function judgeUnbuilt(change: Change, context: PlanContext): Verdict | null {
  const reason = notBuiltReason(change, context)
  if (reason === null) return null
  return { kind: 'refuse', drift: { ...describeChange(change, words.notBuilt(reason)), comparison: 'unknown' } }
}

/** What could not be compared is reported, never applied. */
function judgeComparison(change: Change): Verdict | null {
  if (!('differences' in change)) return null
  const isUnknown = change.differences.some(({ comparison }) => comparison.kind === 'unknown')
  return isUnknown ? refuse(change, words.notComparable(change)) : null
}

/** Nothing is touched that the engine does not own. */
function judgeOwnership(change: Change, context: PlanContext): Verdict | null {
  if (change.kind === 'createTable') return null
  const isOwnTable = context.isOwned('table', tableOf(change))
  const drop = dropOf(change)
  if (drop !== null && !isOwned(drop, context)) {
    const isInTheWay = drop.kind === 'dropColumn' && needsValue(drop.live)
    return isInTheWay ? refuse(drop, words.everyInsertOfOthersFails()) : leaveAlone(drop, 'is not declared')
  }
  if (drop?.kind === 'dropTable' && holdsColumnsOfOthers(drop, context)) {
    return leaveAlone(drop, 'was declared once, has columns that others have made, and is kept')
  }
  return isOwnTable ? null : refuse(change, words.notOurs(tableOf(change)))
}

/** Of a table that was adopted, those are not registered that no model declared. */
function holdsColumnsOfOthers({ live }: ChangeOf<'dropTable'>, context: PlanContext): boolean {
  return live.columns.some(({ name }) => !context.isOwned('column', `${live.name}.${name}`))
}

function judgePossibility(change: Change, context: PlanContext): Verdict | null {
  const { dialect, live } = context
  const limit =
    dialect.render.limits(change, live) ?? impossibleConversion(change, dialect) ?? keyOfOthersInTheWay(change, context)
  return limit === null ? null : refuse(change, limit)
}

/** A hand change freezes that object only. */
function judgeHandChange(change: Change, { isHandChanged }: PlanContext): Verdict | null {
  if (!('differences' in change) || change.live === null) return null
  const [kind, path] = ledgerObjectOf(change)
  return isHandChanged(kind, path) ? { kind: 'freeze', drift: describeChange(change, words.handChanged(change)) } : null
}

function judgeRisk(change: Change, context: PlanContext): Verdict | null {
  if (context.mode.kind !== 'startup') return null
  const allowance = allowanceOf(change)
  if (allowance !== null && context.mode.allow.includes(allowance)) return null
  const drop = dropOf(change)
  if (drop !== null) return judgeDrop(drop, context)
  const loss = lossy(change, context.dialect)
  if (loss !== null) return refuse(change, words.risk(change, loss))
  const breakage = context.mode.maintenance ? null : breaking(change)
  return breakage === null ? null : refuse(change, words.risk(change, breakage))
}

type Drop = ChangeOf<'dropTable' | 'dropColumn' | 'dropIndex' | 'dropUnique' | 'dropForeignKey' | 'dropCheck'>

function dropOf(change: Change): Drop | null {
  return change.kind.startsWith('drop') ? (change as Drop) : null
}

/**
 * What the models gave up is kept, for the previous release may need it, unless it stands in the way: a column that every row
 * must fill and nothing fills, or a rule on columns that are still declared. Checks that an engine needs for a type go with it.
 */
function judgeDrop(change: Drop, { holdsType }: PlanContext): Verdict {
  if (change.kind === 'dropColumn' && needsValue(change.live)) return refuse(change, words.everyInsertFails(change))
  const isRule = change.kind === 'dropUnique' || change.kind === 'dropForeignKey' || change.kind === 'dropCheck'
  if (isRule && !asksUndeclaredAlone(change)) {
    const [, path] = ledgerObjectOf(change)
    return change.kind === 'dropCheck' && holdsType(path) ? accept : refuse(change, words.stillRefuses(change))
  }
  return leaveAlone(change, 'was declared once and is kept')
}

function leaveAlone(change: Drop, note: string): Verdict {
  const { object, live } = sidesOf(change)
  return { kind: 'leaveAlone', leftAlone: { object, note: `${note}: ${live}` } }
}

/** At a start what has no name is left alone, for no allowance could name it. */
function isOwned(change: Drop, { isOwned: isInLedger, mode }: PlanContext): boolean {
  if (change.live.name === null && mode.kind === 'startup') return false
  return isInLedger(...ledgerObjectOf(change))
}

function tableOf(change: Change): string {
  if (change.kind === 'conflictingRename') return change.rename.table
  if ('table' in change) return change.table.live.name
  return change.kind === 'dropTable' ? change.live.name : change.wanted.name
}
