import { objectsOf, type ObjectPath, type SchemaDialect, type Snapshot, type TableShape } from '../../schema/index.ts'
import { Journal } from '../journal/journal.ts'
import { ledgerKey, undeclaredFact, writeLedger, type Ledger, type LedgerEntry } from '../journal/ledger.ts'
import { serverText } from '../server-text.ts'
import type { StatementRunner } from '../statement-runner.ts'
import type { Found } from './plan-structure.ts'

export interface Adopting extends Found {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly declared: Snapshot
  /** Names of tables; null: all that are declared. */
  readonly tables: readonly string[] | null
}

/**
 * Registers what is in declared tables, as it is: what others have made, and what was changed by hand. From the next start on it
 * is followed. Gives what was not registered so before.
 */
export async function adoptTables(adopting: Adopting): Promise<readonly ObjectPath[]> {
  const { runner, dialect, declared, live, ledger, tables } = adopting
  const isMeant = (name: string): boolean => tables?.includes(name) ?? true
  const adopted = Object.values(declared.tables)
    .filter(({ name }) => isMeant(name))
    .flatMap((table) => newEntries(table, live.snapshot.tables[table.name], adopting))
  if (adopted.length === 0) return []
  const after: Ledger = new Map([...ledger, ...adopted.map((entry) => [ledgerKey(entry), entry] as const)])
  await writeLedger(runner, dialect, { before: ledger, after })
  // What was told of the structure holds no longer: the next start has to look.
  await new Journal(runner, dialect).removeMeta('structure')
  return adopted.flatMap(({ kind, path }) => (kind === 'seeds' ? [] : [{ kind, path }]))
}

function newEntries(
  declared: TableShape,
  live: TableShape | undefined,
  { ledger, dialect }: Adopting,
): readonly LedgerEntry[] {
  if (live === undefined) return []
  const server = serverText(dialect.server)
  const facts = new Map(objectsOf(declared).map((object) => [ledgerKey(object), object.source]))
  return objectsOf(live).flatMap(({ kind, path, hash }): readonly LedgerEntry[] => {
    const key = ledgerKey({ kind, path })
    const known = ledger.get(key)
    if (known !== undefined && known.server === server && known.canonicalHash === hash) return []
    const source = facts.get(key) ?? null
    const entry: LedgerEntry = {
      kind,
      path,
      server,
      declaredHash: '',
      canonicalHash: hash,
      model: source?.model ?? null,
      fact: source === null ? undeclaredFact : `${source.fact} ${source.name}`,
      renames: known?.renames ?? '[]',
      seededAt: known?.seededAt ?? null,
    }
    return [entry]
  })
}
