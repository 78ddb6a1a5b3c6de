import { DriverError } from '../../../database/index.ts'
import { errors } from '../../../errors/index.ts'
import type { Change, LiveStructure, OpaqueObject, SchemaDialect, Snapshot } from '../../../schema/index.ts'
import type { StatementRunner } from '../../statement-runner.ts'
import type { Before } from './migration-journal.ts'
import { namesObject } from './names-object.ts'
import { outcomeOf, statementsIn, type Passage } from './passage.ts'

interface Asking {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly live: LiveStructure
}

/** Views and triggers that do not find what they ask for, as `view totals`, with what the engine says. */
export async function brokenReaders({ runner, dialect, live }: Asking): Promise<ReadonlyMap<string, DriverError>> {
  const broken = new Map<string, DriverError>()
  const asked = new Map<string, DriverError | null>()
  for (const object of live.opaque) {
    for (const sql of dialect.readerChecks(object, live.snapshot)) {
      if (!asked.has(sql)) asked.set(sql, await failureOf(runner, sql))
      const failure = asked.get(sql) ?? null
      if (failure !== null) broken.set(readerName(object), failure)
    }
  }
  return broken
}

async function failureOf(runner: StatementRunner, sql: string): Promise<DriverError | null> {
  try {
    await runner.rows({ sql, parameters: [] })
    return null
  } catch (error) {
    if (error instanceof DriverError && !error.endsSession && !error.retryable) return error
    throw error
  }
}

function readerName({ kind, name, table }: OpaqueObject): string {
  return `${kind} ${name}${table === null ? '' : ` of ${table}`}`
}

/** What worked before a revision works after it. `MIGRATION_BREAKS`. */
export async function refuseBroken(passage: Passage, live: LiveStructure, before: Before): Promise<void> {
  const { runner, dialect } = passage
  const broken = [...(await brokenReaders({ runner, dialect, live }))].filter(([name]) => !before.broken.includes(name))
  const [first] = broken
  if (first === undefined) return
  throw breaks(
    passage,
    broken.map(([name]) => name),
    first[1],
  )
}

/**
 * The same before the first change, where nothing could be rolled back: what the declared structures before and after say to be gone
 * or renamed, and a view or trigger that no step names asks for. `MIGRATION_BREAKS`.
 */
export function refuseBreaking(
  passage: Passage,
  live: LiveStructure,
  declared: { readonly before: Snapshot; readonly after: Snapshot },
): void {
  const { dialect } = passage
  if (dialect.transactionalDdl) return
  const statements = statementsIn(passage)
  const readers = live.opaque.filter((object) => !statements.some((sql) => namesObject(sql, object)))
  const isLimited = (change: Change, opaque: readonly OpaqueObject[]): boolean =>
    dialect.render.limits(change, { opaque }) !== null
  // What the engine refuses without any of them is not their doing.
  const lost = lostNames(live, declared).filter((change) => !isLimited(change, []))
  const inTheWay = readers.filter((reader) => lost.some((change) => isLimited(change, [reader])))
  if (inTheWay.length > 0) throw breaks(passage, inTheWay.map(readerName))
}

/** Declared tables and columns whose names are nobody's afterwards. */
function lostNames(
  { snapshot }: LiveStructure,
  { before, after }: { readonly before: Snapshot; readonly after: Snapshot },
): readonly Change[] {
  return Object.keys(before.tables).flatMap((name): readonly Change[] => {
    const live = snapshot.tables[name]
    if (live === undefined) return []
    const left = after.tables[name]
    if (left === undefined) return [{ kind: 'dropTable', live, source: null }]
    const declared = new Set(before.tables[name]?.columns.map((column) => column.name))
    const kept = new Set(left.columns.map((column) => column.name))
    return live.columns
      .filter((column) => declared.has(column.name) && !kept.has(column.name))
      .map((column) => ({ kind: 'dropColumn', table: { live, wanted: live }, live: column, source: null }))
  })
}

function breaks(passage: Passage, names: readonly string[], cause?: unknown): Error {
  const { revision, direction } = passage
  const values = { file: revision.file, direction, list: names.join(', '), outcome: outcomeOf(passage) }
  return errors.MIGRATION_BREAKS({ values, cause })
}
