import type { CheckFact, ColumnFact } from '../../model/index.ts'
import type { ConditionWriter } from './unique-columns.ts'

export interface RuleWriter extends ConditionWriter {
  quoteText(text: string): string
  /** Counts the code points of a text. */
  readonly lengthFunction: string
}

/** A model's rule over one column, as an SQL condition. */
export function ruleCondition(rule: CheckFact['rule'], column: ColumnFact, writer: RuleWriter): string {
  const name = writer.quoteName(column.sqlName)
  if (rule.kind === 'oneOf') return `${name} in (${rule.values.map(writer.quoteText).join(', ')})`
  if (rule.kind === 'length') {
    const max = rule.max === null ? null : String(rule.max)
    return boundsCondition(`${writer.lengthFunction}(${name})`, String(rule.min), max)
  }
  const bound = (value: unknown): string | null => (value === null ? null : writer.literal(column, value))
  return boundsCondition(name, bound(rule.min), bound(rule.max))
}

function boundsCondition(expression: string, min: string | null, max: string | null): string {
  if (min !== null && max !== null) return `${expression} between ${min} and ${max}`
  return min === null ? `${expression} <= ${max}` : `${expression} >= ${min}`
}
