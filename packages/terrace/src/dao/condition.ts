import { FunctionNode, OperatorNode, ParensNode, UnaryOperationNode, ValueNode } from 'kysely'
import type { OperationNode } from 'kysely'
import type { RuntimeDialect } from '../database/index.ts'
import type { ColumnPlan, ModelPlan } from './model-plan.ts'
import { allOf, anyOf, compare, isIn, isNull, never, reference } from './statement-tree.ts'
import type { Comparison, SlotCounter } from './statement-tree.ts'

/**
 * A condition as data, its values taken out: equal shapes share one statement. `shape` is the text by which they are known;
 * the values stand in the order in which `conditionTree` asks for slots.
 */
export interface Condition {
  readonly term: Term
  readonly shape: string
  readonly values: readonly unknown[]
}

export type Term =
  | { readonly kind: 'compare'; readonly column: ColumnPlan; readonly operator: Comparison }
  | { readonly kind: 'null'; readonly column: ColumnPlan; readonly is: boolean }
  | { readonly kind: 'list'; readonly column: ColumnPlan; readonly count: number; readonly negated: boolean }
  /** The text is found: anywhere, or at the very beginning. */
  | { readonly kind: 'found'; readonly column: ColumnPlan; readonly atStart: boolean }
  | { readonly kind: 'never' }
  | { readonly kind: 'all'; readonly terms: readonly Term[] }
  | { readonly kind: 'any'; readonly terms: readonly Term[] }
  | { readonly kind: 'not'; readonly term: Term }

interface TreeContext {
  readonly plan: ModelPlan
  readonly slots: SlotCounter
  readonly position: RuntimeDialect['position']
}

type TreeOf = {
  readonly [K in Term['kind']]: (term: Extract<Term, { readonly kind: K }>, context: TreeContext) => OperationNode
}

/** The tree of a condition; slots are taken in the order of its values. */
export function conditionTree(term: Term, context: TreeContext): OperationNode {
  return (treeOf[term.kind] as (term: Term, context: TreeContext) => OperationNode)(term, context)
}

const treeOf: TreeOf = {
  compare: ({ column, operator }, { plan, slots }) => compare(reference(plan, column), operator, slots.value()),
  null: ({ column, is }, { plan }) => isNull(reference(plan, column), is),
  list: ({ column, count, negated }, { plan, slots }) => isIn(reference(plan, column), { count, slots, negated }),
  found: ({ column, atStart }, { plan, slots, position }) => {
    const text = reference(plan, column)
    const part = slots.value()
    const place = FunctionNode.create(position.name, position.order === 'textFirst' ? [text, part] : [part, text])
    return atStart
      ? compare(place, '=', ValueNode.createImmediate(1))
      : compare(place, '>', ValueNode.createImmediate(0))
  },
  never: () => never(),
  all: ({ terms }, context) => allOf(terms.map((term) => conditionTree(term, context))),
  any: ({ terms }, context) => anyOf(terms.map((term) => conditionTree(term, context))),
  not: ({ term }, context) =>
    UnaryOperationNode.create(OperatorNode.create('not'), ParensNode.create(conditionTree(term, context))),
}
