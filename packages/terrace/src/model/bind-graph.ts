import { buildGraph } from './bind/build-graph.ts'
import { declaredGraph } from './bind/declared-graph.ts'
import type { BoundModel, Models } from './bound-model.ts'
import { constraintProblems } from './check/constraint-problems.ts'
import { declarationProblems } from './check/declaration-problems.ts'
import { declarationError, problemAt, refuseProblems, type Problem } from './check/problem.ts'
import { shapeProblems } from './check/shape-problems.ts'
import type { ModelFact, ModelGraph } from './graph-facts.ts'

const graphFacts = Symbol('terrace.graph')

type BoundModels = Readonly<Record<string, BoundModel>>

/** What `graph()` does, without its types. A model may be bound by any number of graphs; binding leaves it unchanged. */
export function bindGraph(models: Models): BoundModels {
  refuseProblems(shapeProblems(models))
  const declared = declaredGraph(models)
  refuseProblems(declarationProblems(declared))
  const graph = buildGraph(declared)
  refuseProblems(constraintProblems(graph))
  const bound = Object.create(null) as Record<string, BoundModel>
  for (const fact of Object.values(graph.models)) bound[fact.name] = boundModel(models, fact, graph)
  return Object.freeze(Object.defineProperty(bound, graphFacts, { value: graph }))
}

/**
 * What `graph()` would refuse of models that are made by rule, each with the model that it is about: `Product.kcal100g`. The later
 * checks expect what the earlier ones ask for, so that only the first with problems speaks.
 */
export function graphProblems(models: Models): readonly Problem[] {
  const declared = declaredGraph(models)
  const problems = declarationProblems(declared)
  return problems.length > 0 ? problems : constraintProblems(buildGraph(declared))
}

/** The facts of all models that one `graph()` bound. `models` is what it gave, not a copy. */
export function graphOf(models: BoundModels): ModelGraph {
  const graph = (models as { readonly [graphFacts]?: ModelGraph })[graphFacts]
  if (graph !== undefined) return graph
  throw declarationError([problemAt('models', 'graph() did not return them', 'Give what graph({ … }) returned')])
}

function boundModel(models: Models, fact: ModelFact, graph: ModelGraph): BoundModel {
  const { table, columns, options } = models[fact.name] as Models[string]
  return Object.freeze({ table, columns, options, name: fact.name, fact, graph })
}
