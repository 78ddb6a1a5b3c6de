import type { ObjectPath, SchemaDialect } from '../../schema/index.ts'
import { insertRows } from '../insert-rows.ts'
import type { StatementRunner } from '../statement-runner.ts'

/** One object that the engine made. */
export interface LedgerEntry extends ObjectPath {
  readonly model: string | null
  readonly fact: string | null
  readonly declaredHash: string
  /** Of the object as the engine printed it; empty while nobody has looked. */
  readonly canonicalHash: string
  readonly server: string
  readonly renames: string
  readonly seededAt: number | null
}

/** Instead of the model fact, of an object that the engine made and that the models of the last start declared no longer. */
export const undeclaredFact = 'undeclared'

const columns = ['kind', 'path', 'model', 'fact', 'declared_hash', 'canonical_hash', 'server', 'renames', 'seeded_at']

export function ledgerKey({ kind, path }: { readonly kind: string; readonly path: string }): string {
  return `${kind} ${path}`
}

/** The ownership ledger by `ledgerKey`. */
export async function readLedger(runner: StatementRunner): Promise<ReadonlyMap<string, LedgerEntry>> {
  const rows = await runner.rows({ sql: `select ${columns.join(', ')} from terrace_object`, parameters: [] })
  return new Map(rows.map(entryOf).map((entry) => [ledgerKey(entry), entry]))
}

function entryOf(row: Readonly<Record<string, unknown>>): LedgerEntry {
  const text = (name: string): string | null => (row[name] === null ? null : String(row[name]))
  return {
    kind: String(row['kind']) as LedgerEntry['kind'],
    path: String(row['path']),
    model: text('model'),
    fact: text('fact'),
    declaredHash: String(row['declared_hash']),
    canonicalHash: String(row['canonical_hash']),
    server: String(row['server']),
    renames: String(row['renames']),
    seededAt: row['seeded_at'] === null ? null : Number(row['seeded_at']),
  }
}

/** Writes the entries that are new or differ from what is known. */
export async function writeLedger(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { known, entries }: { readonly known: ReadonlyMap<string, LedgerEntry>; readonly entries: readonly LedgerEntry[] },
): Promise<void> {
  const changed = entries.filter((entry) => !isSame(known.get(ledgerKey(entry)), entry))
  for (const { kind, path } of changed.filter((entry) => known.has(ledgerKey(entry)))) {
    const where = `kind = ${dialect.placeholder(1)} and path = ${dialect.placeholder(2)}`
    await runner.run(`delete from terrace_object where ${where}`, [kind, path])
  }
  await insertRows(runner, dialect, { table: 'terrace_object', columns, rows: changed.map(rowOf) })
}

/** Remembers when a table was seeded. */
export async function recordSeeded(
  runner: StatementRunner,
  dialect: SchemaDialect,
  table: string,
  at: Date,
): Promise<void> {
  const [seededAt, path] = [dialect.placeholder(1), dialect.placeholder(2)]
  const sql = `update terrace_object set seeded_at = ${seededAt} where kind = 'table' and path = ${path}`
  await runner.run(sql, [at.getTime(), table])
}

function rowOf(entry: LedgerEntry): readonly unknown[] {
  const { kind, path, model, fact, declaredHash, canonicalHash, server, renames, seededAt } = entry
  return [kind, path, model, fact, declaredHash, canonicalHash, server, renames, seededAt]
}

function isSame(known: LedgerEntry | undefined, entry: LedgerEntry): boolean {
  return known !== undefined && rowOf(known).every((value, at) => value === rowOf(entry)[at])
}
