import {
  objectsOf,
  snapshotFrom,
  type LiveStructure,
  type SchemaDialect,
  type Snapshot,
  type TableShape,
} from '../../schema/index.ts'
import { ledgerKey, type LedgerEntry } from '../journal/ledger.ts'
import { serverText } from '../server-text.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { printTables } from './print-tables.ts'
import { settleExpressions } from './settle-expressions.ts'

export interface CanonicalInput {
  readonly declared: Snapshot
  readonly live: LiveStructure
  /** By `ledgerKey`, under the names that `live` has; empty where there is no ledger yet. */
  readonly ledger: ReadonlyMap<string, LedgerEntry>
}

export interface Canonical {
  readonly snapshot: Snapshot
  /** See `PlanContext.notBuilt`. */
  readonly notBuilt: ReadonlyMap<string, string>
}

/**
 * The declared tables that are live, as the engine prints them, with the live text of each expression that is the same. Where
 * the engine must be asked, tables are skipped whose every object the ledger has seen printed by this very server version and
 * finds unchanged. Needs a transaction where DDL can be rolled back.
 */
export async function canonicalWanted(
  runner: StatementRunner,
  dialect: SchemaDialect,
  input: CanonicalInput,
): Promise<Canonical> {
  const form = dialect.canonicalForm
  if (form.kind === 'parsed') return { snapshot: form.of(input.declared), notBuilt: new Map() }
  const existing = Object.values(input.declared.tables).filter(
    ({ name }) => input.live.snapshot.tables[name] !== undefined,
  )
  const known = new Map(
    existing.flatMap((table) => asPrinted(table, dialect, input) ?? []).map((table) => [table.name, table]),
  )
  const asked = { runner, dialect, form }
  const { tables, notBuilt } = await printTables(
    asked,
    existing.filter(({ name }) => !known.has(name)),
  )
  const sides = Object.values(tables).flatMap((wanted) => {
    const live = input.live.snapshot.tables[wanted.name]
    return live === undefined ? [] : [{ wanted, live }]
  })
  const settled = await settleExpressions(sides, async (again) => (await printTables(asked, again)).tables)
  return { snapshot: snapshotFrom([...known.values(), ...settled]), notBuilt }
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
    comment: declared.comment === null ? null : table.comment,
    primaryKey: declared.primaryKey === null ? null : table.primaryKey,
    columns: only(table.columns, declared.columns),
    uniques: only(table.uniques, declared.uniques),
    indexes: only(table.indexes, declared.indexes),
    foreignKeys: only(table.foreignKeys, declared.foreignKeys),
    checks: only(table.checks, declared.checks),
  }
}
