import {
  diffSnapshots,
  objectsOf,
  pendingRenames,
  planChanges,
  renamePath,
  renameStructure,
  type LedgerObject,
  type LiveStructure,
  type Plan,
  type PlanMode,
  type SchemaDialect,
  type Snapshot,
} from '../../schema/index.ts'
import { canonicalWanted, serverText } from '../canonical-wanted.ts'
import { Journal } from '../journal/journal.ts'
import { ledgerKey, readLedger, undeclaredFact, writeLedger, type LedgerEntry } from '../journal/ledger.ts'
import { settleUnfinished } from '../journal/record-made.ts'
import { readStructure } from '../read-structure.ts'
import type { StatementRunner } from '../statement-runner.ts'
import type { SyncObserver } from '../sync-types.ts'
import { applyPlan, offendedSteps } from './apply-plan.ts'
import { driftError, pendingDrift } from './describe-drift.ts'
import { structureMark } from './in-sync.ts'
import { isRecorded, renameChanges } from './renames.ts'

export interface Alignment {
  readonly plan: Plan
  /** The engine's own tables that no model declares any more. */
  readonly orphaned: readonly string[]
  /** Declared tables that somebody else made. */
  readonly notOwned: readonly string[]
}

export interface Work {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly declared: Snapshot
  readonly mode: PlanMode
  readonly online: boolean
}

/** Compares and refuses; changes nothing. `STRUCTURE_DRIFT`. */
export async function checkStructure(work: Work): Promise<Alignment> {
  const live = await readStructure(work.runner, work.dialect)
  if (live.hasJournal) await new Journal(work.runner, work.dialect).meta()
  const ledger = live.hasJournal ? await readLedger(work.runner) : new Map<string, LedgerEntry>()
  const plan = await planFor(work, live, ledger)
  const drift = [...plan.drift, ...plan.steps.map(pendingDrift)]
  if (drift.length > 0) throw driftError(drift)
  return alignment(work.declared, { plan, live, ledger })
}

/** What it would take; changes nothing, but for what comparing builds and removes. */
export async function planStructure(work: Work): Promise<Plan> {
  const live = await readStructure(work.runner, work.dialect)
  const ledger = live.hasJournal ? await readLedger(work.runner) : new Map<string, LedgerEntry>()
  return planFor(work, live, ledger)
}

/** Creates what is missing, journal first. `STRUCTURE_DRIFT` before the first change where something else differs. */
export async function alignStructure(work: Work, observer: SyncObserver): Promise<Alignment> {
  const { runner, dialect, declared } = work
  const journal = new Journal(runner, dialect)
  const live = await readStructure(runner, dialect)
  await journal.create(live)
  if (!dialect.transactionalDdl) await settleUnfinished(runner, dialect)
  await sweep(work, live)
  const ledger = await readLedger(runner)
  const plan = await planFor(work, live, ledger)
  const drift = plan.drift.length > 0 ? plan.drift : await offendedSteps(runner, plan)
  if (drift.length > 0) throw driftError(drift)
  await applyPlan(runner, dialect, { plan, observer })
  const after = plan.steps.length === 0 ? live : await readStructure(runner, dialect)
  await remember(work, { plan, after, before: ledger })
  return alignment(declared, { plan, live, ledger })
}

/** What an earlier start that was killed has built to compare with. */
async function sweep({ runner, dialect }: Work, { leftovers }: LiveStructure): Promise<void> {
  const { canonicalForm } = dialect
  if (canonicalForm.kind === 'parsed') return
  for (const sql of canonicalForm.remove(leftovers)) await runner.run(sql)
}

