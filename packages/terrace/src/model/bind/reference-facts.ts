import type { ReferenceFact } from '../graph-facts.ts'
import { foreignKeyName } from '../naming.ts'
import type { DeclaredGraph, DeclaredModel, DeclaredReference } from './declared-graph.ts'

/** The references that a model holds, resolved to their targets; those that lead nowhere are left out. */
export function referenceFacts(model: DeclaredModel, graph: DeclaredGraph): readonly ReferenceFact[] {
  return model.references.flatMap((reference) => {
    const target = graph.byTable.get(reference.table)
    return target === undefined ? [] : [referenceFact(model, reference, target)]
  })
}

function referenceFact(model: DeclaredModel, reference: DeclaredReference, target: DeclaredModel): ReferenceFact {
  const { columns, as, inverse, onDelete } = reference
  return {
    name: foreignKeyName(model.table, columns, target.table),
    model: model.name,
    columns,
    target: target.name,
    targetTable: target.table,
    targetColumns: reference.targetColumns ?? target.primaryKey,
    as,
    inverse,
    isOneToOne: isOneToOne(model, columns),
    onDelete,
  }
}

/**
 * The columns are the whole primary key or one whole unique rule, however that rule is scoped: the types of includes say
 * `row | null` for every `unique()` reference.
 */
function isOneToOne(model: DeclaredModel, columns: readonly string[]): boolean {
  const wholes = model.uniques.filter(({ where }) => where === null).map((unique) => unique.columns)
  return [model.primaryKey, ...wholes].some((whole) => isSameSet(whole, columns))
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return new Set(some).symmetricDifference(new Set(others)).size === 0
}
