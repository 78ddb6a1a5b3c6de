import {
  diffSnapshots,
  ledgerObjectOf,
  objectsOf,
  pendingRenames,
  planChanges,
  renamePath,
  renameStructure,
  type Change,
  type LiveStructure,
  type ObjectPath,
  type Plan,
  type PlanContext,
  type PlanMode,
  type Rename,
  type SchemaDialect,
  type Snapshot,
} from '../../schema/index.ts'
import { canonicalWanted, type Canonical } from '../canonical/canonical-wanted.ts'
import { ledgerKey, undeclaredFact, type Ledger, type LedgerEntry } from '../journal/ledger.ts'
import { ledgerAfter, renamesOf } from '../journal/ledger-effects.ts'
import { serverText } from '../server-text.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { countRows } from './count-rows.ts'
import { isRecorded, renameChanges } from './renames.ts'

/** One comparison of a database with what is wanted of it, and what may be done about it. */
export interface Work {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly declared: Snapshot
  readonly mode: PlanMode
  /** See `RenderContext.online`. */
  readonly online: boolean
  /** Everything happens in one transaction, which is open. */
  readonly isAtomic: boolean
}

/** What was found. */
export interface Found {
  readonly live: LiveStructure
  readonly ledger: Ledger
}

export interface Planned {
  readonly plan: Plan
  /** Objects that a person has changed and that differ from what is wanted, by their new names. */
  readonly frozen: readonly ObjectPath[]
}

/** What differs, under the names that the pending renames give. */
export interface Compared {
  readonly renames: readonly Rename[]
  /** What is there, by its new names. */
  readonly live: LiveStructure
  readonly owned: Ledger
  readonly changes: readonly Change[]
  readonly notBuilt: NonNullable<PlanContext['notBuilt']>
}

/** Changes nothing, but for what comparing builds and removes. */
export async function compareStructure(
  work: Pick<Work, 'runner' | 'dialect' | 'declared' | 'isAtomic'>,
  { live: before, ledger }: Found,
): Promise<Compared> {
  const { dialect, declared } = work
  const { renames, conflicts } = pendingRenames(declared, before.snapshot, (rename) => isRecorded(ledger, rename))
  const live = renameStructure(before, renames, dialect)
  const owned = ledgerAfter(ledger, { renames, drops: [], makes: [] }, { server: serverText(dialect.server) })
  const { snapshot: canonical, notBuilt } = await asPrinted(work, live, owned)
  const changes = [
    ...conflicts,
    ...renameChanges(renames, { before, live, declared }),
    ...diffSnapshots(live, { declared, canonical }),
  ]
  return { renames, live, owned, changes, notBuilt }
}

/** What it would take; changes nothing, but for what comparing builds and removes. */
export async function planStructure(work: Work, found: Found): Promise<Planned> {
  const { runner, dialect, mode, online } = work
  const { renames, live, owned, changes, notBuilt } = await compareStructure(work, found)
  const changed = handChanged(work, found, renames)
  const entryOf = (kind: string, path: string): LedgerEntry | undefined => owned.get(ledgerKey({ kind, path }))
  const context: PlanContext = {
    dialect,
    live,
    renames,
    mode,
    online,
    notBuilt,
    isOwned: (kind, path) => entryOf(kind, path) !== undefined,
    wasDeclared: (kind, path) => {
      const entry = entryOf(kind, path)
      return entry !== undefined && entry.fact !== undeclaredFact
    },
    formerNames: (kind, path) => {
      const entry = entryOf(kind, path)
      return entry === undefined ? [] : renamesOf(entry)
    },
    holdsType: (path) => entryOf('check', path)?.fact?.startsWith('column ') === true,
    isHandChanged: (kind, path) => changed.has(ledgerKey({ kind, path })),
  }
  const plan = planChanges(changes, context)
  const counts = await countRows({ runner, dialect, live, mode }, plan)
  const counted = { ...live, estimatedRows: { ...live.estimatedRows, ...counts } }
  return {
    plan: Object.keys(counts).length === 0 ? plan : planChanges(changes, { ...context, live: counted }),
    frozen: changes.flatMap((change) => differingObject(change)).filter((object) => changed.has(ledgerKey(object))),
  }
}

/** Where DDL can be rolled back, comparing needs a transaction to roll back in. */
function asPrinted(
  { runner, dialect, declared, isAtomic }: Pick<Work, 'runner' | 'dialect' | 'declared' | 'isAtomic'>,
  live: LiveStructure,
  ledger: Ledger,
): Promise<Canonical> {
  const ask = (): Promise<Canonical> => canonicalWanted(runner, dialect, { declared, live, ledger })
  return dialect.transactionalDdl && !isAtomic ? runner.transaction(ask) : ask()
}

function differingObject(change: Change): readonly ObjectPath[] {
  if (!('differences' in change) || change.live === null) return []
  const [kind, path] = ledgerObjectOf(change)
  return [{ kind, path }]
}

/**
 * By new names, what the ledger has seen printed otherwise by this very server version. Under another version texts say nothing:
 * there, whatever differs although nobody declares it otherwise was changed by hand.
 */
export function handChanged(
  { dialect, declared }: Pick<Work, 'dialect' | 'declared'>,
  { live, ledger }: Found,
  renames: readonly Rename[],
): ReadonlySet<string> {
  const server = serverText(dialect.server)
  const wanted = new Map(
    Object.values(declared.tables).flatMap((table) =>
      objectsOf(table).map((object) => [ledgerKey(object), object.hash]),
    ),
  )
  const changed = Object.values(live.snapshot.tables)
    .flatMap(objectsOf)
    .flatMap(({ kind, path, hash }) => {
      const entry = ledger.get(ledgerKey({ kind, path }))
      if (entry === undefined || entry.canonicalHash === '') return []
      const key = ledgerKey({ kind, path: renamePath(path, kind, renames) })
      const isChanged = entry.server === server ? entry.canonicalHash !== hash : entry.declaredHash === wanted.get(key)
      return isChanged ? [key] : []
    })
  return new Set(changed)
}
