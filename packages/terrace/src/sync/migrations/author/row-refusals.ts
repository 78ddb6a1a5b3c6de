import { DriverError } from '../../../database/index.ts'
import type { Snapshot } from '../../../schema/index.ts'
import type { StatementRunner } from '../../statement-runner.ts'
import type { MigrationCheck, MigrationStep } from '../migration.ts'
import { mentions } from '../run/mentions.ts'

/** A check that the rows which are there do not pass, and the tables that it is about. */
export interface RowRefusal {
  readonly check: MigrationCheck
  readonly tables: readonly string[]
}

/** The checks of steps that sample rows would be refused by. What names things that are not there yet is asked later, by the run. */
export async function rowRefusals(
  runner: StatementRunner,
  steps: readonly MigrationStep[],
  { tables }: Snapshot,
): Promise<readonly RowRefusal[]> {
  const refusals: RowRefusal[] = []
  for (const check of steps.flatMap(checksOf)) {
    if ((await offending(runner, check)) === 0) continue
    refusals.push({ check, tables: Object.keys(tables).filter((name) => mentions(check.sql, name)) })
  }
  return refusals
}

function checksOf(step: MigrationStep): readonly MigrationCheck[] {
  return 'sql' in step ? (step.refuseIf ?? []) : []
}

async function offending(runner: StatementRunner, { sql }: MigrationCheck): Promise<number> {
  try {
    const [row] = await runner.rows({ sql, parameters: [] })
    return Number(row?.['offending'])
  } catch (error) {
    if (error instanceof DriverError && error.kind === 'missingObject') return 0
    throw error
  }
}

/** Tables, and those whose rows refer to theirs, and so on. */
export function withReferring(names: Iterable<string>, { tables }: Snapshot): readonly string[] {
  const found = new Set(names)
  const isReferring = (name: string): boolean =>
    !found.has(name) && tables[name]?.foreignKeys.some(({ targetTable }) => found.has(targetTable)) === true
  const all = Object.keys(tables)
  for (let next = all.find(isReferring); next !== undefined; next = all.find(isReferring)) found.add(next)
  return [...found]
}
