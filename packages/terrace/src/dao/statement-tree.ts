import {
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  ColumnUpdateNode,
  FromNode,
  LimitNode,
  OffsetNode,
  OperatorNode,
  OrderByItemNode,
  OrderByNode,
  OrNode,
  ParensNode,
  PrimitiveValueListNode,
  RawNode,
  ReferenceNode,
  ReturningNode,
  SelectionNode,
  SelectModifierNode,
  TableNode,
  ValueNode,
  ValuesNode,
  WhereNode,
} from 'kysely'
import type {
  DeleteQueryNode,
  InsertQueryNode,
  OnConflictNode,
  OperationNode,
  SelectQueryNode,
  UpdateQueryNode,
} from 'kysely'
import { Slot } from '../database/index.ts'
import type { ColumnPlan, ModelPlan, OrderTerm } from './model-plan.ts'

/**
 * Trees of the statements by rule. Tables by their name, columns by property; every value is a numbered slot, in the order in
 * which the trees ask for them.
 */
export class SlotCounter {
  #next = 0

  next(): Slot {
    const slot = new Slot(this.#next)
    this.#next += 1
    return slot
  }

  value(): ValueNode {
    return ValueNode.create(this.next())
  }
}

export interface SelectTree {
  readonly columns: readonly ColumnPlan[]
  readonly where: OperationNode | null
  readonly orderBy?: readonly OrderTerm[]
  readonly limit?: ValueNode
  readonly offset?: ValueNode
  readonly lock?: RowLock
}

/** How rows that are read are held until the session ends, where the engine locks rows. */
export type RowLock = 'ForShare' | 'ForUpdate'

export function selectTree(plan: ModelPlan, tree: SelectTree): SelectQueryNode {
  return {
    kind: 'SelectQueryNode',
    from: FromNode.create([TableNode.create(plan.table)]),
    selections: tree.columns.map((column) => SelectionNode.create(reference(plan, column))),
    ...whereOf(tree.where),
    ...orderOf(plan, tree.orderBy ?? []),
    ...(tree.limit === undefined ? {} : { limit: LimitNode.create(tree.limit) }),
    ...(tree.offset === undefined ? {} : { offset: OffsetNode.create(tree.offset) }),
    ...(tree.lock === undefined ? {} : { endModifiers: [SelectModifierNode.create(tree.lock)] }),
  }
}

function orderOf(plan: ModelPlan, terms: readonly OrderTerm[]): { orderBy?: OrderByNode } {
  return terms.length === 0 ? {} : { orderBy: OrderByNode.create(terms.map((term) => orderItem(plan, term))) }
}

function orderItem(plan: ModelPlan, { column, direction }: OrderTerm): OrderByItemNode {
  return OrderByItemNode.create(reference(plan, column), RawNode.createWithSql(direction))
}

export interface InsertTree {
  readonly columns: readonly ColumnPlan[]
  readonly rows: number
  readonly returning: readonly ColumnPlan[]
  readonly onConflict?: OnConflictNode
}

/** `rows` lists of one slot per column, row by row. */
export function insertTree(plan: ModelPlan, slots: SlotCounter, tree: InsertTree): InsertQueryNode {
  const rows = Array.from({ length: tree.rows }, () =>
    PrimitiveValueListNode.create(tree.columns.map(() => slots.next())),
  )
  return {
    kind: 'InsertQueryNode',
    into: TableNode.create(plan.table),
    columns: tree.columns.map((column) => ColumnNode.create(column.name)),
    values: ValuesNode.create(rows),
    ...(tree.onConflict === undefined ? {} : { onConflict: tree.onConflict }),
    ...returningOf(tree.returning),
  }
}

/** `column = slot` each, in order. */
export function assignments(columns: readonly ColumnPlan[], slots: SlotCounter): readonly ColumnUpdateNode[] {
  return columns.map((column) => ColumnUpdateNode.create(ColumnNode.create(column.name), slots.value()))
}

export interface UpdateTree {
  readonly updates: readonly ColumnUpdateNode[]
  readonly where: OperationNode | null
  readonly returning: readonly ColumnPlan[]
}

export function updateTree(plan: ModelPlan, tree: UpdateTree): UpdateQueryNode {
  return {
    kind: 'UpdateQueryNode',
    table: TableNode.create(plan.table),
    updates: tree.updates,
    ...whereOf(tree.where),
    ...returningOf(tree.returning),
  }
}

export function deleteTree(
  plan: ModelPlan,
  where: OperationNode | null,
  returning: readonly ColumnPlan[],
): DeleteQueryNode {
  return {
    kind: 'DeleteQueryNode',
    from: FromNode.create([TableNode.create(plan.table)]),
    ...whereOf(where),
    ...returningOf(returning),
  }
}

function whereOf(where: OperationNode | null): { where?: WhereNode } {
  return where === null ? {} : { where: WhereNode.create(where) }
}

function returningOf(columns: readonly ColumnPlan[]): { returning?: ReturningNode } {
  if (columns.length === 0) return {}
  const selections = columns.map(({ name }) => SelectionNode.create(ReferenceNode.create(ColumnNode.create(name))))
  return { returning: ReturningNode.create(selections) }
}

export function reference(plan: ModelPlan, column: ColumnPlan): ReferenceNode {
  return ReferenceNode.create(ColumnNode.create(column.name), TableNode.create(plan.table))
}

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

export function compare(left: OperationNode, operator: Comparison, right: OperationNode): OperationNode {
  return BinaryOperationNode.create(left, OperatorNode.create(operator), right)
}

export function isNull(left: OperationNode, is: boolean): OperationNode {
  return BinaryOperationNode.create(left, OperatorNode.create(is ? 'is' : 'is not'), ValueNode.createImmediate(null))
}

/** True for no row. */
export function never(): OperationNode {
  return compare(ValueNode.createImmediate(1), '=', ValueNode.createImmediate(0))
}

export function allOf(conditions: readonly OperationNode[]): OperationNode {
  return conditions.reduce((left, right) => AndNode.create(left, right))
}

/** In parentheses where there is more than one. */
export function anyOf(conditions: readonly OperationNode[]): OperationNode {
  const joined = conditions.reduce((left, right) => OrNode.create(left, right))
  return conditions.length > 1 ? ParensNode.create(joined) : joined
}

/** Each of the columns equals one slot. */
export function equals(plan: ModelPlan, columns: readonly ColumnPlan[], slots: SlotCounter): OperationNode {
  return allOf(columns.map((column) => compare(reference(plan, column), '=', slots.value())))
}

/** The columns together equal one of `count` tuples of slots. */
export function equalsOneOf(
  plan: ModelPlan,
  columns: readonly ColumnPlan[],
  { count, slots }: { readonly count: number; readonly slots: SlotCounter },
): OperationNode {
  const [only, ...more] = columns
  if (only !== undefined && more.length === 0) return isIn(reference(plan, only), { count, slots, negated: false })
  return anyOf(Array.from({ length: count }, () => ParensNode.create(equals(plan, columns, slots))))
}

export interface ListCondition {
  readonly count: number
  readonly slots: SlotCounter
  readonly negated: boolean
}

export function isIn(left: OperationNode, { count, slots, negated }: ListCondition): OperationNode {
  const values = PrimitiveValueListNode.create(Array.from({ length: count }, () => slots.next()))
  return BinaryOperationNode.create(left, OperatorNode.create(negated ? 'not in' : 'in'), values)
}
