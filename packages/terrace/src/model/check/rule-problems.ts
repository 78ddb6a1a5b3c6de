import type { ColumnType } from '../column-type.ts'
import type { ColumnSpec } from '../column.ts'
import type { RuleFact } from '../graph-facts.ts'
import { parseDecimal, scaledDecimal } from '../validate/decimal.ts'
import { typeCheck } from '../validate/type-checks.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { typeText } from './type-text.ts'

/** What is wrong with one rule; null for nothing. */
type Wrong = { readonly problem: string; readonly remedy: string } | null

type RuleTests = {
  readonly [K in RuleFact['kind']]: (rule: Extract<RuleFact, { readonly kind: K }>, type: ColumnType) => Wrong
}

const ruleTests: RuleTests = {
  length: (rule, type) => onlyFor('text', 'length', type) ?? testLength(rule),
  range: testRange,
  oneOf: () => null,
  pattern: (rule, type) => onlyFor('text', 'pattern', type) ?? testPattern(rule),
  email: (_, type) => onlyFor('text', 'email', type),
}

/** Rules on the wrong type, declared twice, or that no value or no bound of the type fits. */
export function ruleProblems(where: string, { rules, type }: Pick<ColumnSpec, 'rules' | 'type'>): readonly Problem[] {
  const wrongs = rules.map((rule, at) => {
    const isRepeated = rule.kind !== 'pattern' && rules.findIndex(({ kind }) => kind === rule.kind) !== at
    if (isRepeated) return { problem: `${rule.kind}() is declared twice`, remedy: 'Keep one of them' }
    return (ruleTests[rule.kind] as (rule: RuleFact, type: ColumnType) => Wrong)(rule, type)
  })
  return wrongs.filter((wrong) => wrong !== null).map(({ problem, remedy }) => problemAt(where, problem, remedy))
}

function onlyFor(kind: ColumnType['kind'], rule: string, type: ColumnType): Wrong {
  return type.kind === kind
    ? null
    : { problem: `${rule}() is a rule of ${kind}, not of ${typeText(type)}`, remedy: `Remove ${rule}()` }
}

function testLength({ min, max }: Extract<RuleFact, { readonly kind: 'length' }>): Wrong {
  const written = `length(${min}, ${max})`
  const isCount = (count: number | null): boolean => count !== null && Number.isSafeInteger(count) && count >= 0
  if (!isCount(min) || !isCount(max) || max === 0)
    return { problem: `${written}: no numbers of characters`, remedy: 'Write length(1, 100), both ends inclusive' }
  return min > (max ?? min)
    ? { problem: `${written}: the minimum is above the maximum`, remedy: 'Swap the bounds' }
    : null
}

/** A regular expression with a memory of its last match would judge one value in two ways. */
function testPattern({ flags }: Extract<RuleFact, { readonly kind: 'pattern' }>): Wrong {
  const isStateful = flags.includes('g') || flags.includes('y')
  return isStateful ? { problem: `pattern() with the flags "${flags}"`, remedy: 'Remove g and y' } : null
}

type Range = Extract<RuleFact, { readonly kind: 'range' }>
type Bound = Range['min']
const ordered: readonly ColumnType['kind'][] = ['integer', 'smallint', 'bigint', 'decimal', 'float']

function testRange({ min, max }: Range, type: ColumnType): Wrong {
  const written = `range(${boundText(min)}, ${boundText(max)})`
  if (!ordered.includes(type.kind))
    return { problem: `range() is a rule of numbers, not of ${typeText(type)}`, remedy: 'Remove range()' }
  if (min === null && max === null)
    return { problem: `${written} is open on both ends`, remedy: 'Give a bound or remove range()' }
  const wrong = [min, max]
    .map((bound) => (bound === null ? null : typeCheck(type)(bound)))
    .find((found) => found !== null)
  if (wrong !== undefined && wrong !== null)
    return {
      problem: `${written}: a bound ${wrong.message}, as any ${typeText(type)}`,
      remedy: 'Give bounds of the type itself',
    }
  return isAbove(min, max, type)
    ? { problem: `${written}: the minimum is above the maximum`, remedy: 'Swap the bounds' }
    : null
}

function isAbove(min: Bound, max: Bound, type: ColumnType): boolean {
  if (min === null || max === null) return false
  if (type.kind !== 'decimal') return min > max
  const [least, most] = [parseDecimal(min), parseDecimal(max)]
  return least !== null && most !== null && scaledDecimal(least, type.scale) > scaledDecimal(most, type.scale)
}

function boundText(bound: Bound): string {
  if (typeof bound === 'string') return `'${bound}'`
  return typeof bound === 'bigint' ? `${bound}n` : String(bound)
}
