import type { ModelGraph } from '../model/index.ts'
import type { Unsupported } from './runtime-dialect.ts'

/** Keys that the database numbers, and that `stored` leaves without a number on an engine. */
export function unnumberedKeys({ models }: ModelGraph, engine: string): readonly Unsupported[] {
  return Object.values(models).flatMap(({ name, columns }) =>
    columns.flatMap(({ name: column, stamp, stored }) => {
      const kept = stored?.[engine]
      if (stamp !== 'identity' || kept?.identity !== null || (kept.default ?? null) !== null) return []
      const reason = 'it is an identity, and stored takes its numbering away'
      return [{ model: name, column, reason, remedy: "Keep identity: 'byDefault', or give a default that numbers it" }]
    }),
  )
}
