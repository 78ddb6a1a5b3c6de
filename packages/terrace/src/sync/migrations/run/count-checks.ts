import { DriverError } from '../../../database/index.ts'
import { errors } from '../../../errors/index.ts'
import type { LiveStructure } from '../../../schema/index.ts'
import type { MigrationCheck, MigrationStep } from '../migration.ts'
import { statementsOf } from '../statements-of.ts'
import { mentions } from './mentions.ts'
import { outcomeOf, type Passage, type PassageStep } from './passage.ts'
import { changesRowsOnly, readsOnly } from './statement-kinds.ts'
import { namingPart } from './step-failed.ts'

interface Offence {
  readonly n: number
  readonly rows: number
  readonly check: MigrationCheck
}

/** The texts of checks that nothing stood against before the first change. All others are asked directly before their step. */
export type CountedChecks = ReadonlySet<string>

/**
 * Counts what stands against a revision before its first change, while nobody else writes to the tables that a check names, where the
 * engine can keep others out. Left for later are checks that name what an earlier step makes, and those which rows offend that an
 * earlier step may yet change. `MIGRATION_REFUSED` with all that is offended, `MIGRATION_STEP_FAILED` for what counts nothing.
 */
export async function countChecks(
  passage: Passage,
  steps: readonly PassageStep[],
  live: LiveStructure,
): Promise<CountedChecks> {
  const settled = new Set<string>()
  const offences: Offence[] = []
  let isRowsChanged = false
  for (const step of steps) {
    for (const check of checksOf(step.step)) {
      const rows = await namingPart(passage, { step, sql: check.sql }, () => countedEarly(passage, check, live))
      if (rows === 0) settled.add(check.sql)
      else if (rows !== null && !isRowsChanged) offences.push({ n: step.n, rows, check })
    }
    isRowsChanged ||= mayChangeRows(step.step)
  }
  if (offences.length > 0) throw refused(passage, offences)
  return settled
}

/** What was left for later, directly before its step. */
export async function countLateChecks(passage: Passage, step: PassageStep, early: CountedChecks): Promise<void> {
  const offences: Offence[] = []
  for (const check of checksOf(step.step).filter(({ sql }) => !early.has(sql))) {
    const rows = await namingPart(passage, { step, sql: check.sql }, () => counted(passage, check))
    if (rows > 0) offences.push({ n: step.n, rows, check })
  }
  if (offences.length > 0) throw refused(passage, offences)
}

function checksOf(step: MigrationStep): readonly MigrationCheck[] {
  return 'sql' in step ? (step.refuseIf ?? []) : []
}

function mayChangeRows(step: MigrationStep): boolean {
  return 'data' in step || ('sql' in step && statementsOf(step).some(changesRowsOnly))
}

const savepoint = 'terrace_check'

/** Null where what it names is not there yet. */
async function countedEarly(passage: Passage, check: MigrationCheck, live: LiveStructure): Promise<number | null> {
  const { runner, dialect } = passage
  const { connection } = runner
  // A failed statement spoils the rest of a transaction on engines that have one here.
  const isGuarded = dialect.transactionalDdl
  for (const name of Object.keys(live.snapshot.tables)) {
    const lock = mentions(check.sql, name) ? dialect.lockRows(name) : null
    if (lock !== null) await runner.run(lock)
  }
  if (isGuarded) await connection.savepoint(savepoint)
  try {
    const rows = await counted(passage, check)
    if (isGuarded) await connection.releaseSavepoint(savepoint)
    return rows
  } catch (error) {
    if (!(error instanceof DriverError) || error.kind !== 'missingObject') throw error
    if (isGuarded) await connection.rollbackToSavepoint(savepoint)
    if (isGuarded) await connection.releaseSavepoint(savepoint)
    return null
  }
}

async function counted({ runner }: Passage, { sql }: MigrationCheck): Promise<number> {
  // Elsewhere than in a transaction it would be done for good by the time that its answer is looked at.
  if (!readsOnly(sql)) throw new Error(noCount)
  const [row] = await runner.rows({ sql, parameters: [] })
  const rows = Number(row?.['offending'] ?? Number.NaN)
  if (Number.isInteger(rows)) return rows
  throw new Error(noCount)
}

const noCount = 'a check answers one row with a number as offending: select count(*) as offending from …'

function refused(passage: Passage, offences: readonly Offence[]): Error {
  const { revision, direction } = passage
  const list = offences.map(({ n, rows, check }) => {
    const remedy = check.remedy === undefined ? '' : ` ${check.remedy}.`
    return `- step ${n}: ${rows} ${check.rows}. They are shown by: ${shownBy(check)}${remedy === '' ? '' : `.${remedy}`}`
  })
  return errors.MIGRATION_REFUSED({
    values: { file: revision.file, direction, list: list.join('\n'), outcome: outcomeOf(passage) },
  })
}

/** The statement that shows what another counts; where it counts in a way of its own, that. */
function shownBy({ sql }: MigrationCheck): string {
  return sql.replace('select count(*) as offending', 'select *')
}
