import type { ModelFact, RowRuleFact } from './graph-facts.ts'
import type { RuleViolation } from './validate/violation.ts'
import { broken, inside } from './validate/violation.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * The rules between columns that a new row breaks, or that a change breaks whatever the row was: those of which it sets every
 * column. Of any other change the database knows.
 */
export function brokenRowRules(
  { rowRules }: Pick<ModelFact, 'rowRules'>,
  values: Values,
  mode: 'insert' | 'update',
): readonly RuleViolation[] {
  const decided = rowRules.filter(
    ({ columns }) => mode === 'insert' || columns.every((name) => Object.hasOwn(values, name)),
  )
  return decided.filter((rule) => !isKept(rule, values)).map(rowRuleViolation)
}

function isKept({ kind, columns }: RowRuleFact, values: Values): boolean {
  const given = columns.filter((name) => values[name] !== null && values[name] !== undefined).length
  return kind === 'exactlyOne' ? given === 1 : given >= 1
}

/** What is said of a row that breaks the rule, at the first of its columns. */
export function rowRuleViolation({ kind, columns }: RowRuleFact): RuleViolation {
  return inside(columns[0] ?? '', broken(kind, { names: columns.join(', ') }))
}
