import type { Change } from '../change.ts'
import type { Hazard, Precheck } from '../plan/plan.ts'
import type { RenderedStep, SchemaDialect } from '../schema-dialect.ts'
import { blocking } from './blocking.ts'
import { breaking } from './breaking.ts'
import { dataDependent } from './data-dependent.ts'
import { irreversible } from './irreversible.ts'
import { lossy } from './lossy.ts'

type Conversions = Pick<SchemaDialect, 'conversions' | 'quoteName'>

/** The hazards that a change has however it is carried out. */
function hazardsOfChange(change: Change, dialect: Conversions): readonly Hazard[] {
  return [lossy(change, dialect), breaking(change)].filter((hazard) => hazard !== null)
}

/** The hazards of a step: those of its changes, and those of the way it goes about them. */
export function hazardsOf(step: RenderedStep, prechecks: readonly Precheck[], dialect: Conversions): readonly Hazard[] {
  return [
    ...step.changes.flatMap((change) => hazardsOfChange(change, dialect)),
    ...dataDependent(prechecks),
    ...[blocking(step), irreversible(step)].filter((hazard) => hazard !== null),
  ]
}
