import type { Issue, TerraceError } from '../errors/index.ts'
import { errors, issueText } from '../errors/index.ts'
import type { RuleViolation } from '../model/index.ts'
import { brokenRowRules, nearestName } from '../model/index.ts'
import type { Deleted } from './dao-types.ts'
import type { ModelPlan } from './model-plan.ts'

/** The caller named something that is not there: `DAO_UNKNOWN`, with the nearest right name. */
export function unknownName(
  plan: ModelPlan,
  what: string,
  { name, known }: { name: string; known: readonly string[] },
): TerraceError {
  const near = nearestName(name, known)
  const hint = near === null ? '' : `; did you mean ${near}?`
  return errors.DAO_UNKNOWN({ values: { model: plan.name, what, name, hint, known: known.join(', ') || 'none' } })
}

/** Options that a method does not have are mistakes, not wishes to ignore: `DAO_UNKNOWN`. An `undefined` one is refused too. */
export function checkOptions(plan: ModelPlan, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw unknownName(plan, 'option', { name, known })
    const value = (options as Record<string, unknown>)[name]
    if (value === undefined) throw undefinedValue(`The option ${name} of ${plan.name}`)
    if (name === 'deleted' && !deletedModes.has(value)) throw unknownMode(plan, value)
  }
}

const deletedModes: ReadonlySet<unknown> = new Set(['without', 'with', 'only'] satisfies Deleted[])

/** A list of modes, as a query string may give one, is none: it would pass for `without` as a text and for `only` as a value. */
function unknownMode(plan: ModelPlan, value: unknown): TerraceError {
  const name = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value)
  return unknownName(plan, 'value of deleted', { name, known: [...deletedModes] as string[] })
}

export function undefinedValue(place: string): TerraceError {
  return errors.DAO_UNDEFINED({ values: { place } })
}

/** Values that break rules of their columns: `VALIDATION` with one issue each. */
export function invalidRow(violations: readonly RuleViolation[]): TerraceError {
  const issues = violations.map((violation): Issue => ({ in: 'row', ...violation }))
  const fields = [...new Set(violations.map(({ path }) => path.split('/')[1] ?? ''))]
  return errors.VALIDATION({ fields, issues })
}

/** Refuses what breaks a rule between columns, before the database does. */
export function requireRowRules(
  { fact }: ModelPlan,
  values: Readonly<Record<string, unknown>>,
  mode: 'insert' | 'update',
): void {
  if (fact.rowRules.length === 0) return
  const violations = brokenRowRules(fact, values, mode)
  if (violations.length > 0) throw invalidRow(violations)
}

/**
 * Refuses to set a part of a reference: whether the row that it then leads to is visible could not be asked, because the rest of
 * its key is not known. The owner's column is: it stays the actor's.
 */
export function requireWholeReferences(
  { compositeReferences, owner }: ModelPlan,
  isSet: (column: string) => boolean,
): void {
  for (const { columns } of compositeReferences) {
    const set = columns.find(isSet)
    const missing = columns.filter((name) => !isSet(name) && name !== owner?.name)
    if (set === undefined || missing.length === 0) continue
    throw invalidColumn(set, issueText('partOfReference', { missing: missing.join(', ') }))
  }
}

/** One broken rule that only the session can see. */
export function invalidColumn(column: string, text: Pick<Issue, 'code' | 'message' | 'zh'>): TerraceError {
  return errors.VALIDATION({ fields: [column], issues: [{ in: 'row', ...text, path: `/${column}` }] })
}
