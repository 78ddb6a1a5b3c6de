import {
  AliasNode,
  ColumnNode,
  FromNode,
  FunctionNode,
  IdentifierNode,
  OperatorNode,
  ParensNode,
  ReferenceNode,
  SelectionNode,
  TableNode,
  UnaryOperationNode,
  ValueNode,
  WhereNode,
  BinaryOperationNode,
} from 'kysely'
import type { OperationNode, SelectQueryNode } from 'kysely'
import { helperNames } from '../database/index.ts'
import type { ColumnPlan, ModelPlan } from './model-plan.ts'
import type { Quantifier } from './related-types.ts'
import type { Joined } from './relation.ts'
import { allOf, anyOf, compare, isIn, isNull, never } from './statement-tree.ts'
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

/** Where a text is looked for in another, by the helper that finds it. */
export type FoundPlace = 'contains' | 'startsWith' | 'endsWith'

export type Term =
  | { readonly kind: 'compare'; readonly column: ColumnPlan; readonly operator: Comparison }
  | { readonly kind: 'null'; readonly column: ColumnPlan; readonly is: boolean }
  | { readonly kind: 'list'; readonly column: ColumnPlan; readonly count: number; readonly negated: boolean }
  | { readonly kind: 'found'; readonly column: ColumnPlan; readonly place: FoundPlace }
  /** All of the items are in the array. */
  | { readonly kind: 'holds'; readonly column: ColumnPlan }
  | { readonly kind: 'never' }
  | { readonly kind: 'all'; readonly terms: readonly Term[] }
  | { readonly kind: 'any'; readonly terms: readonly Term[] }
  | { readonly kind: 'not'; readonly term: Term }
  /** `term` null: whichever row it is. */
  | { readonly kind: 'related'; readonly relation: Joined; readonly quantifier: Quantifier; readonly term: Term | null }

/** The tree of a condition on the rows of a statement's own table; slots are taken in the order of its values. */
export function conditionTree(term: Term, { plan, slots }: { plan: ModelPlan; slots: SlotCounter }): OperationNode {
  return treeIn(term, { table: plan.table, slots, own: plan.table, depth: 0 })
}

interface TreeContext {
  /** How the rows in question are named. */
  readonly table: string
  readonly slots: SlotCounter
  /** The table of the statement itself. */
  readonly own: string
  /** Relations around. */
  readonly depth: number
}

type TreeOf = {
  readonly [K in Term['kind']]: (term: Extract<Term, { readonly kind: K }>, context: TreeContext) => OperationNode
}

function treeIn(term: Term, context: TreeContext): OperationNode {
  return (treeOf[term.kind] as (term: Term, context: TreeContext) => OperationNode)(term, context)
}

const treeOf: TreeOf = {
  compare: ({ column, operator }, { table, slots }) => compare(columnOf(table, column), operator, slots.value()),
  null: ({ column, is }, { table }) => isNull(columnOf(table, column), is),
  list: ({ column, count, negated }, { table, slots }) => isIn(columnOf(table, column), { count, slots, negated }),
  found: ({ column, place }, { table, slots }) =>
    FunctionNode.create(helperNames[place], [columnOf(table, column), slots.value()]),
  holds: ({ column }, { table, slots }) =>
    FunctionNode.create(helperNames.holds, [columnOf(table, column), slots.value()]),
  never: () => never(),
  all: ({ terms }, context) => allOf(terms.map((term) => treeIn(term, context))),
  any: ({ terms }, context) => anyOf(terms.map((term) => treeIn(term, context))),
  not: ({ term }, context) => not(treeIn(term, context)),
  related: ({ relation, quantifier, term }, context) => {
    const exists = quantifier === 'some' ? 'exists' : 'not exists'
    return UnaryOperationNode.create(OperatorNode.create(exists), relatedRows(relation, { quantifier, term }, context))
  },
}

interface Asked {
  readonly quantifier: Quantifier
  readonly term: Term | null
}

/** The related rows that match; for `every` those that do not. Scope and trash are the compiler's, as for each table of a query. */
function relatedRows(
  { target, from, to }: Joined,
  { quantifier, term }: Asked,
  { table, slots, own, depth }: TreeContext,
): SelectQueryNode {
  const alias = aliasAt(depth + 1, own)
  const joined = to.map((column, at) => compare(columnOf(alias, column), '=', columnOf(table, from[at] as ColumnPlan)))
  const asked = term === null ? null : treeIn(term, { table: alias, slots, own, depth: depth + 1 })
  const matches = asked === null ? [] : [quantifier === 'every' ? isNotTrue(asked) : inParens(asked)]
  return {
    kind: 'SelectQueryNode',
    from: FromNode.create([AliasNode.create(TableNode.create(target.table), IdentifierNode.create(alias))]),
    selections: to.slice(0, 1).map((column) => SelectionNode.create(columnOf(alias, column))),
    where: WhereNode.create(allOf([...joined, ...matches])),
  }
}

/** One name for each level, and none that the statement's own table has. */
function aliasAt(depth: number, own: string): string {
  const alias = `related_${depth}`
  return own.toLowerCase() === alias ? `${alias}_` : alias
}

function columnOf(table: string, { name }: ColumnPlan): ReferenceNode {
  return ReferenceNode.create(ColumnNode.create(name), TableNode.create(table))
}

function inParens(node: OperationNode): OperationNode {
  return ParensNode.create(node)
}

function not(node: OperationNode): OperationNode {
  return UnaryOperationNode.create(OperatorNode.create('not'), inParens(node))
}

/** False, or NULL: what is unknown does not match. */
function isNotTrue(node: OperationNode): OperationNode {
  return BinaryOperationNode.create(inParens(node), OperatorNode.create('is not'), ValueNode.createImmediate(true))
}
