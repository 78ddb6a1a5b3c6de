import type { ColumnType } from '../column-type.ts'
import type { RuleFact } from '../graph-facts.ts'
import { hasLengthBetween } from './code-points.ts'
import { parseDecimal, scaledDecimal } from './decimal.ts'
import type { Check, RuleViolation } from './violation.ts'
import { broken } from './violation.ts'

// The rule by which HTML checks <input type="email">: "valid e-mail address" in the HTML standard, section 4.10.5.1.5.
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?'
const emailForm = new RegExp(`^[a-zA-Z0-9.!#$%&'*+/=?^_\`{|}~-]+@${label}(?:\\.${label})*$`)

type RuleChecks = {
  readonly [K in RuleFact['kind']]: (rule: Extract<RuleFact, { readonly kind: K }>, type: ColumnType) => Check | null
}

const ruleChecks: RuleChecks = {
  length: ({ min, max }) => lengthCheck(min, max),
  range: ({ min, max }, type) =>
    type.kind === 'decimal' ? decimalRange(min, max, type.scale) : orderedRange(min, max),
  // The type `oneOf` checks its own values.
  oneOf: () => null,
  pattern: ({ source, flags }) => patternCheck(new RegExp(source, flags)),
  email: () => (value) => (emailForm.test(value as string) ? null : broken('email')),
}

/** The checks of declared rules for values that are of the type already, in the order of declaration. */
export function checksOfRules(rules: readonly RuleFact[], type: ColumnType): readonly Check[] {
  const declared = rules.map((rule) =>
    (ruleChecks[rule.kind] as (rule: RuleFact, type: ColumnType) => Check | null)(rule, type),
  )
  const sized = type.kind === 'text' && type.maxLength !== null && !rules.some(({ kind }) => kind === 'length')
  return [...declared, sized ? lengthCheck(0, type.maxLength) : null].filter((check) => check !== null)
}

/** In code points, both inclusive. */
function lengthCheck(min: number, max: number | null): Check {
  const most = max ?? Number.MAX_SAFE_INTEGER / 2
  const refused = tooShortOrLong(min === 0 ? null : min, max)
  return (value) => (hasLengthBetween(value as string, min, most) ? null : refused)
}

type Bound = number | bigint | string | null

function orderedRange(min: Bound, max: Bound): Check {
  const refused = outside(min, max)
  return (value) => {
    const ordered = value as number
    const isOutside = (min !== null && ordered < (min as number)) || (max !== null && ordered > (max as number))
    return isOutside ? refused : null
  }
}

function decimalRange(min: Bound, max: Bound, scale: number): Check {
  const least = scaledBound(min, scale)
  const most = scaledBound(max, scale)
  const refused = outside(min, max)
  return (value) => {
    const parts = parseDecimal(value)
    const scaled = parts === null ? 0n : scaledDecimal(parts, scale)
    return (least !== null && scaled < least) || (most !== null && scaled > most) ? refused : null
  }
}

function scaledBound(bound: Bound, scale: number): bigint | null {
  const parts = parseDecimal(bound)
  return parts === null ? null : scaledDecimal(parts, scale)
}

function outside(min: Bound, max: Bound): RuleViolation {
  if (min === null) return broken('atMost', { max })
  return max === null ? broken('atLeast', { min }) : broken('between', { min, max })
}

function tooShortOrLong(min: number | null, max: number | null): RuleViolation {
  if (min === null) return broken('lengthAtMost', { max })
  return max === null ? broken('lengthAtLeast', { min }) : broken('lengthBetween', { min, max })
}

/** Search anywhere, as JSON Schema's `pattern` does; anchors are the declaration's own. */
function patternCheck(expression: RegExp): Check {
  const refused = broken('pattern', { pattern: String(expression) })
  return (value) => (expression.test(value as string) ? null : refused)
}
