import type { ObjectKind, ObjectPath, SchemaDialect } from '../../schema/index.ts'
import { insertRows } from '../insert-rows.ts'
import type { StatementRunner } from '../statement-runner.ts'

/** One object that the engine made; of the kind `seeds` when rows were put into somebody else's table. */
export interface LedgerEntry {
  readonly kind: ObjectKind | 'seeds'
  readonly path: string
  readonly model: string | null
  readonly fact: string | null
  readonly declaredHash: string
  /** Of the object as the engine printed it; empty while nobody has looked. */
  readonly canonicalHash: string
  readonly server: string
  /** JSON: former names that declared renames have taken from it. */
  readonly renames: string
  readonly seededAt: number | null
}

/** The ownership ledger by `ledgerKey`. */
export type Ledger = ReadonlyMap<string, LedgerEntry>

/** Instead of the model fact, of an object that the engine made and that the models of the last start declared no longer. */
export const undeclaredFact = 'undeclared'

const columns = ['kind', 'path', 'model', 'fact', 'declared_hash', 'canonical_hash', 'server', 'renames', 'seeded_at']

export function ledgerKey({ kind, path }: { readonly kind: string; readonly path: string }): string {
  return `${kind} ${path}`
}

export async function readLedger(runner: StatementRunner): Promise<Ledger> {
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

/** Makes the stored ledger, which is `before`, what is wanted: entries that are the same are left alone. */
export async function writeLedger(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { before, after }: { readonly before: Ledger; readonly after: Ledger },
): Promise<void> {
  const gone = [...before].filter(([key, entry]) => !isSame(after.get(key), entry))
  const where = `kind = ${dialect.placeholder(1)} and path = ${dialect.placeholder(2)}`
  for (const [, { kind, path }] of gone) await runner.run(`delete from terrace_object where ${where}`, [kind, path])
  const come = [...after].filter(([key, entry]) => !isSame(before.get(key), entry))
  await insertRows(runner, dialect, { table: 'terrace_object', columns, rows: come.map(([, entry]) => rowOf(entry)) })
}

/** Remembers when a table was seeded, also one that somebody else made. */
export async function recordSeeded(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { table, at }: { readonly table: string; readonly at: Date },
): Promise<void> {
  const [seededAt, path] = [dialect.placeholder(1), dialect.placeholder(2)]
  const sql = `update terrace_object set seeded_at = ${seededAt} where kind in ('table', 'seeds') and path = ${path}`
  if ((await runner.changed(sql, [at.getTime(), table])) > 0) return
  const entry: LedgerEntry = {
    kind: 'seeds',
    path: table,
    model: null,
    fact: null,
    declaredHash: '',
    canonicalHash: '',
    server: '',
    renames: '[]',
    seededAt: at.getTime(),
  }
  await insertRows(runner, dialect, { table: 'terrace_object', columns, rows: [rowOf(entry)] })
}

/**
 * Forgets how the objects of a table were printed, but for those that a person has changed: while a step is half done, what it
 * has changed already must not pass for a change by hand.
 */
export async function forgetPrinted(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { table, but }: { readonly table: string; readonly but: readonly ObjectPath[] },
): Promise<void> {
  const at = (position: number): string => dialect.placeholder(position)
  const start = `${table}.`
  const kept = but.map((_, index) => ` and not (kind = ${at(2 * index + 3)} and path = ${at(2 * index + 4)})`)
  await runner.run(
    `update terrace_object set canonical_hash = '' ` +
      `where (path = ${at(1)} or substr(path, 1, ${[...start].length}) = ${at(2)})${kept.join('')}`,
    [table, start, ...but.flatMap(({ kind, path }) => [kind, path])],
  )
}

function rowOf(entry: LedgerEntry): readonly unknown[] {
  const { kind, path, model, fact, declaredHash, canonicalHash, server, renames, seededAt } = entry
  return [kind, path, model, fact, declaredHash, canonicalHash, server, renames, seededAt]
}

function isSame(one: LedgerEntry | undefined, other: LedgerEntry): boolean {
  return one !== undefined && rowOf(one).every((value, at) => value === rowOf(other)[at])
}
