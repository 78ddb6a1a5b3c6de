import type { At, Evaluator } from '../source/evaluate.ts'
import type { Syntax } from '../source/syntax.ts'
import type { Place, PlaceKind } from './place.ts'

/** A node of the walk. */
export interface Visit {
  readonly node: Syntax
  /** From the outermost to the one around it, while the rule is asked. */
  readonly around: readonly Syntax[]
  readonly at: At
  readonly evaluator: Evaluator
}

/** What a rule says of a node. */
export interface Found {
  readonly kind: PlaceKind
  readonly certainty: Place['certainty']
  /** What is shown; default the node. */
  readonly shown?: Syntax
  readonly reason?: string | null
}

export type PlaceRule = (visit: Visit) => Found | null
