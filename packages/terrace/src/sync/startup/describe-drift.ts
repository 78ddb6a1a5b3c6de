import { errors, type TerraceError } from '../../errors/index.ts'
import type { Drift, Source, Step } from '../../schema/index.ts'

/** `STRUCTURE_DRIFT` with one line per difference. */
export function driftError(drift: readonly Drift[]): TerraceError {
  return errors.STRUCTURE_DRIFT({ values: { count: drift.length, list: drift.map(driftLine).join('\n') } })
}

/** `- column products.name [Product.name]: is …, wanted …. Not done: why. What to do.` */
function driftLine({ object, live, wanted, reason, remedy, source }: Drift): string {
  return `- ${object}${source === null ? '' : ` [${declaredAt(source)}]`}: is ${live}, wanted ${wanted}. Not done: ${reason}. ${remedy}.`
}

/** Where the models say it: `Product`, `Product.name`, `Product.name, Product.brandId`. */
function declaredAt({ model, properties }: Source): string {
  return properties.length === 0 ? model : properties.map((property) => `${model}.${property}`).join(', ')
}

/** What `safe` would do is a difference too where nothing may be done. */
export function pendingDrift(step: Step): Drift {
  const [made] = step.makes
  return {
    comparison: 'different',
    object: `${made?.kind ?? 'object'} ${made?.path ?? step.table}`,
    live: 'missing',
    wanted: step.statements.join('; '),
    reason: 'the policy is check, which changes nothing',
    remedy: 'Start once with the policy safe',
    source: step.source,
  }
}
