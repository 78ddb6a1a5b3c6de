import {
  objectsOf,
  scratchCopy,
  snapshotFrom,
  type CanonicalForm,
  type LiveStructure,
  type SchemaDialect,
  type Snapshot,
  type TableShape,
} from '../schema/index.ts'
import { ledgerKey, type LedgerEntry } from './journal/ledger.ts'
import { readStructure } from './read-structure.ts'
import type { StatementRunner } from './statement-runner.ts'

export interface CanonicalInput {
  readonly declared: Snapshot
  readonly live: LiveStructure
  /** By `ledgerKey`; empty where there is no ledger yet. */
  readonly ledger: ReadonlyMap<string, LedgerEntry>
}

/**
 * The declared tables that are live, as the engine prints them. Where it must be asked, tables are skipped whose every
 * object the ledger has seen printed by this very server version and finds unchanged.
 */
export async function canonicalWanted(
  runner: StatementRunner,
  dialect: SchemaDialect,
  input: CanonicalInput,
): Promise<Snapshot> {
  const { canonicalForm } = dialect
  if (canonicalForm.kind === 'parsed') return canonicalForm.of(input.declared)
  const existing = Object.values(input.declared.tables).filter(
    ({ name }) => input.live.snapshot.tables[name] !== undefined,
  )
  const known = new Map(
    existing.flatMap((table) => asPrinted(table, dialect, input) ?? []).map((table) => [table.name, table]),
  )
  const asked = existing.filter(({ name }) => !known.has(name))
  const printed =
    asked.length === 0 ? [] : Object.values((await print(runner, dialect, { canonicalForm, tables: asked })).tables)
  return snapshotFrom([...known.values(), ...printed])
}

/** The live table, as far as it is declared, if the ledger knows all of that; null otherwise. */
function asPrinted(
  declared: TableShape,
  { server }: SchemaDialect,
  { live, ledger }: CanonicalInput,
): TableShape | null {
  const table = live.snapshot.tables[declared.name]
  if (table === undefined) return null
  const printed = new Map(objectsOf(table).map((object) => [ledgerKey(object), object.hash]))
  const isKnown = objectsOf(declared).every((object) => {
    const entry = ledger.get(ledgerKey(object))
    if (entry === undefined || entry.declaredHash !== object.hash || entry.server !== serverText(server)) return false
    return entry.canonicalHash === printed.get(ledgerKey(object))
  })
  return isKnown ? declaredPart(table, declared) : null
}

function declaredPart(table: TableShape, declared: TableShape): TableShape {
  const only = <T extends { readonly name: string | null }>(live: readonly T[], wanted: readonly T[]): readonly T[] => {
    const names = new Set(wanted.map(({ name }) => name))
    return live.filter(({ name }) => names.has(name))
  }
  return {
    ...table,
    columns: only(table.columns, declared.columns),
    uniques: only(table.uniques, declared.uniques),
    indexes: only(table.indexes, declared.indexes),
    foreignKeys: only(table.foreignKeys, declared.foreignKeys),
    checks: only(table.checks, declared.checks),
  }
}

export function serverText({ product, version }: SchemaDialect['server']): string {
  return `${product} ${version}`
}

interface Printing {
  readonly canonicalForm: Extract<CanonicalForm, { readonly kind: 'scratch' }>
  readonly tables: readonly TableShape[]
}

/** Builds copies, reads them and removes them. */
async function print(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { canonicalForm, tables }: Printing,
): Promise<Snapshot> {
  const copy = scratchCopy(tables)
  const names = copy.tables.map(({ name }) => name)
  const printed = async (): Promise<Snapshot> => {
    for (const table of copy.tables) for (const sql of canonicalForm.build(table)) await runner.run(sql)
    const { snapshot } = await readStructure(runner, dialect, 'scratch')
    return copy.restore(snapshot)
  }
  return dialect.transactionalDdl ? rolledBack(runner, printed) : swept(runner, canonicalForm.remove(names), printed)
}

/** Removes before, too: an earlier start may have been killed between building and removing. */
async function swept<T>(runner: StatementRunner, removals: readonly string[], work: () => Promise<T>): Promise<T> {
  for (const sql of removals) await runner.run(sql)
  try {
    return await work()
  } finally {
    for (const sql of removals) await runner.run(sql)
  }
}

const savepoint = 'terrace_scratch'

async function rolledBack<T>({ connection }: StatementRunner, work: () => Promise<T>): Promise<T> {
  await connection.savepoint(savepoint)
  const result = await work()
  await connection.rollbackToSavepoint(savepoint)
  await connection.releaseSavepoint(savepoint)
  return result
}
