import { errors, type TerraceError } from '../../errors/index.ts'
import type { Plan } from '../../schema/index.ts'
import { driftLine } from '../../sync/index.ts'

/** Why a plan is no success: what of it is refused. Nothing where nothing is. */
export function refusedPlan({ drift }: Plan): { readonly refusal?: TerraceError } {
  if (drift.length === 0) return {}
  return { refusal: errors.CLI_REFUSED({ values: { count: drift.length, list: drift.map(driftLine).join('\n') } }) }
}
