import type { AccessFact, ReferenceFact } from '../graph-facts.ts'
import type { DeclaredModel } from './declared-graph.ts'

/** Who sees and changes the rows of a model. `open` also stands for a declaration that the checks refuse. */
export function accessFact(model: DeclaredModel, references: readonly ReferenceFact[]): AccessFact {
  return ownedFact(model, references) ?? declaredFact(model, references) ?? { kind: 'open' }
}

function ownedFact(model: DeclaredModel, references: readonly ReferenceFact[]): AccessFact | null {
  for (const [column, { owner }] of model.columns) {
    if (owner === null) continue
    const reference = referenceOn(column, references)
    if (reference !== null)
      return { kind: 'owned', column, owner: reference.target, read: owner.read, readable: owner.readable }
  }
  return null
}

function declaredFact({ access }: DeclaredModel, references: readonly ReferenceFact[]): AccessFact | null {
  if (access === null || access.kind !== 'ownedThrough') return access
  const reference = referenceOn(access.column, references)
  return reference === null ? null : { kind: 'ownedThrough', reference }
}

function referenceOn(column: string, references: readonly ReferenceFact[]): ReferenceFact | null {
  return references.find(({ columns }) => columns.length === 1 && columns[0] === column) ?? null
}
