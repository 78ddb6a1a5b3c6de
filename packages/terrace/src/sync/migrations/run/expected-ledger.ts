import {
  objectsOf,
  renameStructure,
  type LedgerObject,
  type LiveStructure,
  type ObjectPath,
  type Rename,
  type SchemaDialect,
  type Snapshot,
} from '../../../schema/index.ts'
import { ledgerKey, type Ledger, type LedgerEntry } from '../../journal/ledger.ts'
import { ledgerAfter, renamesOf, withName, type RenameNote } from '../../journal/ledger-effects.ts'
import { serverText } from '../../server-text.ts'

export interface Expectation {
  readonly dialect: SchemaDialect
  /** Before and after the revision. */
  readonly declared: { readonly before: Snapshot; readonly after: Snapshot }
  /** After it. */
  readonly live: LiveStructure
  /** As it is stored. */
  readonly ledger: Ledger
  readonly renames: readonly Rename[]
  readonly note: RenameNote
  readonly handChanged: readonly ObjectPath[]
}

export interface ExpectedLedger {
  /** What revisions declare, now or before this one, and nothing else: so nothing else is compared. */
  readonly compared: Ledger
  /** All that is Terrace's afterwards. */
  readonly owned: Ledger
}

/** The ledger after a revision, before it was seen what the engine printed: what is declared is Terrace's, and renames are settled. */
export function expectedLedger(expectation: Expectation): ExpectedLedger {
  const { dialect, declared, live, ledger, renames, note } = expectation
  const server = serverText(dialect.server)
  const moved = ledgerAfter(ledger, { renames, drops: [], makes: [] }, { server, note })
  const printed = new Map(objectsIn(live.snapshot).map((object) => [ledgerKey(object), object.hash]))
  const kept = new Set(expectation.handChanged.map(ledgerKey))
  const expected = objectsIn(declared.after).map((object): readonly [string, LedgerEntry] => {
    const key = ledgerKey(object)
    const known = moved.get(key)
    const isInSync =
      known?.declaredHash === object.hash && known.server === server && known.canonicalHash === printed.get(key)
    const entry =
      known !== undefined && (kept.has(key) || isInSync) ? known : { ...unseen(object, server), ...seeds(known) }
    return [key, { ...entry, renames: settledRenames(object, known) }]
  })
  const before = renameStructure({ ...live, snapshot: declared.before }, renames, dialect).snapshot
  const former = objectsIn(before).map((object): readonly [string, LedgerEntry] => {
    const key = ledgerKey(object)
    return [key, moved.get(key) ?? unseen(object, server)]
  })
  return { compared: new Map([...former, ...expected]), owned: new Map([...moved, ...expected]) }
}

function objectsIn({ tables }: Snapshot): readonly LedgerObject[] {
  return Object.values(tables).flatMap(objectsOf)
}

/** Nobody has looked at it yet, so that it is compared as the engine prints it. */
function unseen({ kind, path }: ObjectPath, server: string): LedgerEntry {
  const nothing = { model: null, fact: null, declaredHash: '', canonicalHash: '', renames: '[]', seededAt: null }
  return { ...nothing, kind, path, server }
}

function seeds(known: LedgerEntry | undefined): Pick<LedgerEntry, 'seededAt'> {
  return { seededAt: known?.seededAt ?? null }
}

/** What a snapshot says was renamed is so where its revision has come to its end. */
function settledRenames({ kind, source }: LedgerObject, known: LedgerEntry | undefined): string {
  const done = known === undefined ? [] : renamesOf(known)
  const former = kind === 'table' || kind === 'column' ? source?.renamedFrom : undefined
  return JSON.stringify([former ?? []].flat().reduce(withName, done))
}
