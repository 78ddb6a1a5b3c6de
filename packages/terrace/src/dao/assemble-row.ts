import type { Scope, SessionExecutor } from '../database/index.ts'
import { canonicalValue, validateRow, validateValue } from '../model/index.ts'
import type { DaoContext, Row } from './dao-context.ts'
import type { ColumnPlan, ModelPlan } from './model-plan.ts'
import { actorKey, checkNewActor, checkOwner } from './ownership.ts'
import { invalidRow, requireRowRules } from './refusals.ts'

type Given = Readonly<Record<string, unknown>>

/**
 * Makes the rows that one call creates, each complete and as a later read gives it: canonical values, stamps, defaults. Only
 * what the database alone knows (an identity key, native columns) is null until it is known.
 *
 * `VALIDATION` for values that break rules; `FORBIDDEN` for a row that its writer would not see.
 */
export function rowAssembler({ executor, plan }: DaoContext): (given: Given) => Row {
  const { scope } = executor
  const blank = blankRow(plan, scope)
  const startedMs = executor.now.getTime()
  return (values) => {
    const given = { ...values }
    const row = { ...blank }
    fillGiven(row, plan, given)
    for (const column of plan.stamped) stampColumn(row, column, { executor, startedMs, given })
    if (plan.owner !== null) checkOwner(plan, scope, row)
    if (plan.fact.access.kind === 'actor') checkNewActor(plan, scope, row)
    return row
  }
}

/** Nothing given yet, the actor's key in its place. */
function blankRow(plan: ModelPlan, scope: Scope): Row {
  const row = { ...plan.blankRow }
  const { access } = plan.fact
  if (access.kind === 'owned') row[access.column] = actorKey(plan, scope, access.owner)
  return row
}

function fillGiven(row: Row, plan: ModelPlan, given: Given): void {
  let required = plan.requiredColumns
  for (const name of Object.keys(given)) {
    const column = plan.column.get(name)
    const value = given[name]
    // One look is enough for a good row; a bad one is reported whole.
    if (column?.isInsertable !== true || column.check(value) !== null) {
      throw invalidRow(validateRow(plan.fact, given, 'insert'))
    }
    if (column.isRequired) required -= 1
    row[name] = column.isCanonical ? value : canonicalValue(column.fact, value)
  }
  if (required > 0) throw invalidRow(validateRow(plan.fact, given, 'insert'))
  requireRowRules(plan, given, 'insert')
}

interface Source {
  readonly executor: SessionExecutor
  readonly startedMs: number
  readonly given: Given
}

function stampColumn(row: Row, { fact, name }: ColumnPlan, { executor, startedMs, given }: Source): void {
  if (fact.stamp === 'createdAt' || fact.stamp === 'updatedAt') row[name] = new Date(startedMs)
  else if (Object.hasOwn(given, name)) return
  else row[name] = fact.stamp === 'id' ? executor.newId() : madeDefault(fact)
}

/** A default that each row needs for itself: made by a function, or an object that nobody may share. */
function madeDefault(fact: ColumnPlan['fact']): unknown {
  if (fact.default?.kind === 'value') return canonicalValue(fact, fact.default.value)
  const made = fact.default?.kind === 'make' ? fact.default.make() : null
  const violation = validateValue(fact, made)
  if (violation !== null) throw invalidRow([violation])
  return canonicalValue(fact, made)
}
