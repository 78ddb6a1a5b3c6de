import type { Hazard } from '../plan/plan.ts'
import type { RenderedStep } from '../schema-dialect.ts'

/** A lock on a table that has rows, held for as long as the work over them takes. */
export function blocking({ phase, lock }: RenderedStep): Hazard | null {
  if (phase === 'table' || lock.blocks === 'nothing' || lock.work === 'none') return null
  return {
    class: 'blocking',
    reason: `${lock.work === 'scan' ? 'reads' : 'rewrites'} every row while it blocks ${lock.blocks}`,
  }
}
