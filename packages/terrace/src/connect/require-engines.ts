import { nearestName, problemAt, refuseProblems, type ByEngine, type ModelGraph } from '../model/index.ts'
import { enginesByScheme } from './dialects.ts'

/** `MODEL_DECLARATION` with every part of `stored` whose name is no engine's: it would keep nothing, and nobody would know. */
export function requireEngines(graph: ModelGraph): void {
  const engines = new Set(Object.values(enginesByScheme))
  const unknown = (where: string, stored: ByEngine<unknown> | null): readonly ReturnType<typeof problemAt>[] =>
    Object.keys(stored ?? {})
      .filter((name) => !engines.has(name))
      .map((name) => problemAt(`${where}, stored.${name}`, 'is the name of no engine', remedyFor(name)))
  refuseProblems(
    Object.values(graph.models).flatMap((model) => [
      ...unknown(model.name, model.stored),
      ...model.columns.flatMap((column) => unknown(`${model.name}.${column.name}`, column.stored)),
    ]),
  )
}

/** The schemes of URLs are names that one engine goes by. */
function remedyFor(name: string): string {
  const known = Object.keys(enginesByScheme)
  const nearest = nearestName(name.toLowerCase(), known)
  const engine = nearest === null ? undefined : enginesByScheme[nearest]
  if (engine !== undefined) return `Write ${engine}`
  return `Write one of ${[...new Set(Object.values(enginesByScheme))].join(', ')}`
}
