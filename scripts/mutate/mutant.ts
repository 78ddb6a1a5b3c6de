/** How the text of a change stands in the place of the original. */
export type Form = 'expression' | 'statement' | 'element' | 'property'

/** A place of a file where a guard stands, and what may stand there instead. */
export interface Site {
  readonly form: Form
  readonly start: number
  readonly end: number
  /** The names that it is inside of: `rules.shared`. */
  readonly within: string
  readonly changes: readonly Change[]
}

export interface Change {
  readonly kind: ChangeKind
  /** Default `decision`, until it is known where it stands. */
  readonly role?: Role
  /** What stands there instead, as code; empty where the original is left out. */
  readonly text: string
}

/**
 * A guard refuses, limits rows or lists what is allowed: without it a statement shows or changes what it must not. A decision
 * is any other condition, such as which of two ways to write the same thing is taken.
 */
export type Role = 'guard' | 'decision'

export type ChangeKind =
  | 'condition'
  | 'boundary'
  | 'literal'
  | 'mode'
  | 'throw'
  | 'statement'
  | 'element'
  | 'property'
  | 'filter'
  | 'result'
  | 'loop'

/** One change of one place, by the number that switches it on. */
export interface Mutant {
  readonly id: number
  /** From the root of the tree, with forward slashes. */
  readonly file: string
  readonly line: number
  readonly within: string
  readonly kind: ChangeKind
  readonly role: Role
  /** The original text, on one line. */
  readonly source: string
  /** What stands there instead, on one line; `(nothing)` where it is left out. */
  readonly becomes: string
}
