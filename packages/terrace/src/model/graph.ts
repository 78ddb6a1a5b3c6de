import { bindGraph } from './bind-graph.ts'
import type { Graph, Models } from './bound-model.ts'

/**
 * Binds models to one graph. Its keys are the models' names, in messages, in types and in the API.
 *
 * Computes names, inverses, unique rules and access, and checks the whole; every problem is reported at once, as
 * `MODEL_DECLARATION`.
 */
export function graph<const G extends Models>(models: G): Graph<G> {
  return bindGraph(models) as Graph<G>
}
