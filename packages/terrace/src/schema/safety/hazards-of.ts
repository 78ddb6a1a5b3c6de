import type { Change } from '../change.ts'
import type { Hazard } from '../plan/plan.ts'
import type { RenderedStep } from '../schema-dialect.ts'
import { blocking } from './blocking.ts'
import { dataDependent } from './data-dependent.ts'
import { irreversible } from './irreversible.ts'

/** Looks at one step for one class of hazard. */
type Analyser = (change: Change, step: RenderedStep) => Hazard | null

const analysers: readonly Analyser[] = [dataDependent, blocking, irreversible]

/** The hazards of a step, one analyser each. */
export function hazardsOf(change: Change, step: RenderedStep): readonly Hazard[] {
  return analysers.flatMap((analyse) => analyse(change, step) ?? [])
}
