import {
  objectsOf,
  type LedgerObject,
  type LiveStructure,
  type ObjectPath,
  type SchemaDialect,
  type Snapshot,
  type TableShape,
} from '../../schema/index.ts'
import { Journal } from '../journal/journal.ts'
import { ledgerKey, undeclaredFact, writeLedger, type Ledger, type LedgerEntry } from '../journal/ledger.ts'
import { renamesOf, withName } from '../journal/ledger-effects.ts'
import { serverText } from '../server-text.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { structureMark } from './in-sync.ts'
import type { Notes } from './notes.ts'

export interface Outcome {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly declared: Snapshot
  readonly after: LiveStructure
  /** As it is stored now. */
  readonly stored: Ledger
  /** As the plan leaves it. */
  readonly ledger: Ledger
  /** Objects that a person has changed and that differ from the models: known as such until they do not. */
  readonly frozen: readonly ObjectPath[]
  readonly notes: Notes
}

/** The ledger of what the engine owns now, as declared and as printed, and the mark of the whole. */
export async function remember(outcome: Outcome): Promise<void> {
  const { runner, dialect, declared, after, stored, notes } = outcome
  await writeLedger(runner, dialect, { before: stored, after: ledgerOf(outcome) })
  const journal = new Journal(runner, dialect)
  await journal.setMeta('structure', structureMark(dialect, declared, after))
  await journal.setMeta('report', JSON.stringify(notes))
}

function ledgerOf(outcome: Outcome): Ledger {
  const { after, declared, ledger } = outcome
  const tables = Object.values(after.snapshot.tables)
  const live = new Map(tables.flatMap((table) => objectsOf(table).map((object) => [ledgerKey(object), object.hash])))
  const kept = [...ledger.values()].filter((entry) => isThere(entry, live, after))
  const declaredEntries = Object.values(declared.tables).flatMap((table) => entriesOf(table, live, outcome))
  const isDeclared = new Set(declaredEntries.map(ledgerKey))
  const givenUp = kept.filter((entry) => !isDeclared.has(ledgerKey(entry))).map(asUndeclared)
  return new Map([...givenUp, ...declaredEntries].map((entry) => [ledgerKey(entry), entry]))
}

function asUndeclared(entry: LedgerEntry): LedgerEntry {
  return entry.kind === 'seeds' ? entry : { ...entry, model: null, fact: undeclaredFact }
}

/** What somebody has dropped by hand is nobody's, so that what another makes under its name is not taken for ours. */
function isThere(entry: LedgerEntry, live: ReadonlyMap<string, string>, { otherObjects }: LiveStructure): boolean {
  if (entry.kind === 'seeds') return live.has(ledgerKey({ kind: 'table', path: entry.path }))
  const isUnreadable = Object.keys(otherObjects).some(
    (name) => entry.path === name || entry.path.startsWith(`${name}.`),
  )
  return isUnreadable || live.has(ledgerKey(entry))
}

function entriesOf(
  table: TableShape,
  live: ReadonlyMap<string, string>,
  { ledger, frozen, dialect }: Outcome,
): readonly LedgerEntry[] {
  // What is declared in a table of ours is ours, also where a person has renamed it as a refusal said.
  const isOwnedTable = ledger.has(ledgerKey({ kind: 'table', path: table.name }))
  const isFrozen = new Set(frozen.map(ledgerKey))
  const server = serverText(dialect.server)
  return objectsOf(table)
    .filter((object) => isOwnedTable || ledger.has(ledgerKey(object)))
    .map((object): LedgerEntry => {
      const key = ledgerKey(object)
      const known = ledger.get(key)
      const asKnown = known !== undefined && isFrozen.has(key)
      return {
        kind: object.kind,
        path: object.path,
        model: object.source?.model ?? null,
        fact: object.source === null ? null : `${object.source.fact} ${object.source.name}`,
        declaredHash: object.hash,
        canonicalHash: asKnown ? known.canonicalHash : (live.get(key) ?? ''),
        server: asKnown ? known.server : server,
        renames: renamesAfter(object, known),
        seededAt: known?.seededAt ?? null,
      }
    })
}

/** A declared rename is settled once a plan went through: it was done, or there was nothing of the former name. */
function renamesAfter({ kind, source }: LedgerObject, known: LedgerEntry | undefined): string {
  const done = known === undefined ? [] : renamesOf(known)
  const former = kind === 'table' || kind === 'column' ? source?.renamedFrom : undefined
  return JSON.stringify([former ?? []].flat().reduce(withName, done))
}
