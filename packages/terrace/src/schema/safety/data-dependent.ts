import type { Change } from '../change.ts'
import type { Hazard } from '../plan/plan.ts'
import type { RenderedStep } from '../schema-dialect.ts'

/** A step that rows can stand against says how they are counted. */
export function dataDependent(_change: Change, { precheck }: RenderedStep): Hazard | null {
  return precheck === null ? null : { class: 'dataDependent', reason: `fails where there are ${precheck.offending}` }
}
