import {
  AliasNode,
  AndNode,
  ColumnNode,
  FromNode,
  IdentifierNode,
  ReferenceNode,
  SelectionNode,
  TableNode,
  ValueNode,
  WhereNode,
} from 'kysely'
import type { OperationNode, SelectQueryNode } from 'kysely'
import type { UniqueFact } from '../model/index.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { after } from './dao-context.ts'
import { columnsNamed } from './model-plan.ts'
import { assignments, compare, equals, isNull, SlotCounter, updateTree } from './statement-tree.ts'

/** Sets the columns of a reference in all rows that have other values there, deleted ones too: how many. */
export async function repointed(
  { plan, executor }: DaoContext,
  names: readonly string[],
  { from, into }: { readonly from: readonly unknown[]; readonly into: readonly unknown[] },
): Promise<number> {
  const columns = columnsNamed(plan.column, names)
  const statement = executor.prepared(`${plan.name} repoint ${names.join(',')}`, 'with', () => {
    const slots = new SlotCounter()
    const updates = assignments(columns, slots)
    return updateTree(plan, { updates, where: equals(plan, columns, slots), returning: [] })
  })
  return after(executor.run(statement, [...into, ...from]), ({ changed }) => changed)
}

export interface Collision {
  readonly unique: UniqueFact
  /** The columns of the rule but for the owner's. */
  readonly compared: readonly string[]
  readonly ownerColumn: string
  readonly from: unknown
  readonly into: unknown
}

export interface CollidingPair {
  readonly source: Row
  readonly target: Row
}

/** Rows of both owners that a unique rule would not let be of one. */
export async function collidingRows({ plan, executor }: DaoContext, collision: Collision): Promise<CollidingPair[]> {
  const { unique, compared, ownerColumn, from, into } = collision
  const named = [...new Set([...plan.key.map(({ name }) => name), ...targetColumnsOf(plan.fact)])]
  const at = (side: Side, name: string): OperationNode =>
    ReferenceNode.create(ColumnNode.create(name), TableNode.create(side))
  const where = [
    compare(at('source', ownerColumn), '=', ValueNode.create(from)),
    compare(at('target', ownerColumn), '=', ValueNode.create(into)),
    ...compared.map((name) => compare(at('source', name), '=', at('target', name))),
    ...sides.flatMap((side) =>
      Object.entries(unique.where ?? {}).map(([name, value]) =>
        value === null ? isNull(at(side, name), true) : compare(at(side, name), '=', ValueNode.create(value)),
      ),
    ),
  ].reduce((left, right) => AndNode.create(left, right))
  const tree: SelectQueryNode = {
    kind: 'SelectQueryNode',
    from: FromNode.create(
      sides.map((side) => AliasNode.create(TableNode.create(plan.table), IdentifierNode.create(side))),
    ),
    selections: sides.flatMap((side) =>
      named.map((name) =>
        SelectionNode.create(AliasNode.create(at(side, name), IdentifierNode.create(`${side}_${name}`))),
      ),
    ),
    where: WhereNode.create(where),
  }
  const statement = executor.compiler.compile(tree, {
    scope: executor.scope,
    deleted: unique.aliveOnly ? 'without' : 'with',
    byRule: false,
    allowUnbounded: false,
    stamps: executor,
  })
  const { rows } = await executor.run(statement)
  const ofSide = (side: Side, row: Row): Row => Object.fromEntries(named.map((name) => [name, row[`${side}_${name}`]]))
  return rows.map((row) => ({ source: ofSide('source', row), target: ofSide('target', row) }))
}

const sides = ['source', 'target'] as const

type Side = (typeof sides)[number]

/** What other rows refer to a row by. */
function targetColumnsOf({ inverses }: DaoContext['plan']['fact']): readonly string[] {
  return inverses.flatMap(({ reference }) => reference.targetColumns)
}
