import { errors } from '../errors/index.ts'
import type { BoundModel, ModelGraph } from '../model/index.ts'

/** The facts that bound models share. `MODEL_DECLARATION` for models that `graph()` has not bound, or none. */
export function graphOf(models: Readonly<Record<string, BoundModel>>): ModelGraph {
  const [first] = Object.values(models)
  if (first?.graph !== undefined) return first.graph
  const problem = first === undefined ? 'there are none' : 'they are not bound to a graph'
  throw errors.MODEL_DECLARATION({ values: { where: 'models', problem, remedy: 'Give what graph({ … }) returned' } })
}
