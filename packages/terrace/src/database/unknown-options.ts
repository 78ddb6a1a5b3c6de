import { nearestName, type ModelGraph } from '../model/index.ts'
import type { Unsupported } from './runtime-dialect.ts'

/** By option, the values that it can have; null for any. */
export type TableOptions = Readonly<Record<string, readonly string[] | null>>

/** What `stored` says of options of tables that an engine does not have: no table would ever be as it says. */
export function unknownOptions(graph: ModelGraph, engine: string, options: TableOptions): readonly Unsupported[] {
  const known = Object.keys(options)
  return Object.values(graph.models).flatMap(({ name: model, stored }) =>
    Object.entries(stored?.[engine]?.options ?? {}).flatMap(([option, value]) => {
      const values = options[option]
      if (values === undefined) {
        const nearest = nearestName(option, known)
        const remedy =
          nearest === null
            ? `Leave it away${known.length === 0 ? '' : `: there are ${known.join(', ')}`}`
            : `Write ${nearest}`
        return [{ model, column: null, reason: `tables have no option ${option} here`, remedy }]
      }
      if (values === null || values.includes(value)) return []
      const list = values.map((one) => `'${one}'`).join(' or ')
      return [{ model, column: null, reason: `the option ${option} is never '${value}'`, remedy: `Write ${list}` }]
    }),
  )
}
