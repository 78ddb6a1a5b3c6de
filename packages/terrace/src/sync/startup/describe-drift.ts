import { errors, type TerraceError } from '../../errors/index.ts'
import type { Drift, Step } from '../../schema/index.ts'

/** `STRUCTURE_DRIFT` with one line per difference. */
export function driftError(drift: readonly Drift[]): TerraceError {
  return errors.STRUCTURE_DRIFT({ values: { count: drift.length, list: drift.map(driftLine).join('\n') } })
}

/** `- column products.name: is …, wanted …; why (model). What to do` */
export function driftLine({ object, live, wanted, reason, remedy, source }: Drift): string {
  const model = source === null ? '' : ` [${source.model}.${source.name}]`
  return `- ${object}${model}: is ${live}, wanted ${wanted}. Not done: ${reason}. ${remedy}.`
}

/** What `safe` would do is a difference too where nothing may be done. */
export function pendingDrift(step: Step): Drift {
  const [made] = step.makes
  return {
    comparison: 'different',
    object: `${made?.kind ?? 'object'} ${made?.path ?? step.table}`,
    live: 'missing',
    wanted: step.sql,
    reason: 'the policy is check, which changes nothing',
    remedy: 'Start once with the policy safe, or apply it by a migration',
    source: step.source,
  }
}
