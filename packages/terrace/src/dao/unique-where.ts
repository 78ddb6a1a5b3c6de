import { errors } from '../errors/index.ts'
import type { UniqueFact } from '../model/index.ts'
import type { Condition } from './condition.ts'
import type { DaoContext } from './dao-context.ts'
import { isValue, readWhere } from './read-where.ts'

type Where = Readonly<Record<string, unknown>>

/**
 * A condition that one visible row can meet at the most: it gives, by equality and without null, the whole key or a whole
 * unique rule. `DAO_NOT_UNIQUE` otherwise.
 *
 * A rule within an owner needs the owner's column too unless the session reads as that owner; one within a parent needs the
 * parent's; one over some rows needs their condition.
 */
export function readUnique(context: DaoContext, where: Where): Condition {
  const { plan } = context
  const condition = readWhere(context, where)
  const { primaryKey, uniques } = plan.fact
  const isMet = isGiven(where, primaryKey.columns) || uniques.some((unique) => meets(context, where, unique))
  if (condition === null || !isMet) throw notUnique(context, Object.keys(where))
  return condition
}

function meets(context: DaoContext, where: Where, unique: UniqueFact): boolean {
  if (!isGiven(where, [...unique.columns, ...neededScope(context, unique)])) return false
  return Object.entries(unique.where ?? {}).every(([name, value]) => where[name] === value)
}

/** The columns of the rule's scope that the session does not settle by itself. */
function neededScope({ plan, executor }: DaoContext, unique: UniqueFact): readonly string[] {
  const { access } = plan.fact
  const isOwners = access.kind === 'owned' && access.read === 'owner' && executor.scope.kind === 'actor'
  return isOwners ? unique.within.filter((column) => column !== access.column) : unique.within
}

function isGiven(where: Where, columns: readonly string[]): boolean {
  return columns.every((name) => Object.hasOwn(where, name) && isValue(where[name]))
}

function notUnique(context: DaoContext, columns: readonly string[]): Error {
  const { name, fact } = context.plan
  const rules = [
    fact.primaryKey.columns,
    ...fact.uniques.map((unique) => [...neededScope(context, unique), ...unique.columns]),
  ]
  const listed = rules.map((rule) => rule.join(', ')).join('; ')
  return errors.DAO_NOT_UNIQUE({ values: { model: name, columns: columns.join(', ') || 'No column', rules: listed } })
}
