import type { LiveStructure, Plan } from '../../schema/index.ts'
import { Journal } from '../journal/journal.ts'
import { ledgerKey, readLedger, type Ledger } from '../journal/ledger.ts'
import { settleUnfinished } from '../journal/settle-unfinished.ts'
import { refuseUnfinished } from '../migrations/run/refuse-unfinished.ts'
import { refuseUnfinishedMove } from '../move/move-mark.ts'
import { readStructure } from '../read-structure.ts'
import type { SyncObserver } from '../sync-types.ts'
import { applyPlan } from './apply-plan.ts'
import { driftError, pendingDrift } from './describe-drift.ts'
import { offendedSteps } from './offended-steps.ts'
import { planStructure, type Found, type Planned, type Work } from './plan-structure.ts'
import type { Notes } from './notes.ts'
import { remember } from './remember.ts'

export interface Alignment {
  readonly plan: Plan
  readonly notes: Notes
}

/** Compares and refuses: also what would be done, and what a person has changed. Changes nothing. `STRUCTURE_DRIFT`. */
export async function checkStructure(work: Work): Promise<Alignment> {
  const found = await readFound(work)
  if (found.live.hasJournal) await refuseBetweenRows(work)
  const { plan } = await planStructure(work, found)
  const drift = [...plan.drift, ...plan.frozen, ...plan.steps.flatMap(pendingDrift)]
  if (drift.length > 0) throw driftError(drift)
  return { plan, notes: notesOf(work, { ...found, plan }) }
}

/** A start comes between the rows of a move; the move itself goes on. `MOVE_UNFINISHED`, `STRUCTURE_FORMAT_NEWER`. */
async function refuseBetweenRows({ runner, dialect, mode }: Work): Promise<void> {
  const meta = await new Journal(runner, dialect).meta()
  if (mode.kind === 'startup') refuseUnfinishedMove(meta)
}

/** What there is, where nothing is to be changed. */
export async function readFound({ runner, dialect }: Work): Promise<Found> {
  const live = await readStructure(runner, dialect)
  if (live.hasJournal) await refuseUnfinished(runner, dialect)
  return { live, ledger: live.hasJournal ? await readLedger(runner) : new Map() }
}

/** The same where it may be: with the journal, and rid of what an earlier start has left half done. */
export async function prepareFound(work: Pick<Work, 'runner' | 'dialect' | 'isAtomic'>): Promise<Found> {
  const found = await prepareBetween(work)
  await refuseUnfinished(work.runner, work.dialect)
  return found
}

/** The same also between two revisions, for whoever goes on with the one that was begun. */
export async function prepareBetween(work: Pick<Work, 'runner' | 'dialect' | 'isAtomic'>): Promise<Found> {
  const { runner, dialect, isAtomic } = work
  const live = await readStructure(runner, dialect)
  await new Journal(runner, dialect).create(live)
  await settleUnfinished({ runner, dialect, transaction: (unit) => (isAtomic ? unit() : runner.transaction(unit)) })
  await sweep(work, live)
  return { live, ledger: await readLedger(runner) }
}

/** What an earlier start that was killed has built to compare with. */
async function sweep(
  { runner, dialect }: Pick<Work, 'runner' | 'dialect'>,
  { leftovers }: LiveStructure,
): Promise<void> {
  const { canonicalForm } = dialect
  if (canonicalForm.kind === 'parsed') return
  for (const sql of canonicalForm.remove(leftovers)) await runner.run(sql)
}

/** Creates what is missing and aligns the rest, journal first. `STRUCTURE_DRIFT` before the first change where it may not. */
export async function alignStructure(work: Work, observer: SyncObserver): Promise<Alignment> {
  const { runner, dialect, isAtomic } = work
  const found = await prepareFound(work)
  await refuseBetweenRows(work)
  const planned = await planStructure(work, found)
  const { plan } = planned
  const isLocking = isAtomic
  const drift = plan.drift.length > 0 ? plan.drift : await offendedSteps({ runner, dialect, isLocking }, plan)
  if (drift.length > 0) throw driftError(drift, plan.steps)
  const ledger = await applyPlan({ ...work, ...found, plan, handChanged: planned.frozen, observer })
  const after = plan.steps.length === 0 ? found.live : await readStructure(runner, dialect)
  return complete(work, { ...planned, found, after, ledger })
}

interface Completed extends Planned {
  readonly found: Found
  readonly after: LiveStructure
  readonly ledger: Ledger
}

async function complete(work: Work, { plan, frozen, found, after, ledger }: Completed): Promise<Alignment> {
  const { runner, isAtomic } = work
  const notes = notesOf(work, { live: after, ledger, plan })
  if (isAtomic) await remember({ ...work, after, stored: found.ledger, ledger, frozen, notes })
  else {
    // Steps have blanked what they touched.
    const stored = await readLedger(runner)
    await runner.transaction(() => remember({ ...work, after, stored, ledger: stored, frozen, notes }))
  }
  return { plan, notes }
}

export function notesOf(
  { declared }: Pick<Work, 'declared'>,
  { live, ledger, plan }: Found & { readonly plan: Plan },
): Notes {
  const isOwnedTable = (name: string): boolean => ledger.has(ledgerKey({ kind: 'table', path: name }))
  const names = Object.keys(live.snapshot.tables)
  return {
    leftAlone: plan.leftAlone,
    frozen: plan.frozen,
    orphaned: names.filter((name) => declared.tables[name] === undefined && isOwnedTable(name)),
    notOwned: names.filter((name) => declared.tables[name] !== undefined && !isOwnedTable(name)),
  }
}
