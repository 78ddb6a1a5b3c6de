import type { ModelFact, ModelGraph, ReferenceFact } from '../model/index.ts'

/** Rows of another model that may leave together with a row. */
export interface ReadableRelation {
  /** The property that holds them: `portions`, `product`. */
  readonly name: string
  readonly target: ModelFact
  /** A list, or one row or null: a to-one is null where its target is hidden, even if the key is not. */
  readonly isMany: boolean
}

/**
 * What may be included with the rows of a model: each reference and each inverse that has a name and whose columns may be
 * read. A hidden key hides its relation too.
 */
export function readableRelations(model: ModelFact, graph: ModelGraph): readonly ReadableRelation[] {
  const toOne = model.references.map((reference) => relationTo(reference.as, { reference, isMany: false, graph }))
  const inverse = model.inverses.map(({ name, reference }) =>
    relationTo(name, { reference, isMany: !reference.isOneToOne, graph, model: reference.model }),
  )
  return [...toOne, ...inverse].filter((relation) => relation !== null)
}

interface Source {
  readonly reference: ReferenceFact
  readonly isMany: boolean
  readonly graph: ModelGraph
  /** The model at the other end; default the reference's target. */
  readonly model?: string
}

function relationTo(
  name: string | null,
  { reference, isMany, graph, model = reference.target }: Source,
): ReadableRelation | null {
  const target = graph.models[model]
  return name === null || target === undefined || !isReadable(reference, graph) ? null : { name, target, isMany }
}

function isReadable({ model, columns }: ReferenceFact, graph: ModelGraph): boolean {
  return columns.every((name) => {
    const column = graph.models[model]?.column[name]
    return column !== undefined && !column.hidden && !column.writeOnly
  })
}