async function planFor(
  { runner, dialect, declared, mode, online }: Work,
  before: LiveStructure,
  ledger: ReadonlyMap<string, LedgerEntry>,
): Promise<Plan> {
  const { renames, conflicts } = pendingRenames(declared, before.snapshot, (rename) => isRecorded(ledger, rename))
  const handChanged = handChangedObjects(before, ledger, dialect)
  const renamed = (key: { readonly kind: string; readonly path: string }): string =>
    ledgerKey({ kind: key.kind, path: renamePath(key.path, key.kind, renames) })
  const owned = new Set([...ledger.values()].map(renamed))
  const lately = new Set([...ledger.values()].filter(({ fact }) => fact !== undeclaredFact).map(renamed))
  const typeChecks = new Set([...ledger.values()].filter(({ fact }) => fact?.startsWith('column ')).map(renamed))
  const changed = new Set(handChanged.map(renamed))
  const live = renameStructure(before, renames, dialect)
  const canonical = await canonicalWanted(runner, dialect, { declared, live, ledger })
  const changes = [
    ...conflicts,
    ...renameChanges(renames, { before, live, declared }),
    ...diffSnapshots(live, { declared, canonical }),
  ]
  return planChanges(changes, {
    dialect,
    live,
    renames,
    mode,
    online,
    isOwned: (kind, path) => owned.has(ledgerKey({ kind, path })),
    wasDeclared: (kind, path) => lately.has(ledgerKey({ kind, path })),
    holdsType: (path) => typeChecks.has(ledgerKey({ kind: 'check', path })),
    isHandChanged: (kind, path) => changed.has(ledgerKey({ kind, path })),
  })
}

/** What the ledger has seen printed by this very server version, and finds printed otherwise now. */
function handChangedObjects(
  { snapshot }: LiveStructure,
  ledger: ReadonlyMap<string, LedgerEntry>,
  { server }: SchemaDialect,
): readonly LedgerObject[] {
  return Object.values(snapshot.tables)
    .flatMap(objectsOf)
    .filter((object) => {
      const entry = ledger.get(ledgerKey(object))
      if (entry === undefined || entry.canonicalHash === '' || entry.server !== serverText(server)) return false
      return entry.canonicalHash !== object.hash
    })
}

interface Outcome {
  readonly plan: Plan
  readonly after: LiveStructure
  readonly before: ReadonlyMap<string, LedgerEntry>
}

/** The ledger of what the engine owns now, as declared and as printed, and the mark of the whole. */
async function remember({ runner, dialect, declared }: Work, { plan, after, before }: Outcome): Promise<void> {
  const known = dialect.transactionalDdl ? before : await readLedger(runner)
  const made = new Set(plan.steps.flatMap(({ makes }) => makes.map(ledgerKey)))
  const entries = Object.values(declared.tables).flatMap((table) => {
    const live = after.snapshot.tables[table.name]
    const printed = new Map(live === undefined ? [] : objectsOf(live).map((object) => [ledgerKey(object), object.hash]))
    const isOwned = (object: { readonly kind: string; readonly path: string }): boolean =>
      known.has(ledgerKey(object)) || made.has(ledgerKey(object))
    // What is declared in a table of ours is ours, also where a person has renamed it as a refusal said.
    const isOwnedTable = isOwned({ kind: 'table', path: table.name })
    return objectsOf(table)
      .filter((object) => isOwnedTable || isOwned(object))
      .map((object): LedgerEntry => {
        const entry = known.get(ledgerKey(object))
        return {
          kind: object.kind,
          path: object.path,
          model: object.source?.model ?? null,
          fact: object.source === null ? null : `${object.source.fact} ${object.source.name}`,
          declaredHash: object.hash,
          canonicalHash: printed.get(ledgerKey(object)) ?? '',
          server: serverText(dialect.server),
          renames: entry?.renames ?? '[]',
          seededAt: entry?.seededAt ?? null,
        }
      })
  })
  const declaredNow = new Set(entries.map(ledgerKey))
  const givenUp = [...known.values()]
    .filter((entry) => !declaredNow.has(ledgerKey(entry)))
    .map((entry): LedgerEntry => ({ ...entry, model: null, fact: undeclaredFact }))
  const write = async (): Promise<void> => {
    await writeLedger(runner, dialect, { known, entries: [...entries, ...givenUp] })
    await new Journal(runner, dialect).setMeta('structure', structureMark(dialect, declared, after))
  }
  await (dialect.transactionalDdl ? write() : runner.transaction(write))
}

interface Found {
  readonly plan: Plan
  readonly live: LiveStructure
  readonly ledger: ReadonlyMap<string, LedgerEntry>
}

function alignment(declared: Snapshot, { plan, live, ledger }: Found): Alignment {
  const isOwnedTable = (name: string): boolean => ledger.has(ledgerKey({ kind: 'table', path: name }))
  const names = Object.keys(live.snapshot.tables)
  return {
    plan,
    orphaned: names.filter((name) => declared.tables[name] === undefined && isOwnedTable(name)),
    notOwned: names.filter((name) => declared.tables[name] !== undefined && !isOwnedTable(name)),
  }
}
