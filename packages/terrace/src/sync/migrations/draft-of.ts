import type { Plan, PlannedPrecheck, Rename, Step } from '../../schema/index.ts'
import type { MigrationCheck } from './migration.ts'
import type { DraftStep } from './revision-draft.ts'

export interface PlanDraft {
  readonly up: readonly DraftStep[]
  readonly down: readonly DraftStep[]
  /** Declared renames that the steps carry out. */
  readonly renames: readonly Rename[]
}

/**
 * The steps of a plan as those of a revision, with what a reader should know of each. Steps outside of a transaction are written so
 * that they can be run again; a step without a way back is marked so at its place.
 */
export function draftOf({ steps, renames }: Plan): PlanDraft {
  return { up: steps.map(stepUp), down: steps.toReversed().flatMap(stepDown), renames }
}

function stepUp(step: Step): DraftStep {
  const { statements } = step.repeatable ?? step
  const checks = step.prechecks.map(checkOf)
  return {
    comments: [...changeLines(step), ...hazardLines(step), ...costLines(step)],
    step: {
      sql: one(statements),
      ...(checks.length === 0 ? {} : { refuseIf: checks }),
      ...modeOf(step),
    },
  }
}

/** None for a step that leaves nothing to take back. */
function stepDown(step: Step): readonly DraftStep[] {
  const inverse = step.repeatable === undefined ? step.inverse : step.repeatable.inverse
  const changes = step.changes.map(({ object }) => object).join(', ')
  const what = changes === '' ? `table ${step.table}` : changes
  if (inverse === null) return [{ comments: [`undoes ${what}`], step: { irreversible: reasonOf(step, what) } }]
  if (inverse.length === 0) return []
  const gone = lossesOf(step).map((reason) => `the way up ${reason}, and that stays so`)
  return [{ comments: [`undoes ${what}`, ...gone], step: { sql: one(inverse), ...modeOf(step) } }]
}

function modeOf({ repeatable, transaction }: Step): { readonly transaction?: false } {
  return repeatable === undefined && transaction !== 'none' ? {} : { transaction: false }
}

function one(statements: readonly string[]): string | readonly string[] {
  const [first] = statements
  return statements.length === 1 && first !== undefined ? first : statements
}

function checkOf({ sql, parameters, offending, remedy }: PlannedPrecheck): MigrationCheck {
  if (parameters.length > 0) throw new Error(`a check with parameters cannot be written to a revision: ${sql}`)
  return { sql, rows: offending, ...(remedy === undefined ? {} : { remedy }) }
}

function changeLines({ changes, table }: Step): readonly string[] {
  if (changes.length === 0) return [`table ${table}: makes room for another step, or puts back what did`]
  return changes.map(({ object, live, wanted }) => `${object}: ${live} → ${wanted}`)
}

function hazardLines({ hazards }: Step): readonly string[] {
  const shown = hazards.filter(({ class: kind }) => kind !== 'dataDependent' && kind !== 'blocking')
  return shown.map(
    ({ class: kind, reason }) => `${kind}${kind === 'breaking' ? ' for the previous release' : ''}: ${reason}`,
  )
}

function lossesOf({ hazards }: Step): readonly string[] {
  return hazards.flatMap(({ class: kind, reason }) => (kind === 'lossy' ? [reason] : []))
}

const works = {
  none: 'for a moment',
  scan: 'while it reads every row',
  rewrite: 'while it rewrites every row',
} as const

/** What others wait for. A scratch database, on which most plans are made, has no rows to speak of. */
function costLines({ phase, lock: { blocks, work }, rows }: Step): readonly string[] {
  if (phase === 'table' || blocks === 'nothing') return []
  const count = rows === null || rows <= 0 ? '' : `, about ${rows} now`
  return [
    `blocks ${blocks === 'writes' ? 'writing' : 'reading and writing'} ${works[work]}${work === 'none' ? '' : count}`,
  ]
}

function reasonOf(step: Step, what: string): string {
  const lost = lossesOf(step).map((reason) => `it ${reason}`)
  return [`nothing undoes the change of ${what}`, ...lost].join(': ')
}
