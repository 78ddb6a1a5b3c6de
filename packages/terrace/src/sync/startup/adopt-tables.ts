import {
  ledgerObjectOf,
  objectsOf,
  renamePath,
  type Change,
  type ObjectPath,
  type SchemaDialect,
  type Snapshot,
  type Source,
} from '../../schema/index.ts'
import { Journal } from '../journal/journal.ts'
import { ledgerKey, undeclaredFact, writeLedger, type Ledger, type LedgerEntry } from '../journal/ledger.ts'
import { serverText } from '../server-text.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { compareStructure, type Compared, type Found } from './plan-structure.ts'

export interface Adopting extends Found {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly declared: Snapshot
  /** Everything happens in one transaction, which is open. */
  readonly isAtomic: boolean
  /** Names of tables; null: all that are declared. */
  readonly tables: readonly string[] | null
}

/**
 * Registers what models declare of the tables that are there, as it is: what others have made, and what was changed by hand. From
 * the next start on it is followed. What nobody declares in such a table stays with those who made it. Gives what was not
 * registered so before.
 */
export async function adoptTables(adopting: Adopting): Promise<readonly ObjectPath[]> {
  const { runner, dialect, ledger, isAtomic } = adopting
  const adopted = newEntries(adopting, await compareStructure(adopting, adopting))
  if (adopted.length === 0) return []
  const after: Ledger = new Map([...ledger, ...adopted.map((entry) => [ledgerKey(entry), entry] as const)])
  const write = async (): Promise<void> => {
    await writeLedger(runner, dialect, { before: ledger, after })
    // What was told of the structure holds no longer: the next start has to look.
    await new Journal(runner, dialect).removeMeta('structure')
  }
  await (isAtomic ? write() : runner.transaction(write))
  return adopted.flatMap(({ kind, path }) => (kind === 'seeds' ? [] : [{ kind, path }]))
}

function newEntries(adopting: Adopting, compared: Compared): readonly LedgerEntry[] {
  const { dialect, declared, live, ledger, tables } = adopting
  const { renames } = compared
  const server = serverText(dialect.server)
  const factOf = declaredFacts(declared, compared)
  return Object.values(live.snapshot.tables).flatMap((table) => {
    const name = renamePath(table.name, 'table', renames)
    if (declared.tables[name] === undefined || !(tables?.includes(name) ?? true)) return []
    return objectsOf(table).flatMap(({ kind, path, hash }): readonly LedgerEntry[] => {
      const known = ledger.get(ledgerKey({ kind, path }))
      if (known !== undefined && known.server === server && known.canonicalHash === hash) return []
      const source = factOf(ledgerKey({ kind, path: renamePath(path, kind, renames) }))
      if (known === undefined && source === undefined) return []
      const entry: LedgerEntry = {
        kind,
        path,
        server,
        declaredHash: '',
        canonicalHash: hash,
        model: source?.model ?? null,
        fact: factText(source),
        renames: known?.renames ?? '[]',
        seededAt: known?.seededAt ?? null,
      }
      return [entry]
    })
  })
}

function factText(source: Source | null | undefined): string {
  return source === null || source === undefined ? undeclaredFact : `${source.fact} ${source.name}`
}

type Facts = (key: string) => Source | null | undefined

/**
 * The fact that an object that is there stands for, by its ledger key; null where it has no name to tell it by, undefined for what
 * is not declared. A rule of another name than the model's is the model's all the same where it asks the same.
 */
function declaredFacts(declared: Snapshot, { changes }: Compared): Facts {
  const byName = Object.values(declared.tables)
    .flatMap(objectsOf)
    .map((object) => [ledgerKey(object), object.source] as const)
  const otherwise = changes.flatMap((change) => ('differences' in change ? [factAt(change)] : []))
  const facts = new Map([...otherwise, ...byName])
  const extra = new Set(changes.flatMap((change) => (isDrop(change) ? [factAt(change)[0]] : [])))
  return (key) => facts.get(key) ?? (extra.has(key) ? undefined : null)
}

type Finding = Parameters<typeof ledgerObjectOf>[0]

function factAt(change: Finding): readonly [key: string, Source | null] {
  const [kind, path] = ledgerObjectOf(change)
  return [ledgerKey({ kind, path }), change.source]
}

function isDrop(change: Change): change is Extract<Finding, { readonly kind: `drop${string}` }> {
  return change.kind.startsWith('drop')
}
