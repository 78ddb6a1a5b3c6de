import { issueText } from '../../errors/index.ts'
import type { IssueTextName } from '../../errors/index.ts'

/**
 * The rule that a value breaks.
 *
 * - `TYPE`: not a value of the column's type at all; `NULL`: null where none may be; `REQUIRED`: absent and nothing gives it
 * - `LENGTH`, `RANGE`, `ONE_OF`, `PATTERN`, `EMAIL`: a declared rule, or the limits of the type
 * - `PRECISION`: more digits than the column keeps; `TEXT`: U+0000 or a lone surrogate; `DEPTH`: json nested too deep
 * - `UNKNOWN`: no such column; `READ_ONLY`: only Terrace or the database writes it; `IMMUTABLE`: set once, on create
 */
export type ViolationCode = ReturnType<typeof issueText>['code']

/** One value that breaks one rule. `path` is a JSON pointer into the row: `/name`, `/tags/3`. Never shows the value. */
export interface RuleViolation {
  readonly path: string
  readonly code: ViolationCode
  readonly message: string
  /** The message in Chinese. */
  readonly zh?: string
}

/** What a check finds; `path` is relative to the value checked, empty for the value itself. Null: nothing. */
export type Check = (value: unknown) => RuleViolation | null

/** A violation of the value itself. */
export function broken<N extends IssueTextName>(...text: Parameters<typeof issueText<N>>): RuleViolation {
  return { path: '', ...issueText(...text) }
}

/** The same finding, one step further out. */
export function inside(step: string | number, violation: RuleViolation): RuleViolation {
  return { ...violation, path: `/${escapeStep(String(step))}${violation.path}` }
}

/** RFC 6901, section 3. */
function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The first finding of several checks, in their order. */
export function firstOf(checks: readonly Check[]): Check {
  const [first, second, ...more] = checks
  if (first === undefined) return () => null
  if (second === undefined) return first
  if (more.length === 0) return (value) => first(value) ?? second(value)
  return (value) => {
    for (const check of checks) {
      const found = check(value)
      if (found !== null) return found
    }
    return null
  }
}
