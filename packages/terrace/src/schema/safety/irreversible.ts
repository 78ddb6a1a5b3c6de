import type { Hazard } from '../plan/plan.ts'
import type { RenderedStep } from '../schema-dialect.ts'

export function irreversible({ inverse }: RenderedStep): Hazard | null {
  return inverse === null ? { class: 'irreversible', reason: 'there is no step back' } : null
}
