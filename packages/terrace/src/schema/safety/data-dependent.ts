import type { Hazard, Precheck } from '../plan/plan.ts'

/** A step that rows can stand against says how they are counted. */
export function dataDependent(prechecks: readonly Precheck[]): readonly Hazard[] {
  return prechecks.map(({ offending }) => ({ class: 'dataDependent', reason: `fails where there are ${offending}` }))
}
