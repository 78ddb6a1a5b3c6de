import { errors } from '../errors/index.ts'
import type { ModelGraph } from '../model/index.ts'
import type { Dialect } from './dialects.ts'
import { requireEngines } from './require-engines.ts'

/** `DIALECT_UNSUPPORTED` with everything that the engine cannot hold; `MODEL_DECLARATION` for `stored` of an engine that is none. */
export function requireSupport({ runtime }: Dialect, graph: ModelGraph): void {
  requireEngines(graph)
  const unsupported = runtime.unsupported(graph)
  if (unsupported.length === 0) return
  const problems = unsupported.map(({ model, column, reason, remedy }) => {
    const where = column === null ? model : `${model}.${column}`
    return `${where}: ${reason} (${remedy})`
  })
  throw errors.DIALECT_UNSUPPORTED({ values: { product: runtime.name, problems: problems.join('; ') } })
}
