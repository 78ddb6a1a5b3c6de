import { fileError } from './file-problem.ts'
import { migrationProblems } from './migration-problems.ts'
import type { Migration } from './migration.ts'

/**
 * What a revision's file exports by default: the steps given, checked and frozen. `MIGRATION_FILE` with all that is wrong.
 *
 * ```ts
 * export default migration({
 *   dialect: 'sqlite',
 *   revision: '20261121093000a1b2',
 *   parents: [],
 *   description: 'add barcode',
 *   up: [{ sql: 'alter table products add column barcode text' }],
 *   down: [{ sql: 'alter table products drop column barcode' }],
 * })
 * ```
 */
export function migration(declared: Migration): Migration {
  const problems = migrationProblems(declared)
  if (problems.length === 0) return frozen(declared)
  const { revision } = (declared ?? {}) as Partial<Migration>
  const file = `revision ${typeof revision === 'string' && revision !== '' ? revision : 'without an id'}`
  throw fileError(problems.map((problem) => ({ file, ...problem })))
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
