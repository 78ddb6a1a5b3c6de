import type { ModelFact, ModelGraph, OnDelete, ReferenceFact } from '../model/index.ts'
import type { DaoContext, Row } from './dao-context.ts'

/** A model that refers to the one whose rows are deleted. */
export interface Child {
  readonly reference: ReferenceFact
  readonly fact: ModelFact
}

/** The children of a model that were declared with one of these `onDelete`. */
function childrenOf({ executor: { graph }, plan }: DaoContext, ...onDelete: OnDelete[]): readonly Child[] {
  return childrenIn(graph, plan.fact, onDelete)
}

function childrenIn(graph: ModelGraph, model: ModelFact, onDelete: readonly OnDelete[]): readonly Child[] {
  return model.inverses.flatMap(({ reference }) => {
    const fact = graph.models[reference.model]
    return fact === undefined || !onDelete.includes(reference.onDelete) ? [] : [{ reference, fact }]
  })
}

/** Children that the database erases along with their parent. */
export function cascadedChildren(graph: ModelGraph, model: ModelFact): readonly Child[] {
  return childrenIn(graph, model, ['cascade'])
}

/** The same, of the model of a context. */
export function erasedChildren({ executor, plan }: DaoContext): readonly Child[] {
  return cascadedChildren(executor.graph, plan.fact)
}

/** Children that forbid that rows go to the trash; those that forbid that rows are erased. */
export const forbidding = {
  trash: (context: DaoContext): readonly Child[] => childrenOf(context, 'restrict'),
  erasing: (context: DaoContext): readonly Child[] => childrenOf(context, 'restrict', 'keep'),
} as const

/** Children that go to the trash with their parent; those that cannot stay where they are, hidden with it or not. */
export function softCascades(context: DaoContext): readonly Child[] {
  return childrenOf(context, 'cascade').filter(({ fact }) => fact.softDelete !== null)
}

/** What the reference of a child holds if it refers to one of these rows. */
export function heldKeys({ reference }: Child, rows: readonly Row[]): readonly (readonly unknown[])[] {
  return rows.map((row) => reference.targetColumns.map((name) => row[name])).filter((key) => !key.includes(null))
}
