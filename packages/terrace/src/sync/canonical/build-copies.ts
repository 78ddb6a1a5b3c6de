import { DriverError } from '../../database/index.ts'
import type { CanonicalForm, TableShape } from '../../schema/index.ts'
import type { StatementRunner } from '../statement-runner.ts'

export interface Building {
  readonly runner: StatementRunner
  readonly form: Extract<CanonicalForm, { readonly kind: 'scratch' }>
  /** What was built can be taken back to a savepoint. */
  readonly hasSavepoints: boolean
}

/** A statement that the engine refused while copies were built, in its words. */
export interface Refused {
  readonly sql: string
  readonly words: string
}

/** What could not be built of one copy. */
export interface Failures {
  readonly statements: readonly Refused[]
  /** Columns that were built without their default and without being generated, by name, with the engine's words. */
  readonly columns: ReadonlyMap<string, string>
}

const nothing: Failures = { statements: [], columns: new Map() }

/** Builds one copy; a part that the engine refuses leaves the others. */
export async function buildCopy(building: Building, copy: TableShape): Promise<Failures> {
  const statements = building.form.build(copy)
  if (building.hasSavepoints && (await attempt(building, statements)) === null) return nothing
  const [table = '', ...parts] = statements
  const refusal = await attempt(building, [table])
  if (refusal === null) return { ...nothing, statements: await buildParts(building, parts) }
  const columns = await refusedColumns(building, copy)
  if (columns.size === 0) return { ...nothing, statements: [refusal] }
  const plain = {
    ...copy,
    columns: copy.columns.map((column) => (columns.has(column.name) ? asPlain(column) : column)),
  }
  const again = await buildCopy(building, plain)
  return { statements: again.statements, columns: new Map([...columns, ...again.columns]) }
}

async function buildParts(building: Building, parts: readonly string[]): Promise<readonly Refused[]> {
  const refused: Refused[] = []
  for (const sql of parts) {
    const refusal = await attempt(building, [sql])
    if (refusal !== null) refused.push(refusal)
  }
  return refused
}

/** Each column with an expression is tried by itself, the others without theirs. */
async function refusedColumns(building: Building, copy: TableShape): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>()
  for (const { name, default: fallback, generated } of copy.columns) {
    if (fallback === null && generated === null) continue
    const columns = copy.columns.map((column) => (column.name === name ? column : asPlain(column)))
    const alone: TableShape = { ...copy, columns, primaryKey: null, uniques: [], indexes: [], checks: [] }
    const [table = ''] = building.form.build(alone)
    const refusal = await trial(building, { copy, sql: table })
    if (refusal !== null) refused.set(name, refusal.words)
  }
  return refused
}

/** Builds and takes it back at once. */
async function trial(
  building: Building,
  { copy, sql }: { readonly copy: TableShape; readonly sql: string },
): Promise<Refused | null> {
  const { runner, form, hasSavepoints } = building
  if (hasSavepoints) await runner.connection.savepoint(trialSavepoint)
  const refusal = await attempt(building, [sql])
  if (hasSavepoints) await undone(runner, trialSavepoint)
  else for (const removal of form.remove([copy.name])) await runner.run(removal)
  return refusal
}

async function undone({ connection }: StatementRunner, name: string): Promise<void> {
  await connection.rollbackToSavepoint(name)
  await connection.releaseSavepoint(name)
}

function asPlain(column: TableShape['columns'][number]): TableShape['columns'][number] {
  return { ...column, default: null, generated: null }
}

const savepoint = 'terrace_copy'
const trialSavepoint = 'terrace_trial'

/** Runs statements as one; null when all of them went through. Whoever may not build at all is told so. */
async function attempt({ runner, hasSavepoints }: Building, statements: readonly string[]): Promise<Refused | null> {
  const { connection } = runner
  if (hasSavepoints) await connection.savepoint(savepoint)
  for (const sql of statements) {
    const refusal = await refusalOf(runner, sql)
    if (refusal === null) continue
    if (hasSavepoints) await undone(runner, savepoint)
    return refusal
  }
  if (hasSavepoints) await connection.releaseSavepoint(savepoint)
  return null
}

/** What says something about the connection, the time or the user says nothing about the object. */
const aboutSomethingElse = new Set(['connection', 'permission', 'diskFull', 'readOnly', 'timeout'])

async function refusalOf(runner: StatementRunner, sql: string): Promise<Refused | null> {
  try {
    await runner.run(sql)
    return null
  } catch (error) {
    if (!(error instanceof DriverError) || error.retryable || aboutSomethingElse.has(error.kind)) throw error
    return { sql, words: wordsOf(error) }
  }
}

/** The engine's own words; what it says of a structure holds no row. */
function wordsOf({ cause, message }: DriverError): string {
  return (cause instanceof Error ? cause.message : message).replaceAll(/\s*\n\s*/g, ' ')
}
