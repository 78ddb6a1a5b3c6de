import { errors } from '../errors/index.ts'
import type { ModelFact, ReferenceFact } from '../model/index.ts'
import type { ColumnPlan, ModelPlan } from './model-plan.ts'
import { columnsNamed, planOf } from './model-plan.ts'
import { undefinedValue, unknownName } from './refusals.ts'

/** Which rows of `target` belong to a row. */
export interface Joined {
  readonly target: ModelPlan
  /** Columns of the row that includes, and those of the target they must equal, pair by pair. */
  readonly from: readonly ColumnPlan[]
  readonly to: readonly ColumnPlan[]
  /** A list, or one row or null. */
  readonly isMany: boolean
}

/** One include of a model: which rows belong to a row, and under which name. */
export interface Relation extends Joined {
  readonly name: string
  readonly deeper: readonly Relation[]
}

export type GraphModels = Readonly<Record<string, ModelFact>>

/** What `include` asks for, checked against the graph: `DAO_UNKNOWN`, `DAO_INCLUDE_MODEL`. */
export function readInclude(plan: ModelPlan, include: object, models: GraphModels): readonly Relation[] {
  return Object.keys(include).map((name) => {
    const value: unknown = (include as Record<string, unknown>)[name]
    if (value === undefined) throw undefinedValue(`${plan.name} include.${name}`)
    const { table, deeper } = included(value)
    const found = relationNamed(plan, name, { table, models })
    return { ...found, name, deeper: readInclude(found.target, deeper, models) }
  })
}

/** The relation of this include name to the model with this table: `DAO_UNKNOWN`, `DAO_INCLUDE_MODEL`. */
export function relationNamed(plan: ModelPlan, name: string, target: Target): Joined {
  const found = toOne(plan, name, target) ?? inverse(plan, name, target)
  if (found === null) throw refusedInclude(plan, name, target)
  return found
}

/** `models.Portion` or `{ of: models.Portion, include }`. */
function included(value: unknown): { readonly table: unknown; readonly deeper: object } {
  const { of, include, table } = value as { of?: { table?: unknown }; include?: object; table?: unknown }
  return of === undefined ? { table, deeper: {} } : { table: of.table, deeper: include ?? {} }
}

export interface Target {
  readonly table: unknown
  readonly models: GraphModels
}

type Found = Joined | null

function toOne(plan: ModelPlan, name: string, { table, models }: Target): Found {
  const reference = plan.fact.references.find(({ as, targetTable }) => as === name && targetTable === table)
  const target = reference === undefined ? undefined : models[reference.target]
  if (reference === undefined || target === undefined) return null
  return pairs({ plan, columns: reference.columns }, { plan: planOf(target), columns: reference.targetColumns }, false)
}

function inverse(plan: ModelPlan, name: string, { table, models }: Target): Found {
  const holds = (reference: ReferenceFact): boolean => models[reference.model]?.table === table
  const found = plan.fact.inverses.find((one) => one.name === name && holds(one.reference))
  const holder = found === undefined ? undefined : models[found.reference.model]
  if (found === undefined || holder === undefined) return null
  const { columns, targetColumns, isOneToOne } = found.reference
  return pairs({ plan, columns: targetColumns }, { plan: planOf(holder), columns }, !isOneToOne)
}

interface Side {
  readonly plan: ModelPlan
  readonly columns: readonly string[]
}

function pairs(from: Side, to: Side, isMany: boolean): Found {
  const fromColumns = columnsNamed(from.plan.column, from.columns)
  return { target: to.plan, from: fromColumns, to: columnsNamed(to.plan.column, to.columns), isMany }
}

/** The name may be right and the model another. */
function refusedInclude(plan: ModelPlan, name: string, { table, models }: Target): Error {
  const reference = plan.fact.references.find(({ as }) => as === name)
  const target = reference?.target ?? plan.fact.inverses.find((one) => one.name === name)?.reference.model
  if (target === undefined) return unknownName(plan, 'include', { name, known: includeNames(plan) })
  const found = Object.values(models).find((model) => model.table === table)
  const given = found?.name ?? 'something that is no model of the graph'
  return errors.DAO_INCLUDE_MODEL({ values: { model: plan.name, name, target, given } })
}

function includeNames(plan: ModelPlan): readonly string[] {
  const names = [...plan.fact.references.map(({ as }) => as), ...plan.fact.inverses.map(({ name }) => name)]
  return names.filter((name) => name !== null)
}
