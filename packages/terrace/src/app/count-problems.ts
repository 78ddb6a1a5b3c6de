import { livingServices } from '../http/index.ts'
import type { DeclarationProblem, MountedRoute, ServerOptions } from '../http/index.ts'
import type { BoundModel, ModelGraph } from '../model/index.ts'

/** Counts of requests and of attempts are rows of the app's own models: those of another graph have no table here. */
export function countProblems(
  rateStore: ServerOptions['rateStore'],
  routes: readonly MountedRoute[],
  graph: ModelGraph,
): readonly DeclarationProblem[] {
  const counting = livingServices(routes).flatMap(({ name, countsIn }) =>
    countsIn.map((model) => [name, model] as const),
  )
  return [
    ...(rateStore?.model === undefined ? [] : foreignCount('rateStore', rateStore.model, graph)),
    ...counting.flatMap(([name, model]) => foreignCount(`the attempts of ${name}`, model, graph)),
  ]
}

function foreignCount(where: string, { name, fact }: BoundModel, graph: ModelGraph): readonly DeclarationProblem[] {
  if (graph.models[name] === fact) return []
  return [
    {
      where,
      problem: `it counts in the model ${name}, which is not one of the app's`,
      remedy: 'Name RateCount: rateCounts() in the graph of the app, and give databaseRates(models.RateCount)',
    },
  ]
}
