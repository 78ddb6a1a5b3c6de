import { errors, type TerraceError } from '../../errors/index.ts'
import type { Drift, PlannedChange, Source, Step } from '../../schema/index.ts'

/** `STRUCTURE_DRIFT` with one line per difference, and those of the plan's steps that were not begun because of them. */
export function driftError(drift: readonly Drift[], steps: readonly Step[] = []): TerraceError {
  const rest = steps.length === 0 ? [] : [`Planned besides, and not begun:`, ...steps.map(stepLine)]
  const list = [...drift.map(driftLine), ...rest].join('\n')
  return errors.STRUCTURE_DRIFT({ values: { count: drift.length, list } })
}

/** `- column products.name [Product.name]: is …, wanted …. Not done: why. What to do.` */
export function driftLine({ object, live, wanted, reason, remedy, source }: Drift): string {
  return `- ${object}${source === null ? '' : ` [${declaredAt(source)}]`}: is ${live}, wanted ${wanted}. Not done: ${reason}. ${remedy}.`
}

/** `  1. column products.kcal: missing → integer null (blocks: rewrites every row while it blocks everything)` */
function stepLine({ n, changes, table, hazards }: Step): string {
  const what = changes.map(({ object, live, wanted }) => `${object}: ${live} → ${wanted}`)
  const reasons = [...new Set(hazards.map(({ class: kind, reason }) => `${hazardWords[kind]}: ${reason}`))]
  const words = what.length === 0 ? `table ${table}: makes room` : what.join('; ')
  return `  ${n}. ${words}${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}`
}

const hazardWords: Readonly<Record<Step['hazards'][number]['class'], string>> = {
  lossy: 'loses values',
  dataDependent: 'depends on the rows',
  blocking: 'blocks',
  breaking: 'breaks the previous release',
  irreversible: 'cannot be undone',
}

/** Where the models say it: `Product`, `Product.name`, `Product.name, Product.brandId`. */
export function declaredAt({ model, fact, name, properties }: Source): string {
  if (fact === 'column' && properties.length === 0) return `${model}.${name}`
  return properties.length === 0 ? model : properties.map((property) => `${model}.${property}`).join(', ')
}

/** What `safe` would do is a difference too where nothing may be done. */
export function pendingDrift({ changes }: Step): readonly Drift[] {
  return changes.map(({ object, live, wanted, source }: PlannedChange): Drift => ({
    comparison: 'different',
    object,
    live,
    wanted,
    source,
    reason: 'the policy is check, which changes nothing',
    remedy: 'Apply the revision that does it (terrace db upgrade), or start once with the policy safe',
  }))
}
