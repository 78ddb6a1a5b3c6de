import type { SessionExecutor } from '../database/index.ts'
import { canonicalValue, validateRow, validateValue } from '../model/index.ts'
import type { DaoContext, Row } from './dao-context.ts'
import type { ColumnPlan, ModelPlan } from './model-plan.ts'
import { checkNewActor, ownerOfNewRow } from './ownership.ts'
import { invalidRow } from './refusals.ts'

/**
 * The row that a create writes, complete and as a later read gives it: canonical values, stamps, defaults. Only what the
 * database alone knows (an identity key, native columns) is null until it is known.
 *
 * `VALIDATION` for values that break rules; `FORBIDDEN` for a row that its writer would not see.
 */
export function assembleRow({ executor, plan }: DaoContext, given: Readonly<Record<string, unknown>>): Row {
  const violations = validateRow(plan.fact, given, 'insert')
  if (violations.length > 0) throw invalidRow(violations)
  const row: Row = {}
  for (const column of plan.columns) row[column.name] = valueOf(column, given[column.name], { plan, executor })
  if (plan.fact.access.kind === 'actor') checkNewActor(plan, executor.scope, row)
  return row
}

interface Source {
  readonly plan: ModelPlan
  readonly executor: SessionExecutor
}

function valueOf({ fact, name }: ColumnPlan, given: unknown, { plan, executor }: Source): unknown {
  if (fact.stamp === 'owner') return ownerOfNewRow(plan, executor.scope, { column: name, given })
  if (given !== undefined) return canonicalValue(fact, given)
  switch (fact.stamp) {
    case 'id':
      return executor.newId()
    case 'createdAt':
    case 'updatedAt':
      return executor.now
    case 'identity':
    case 'deletedAt':
    case 'deletionId':
      return null
    case null:
      return defaultOf(fact)
  }
}

function defaultOf(fact: ColumnPlan['fact']): unknown {
  if (fact.default?.kind === 'value') return canonicalValue(fact, fact.default.value)
  if (fact.default?.kind !== 'make') return null
  const made = fact.default.make()
  const violation = validateValue(fact, made)
  if (violation !== null) throw invalidRow([violation])
  return canonicalValue(fact, made)
}
