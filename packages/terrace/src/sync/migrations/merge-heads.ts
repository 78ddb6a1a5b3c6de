import { snapshotFrom, type Snapshot } from '../../schema/index.ts'
import { ancestorsOf, tipsOf } from './history-graph.ts'
import type { MigrationHistory, Revision } from './history.ts'
import type { MergeConflict, MergeOutcome, MergeSide } from './merge.ts'
import { mergeSnapshots } from './merge-snapshots.ts'
import { netRenames } from './net-renames.ts'
import { resolveRevision } from './resolve-revision.ts'

/**
 * The declared structure after several revisions, whatever the order in which they are applied: merged two by two from what both have
 * come from. Where that are several revisions, as after branches were merged crosswise, from those merged in turn.
 */
export function mergeHeads(history: MigrationHistory, heads: readonly string[]): MergeOutcome {
  const merged = mergedPoint(history, heads)
  if (!('snapshot' in merged)) return { kind: 'conflict', conflicts: merged.conflicts }
  const shared = heads
    .map((id) => ancestorsOf(history, [id]))
    .reduce((all, next) => all.intersection(next), merged.revisions)
  const { snapshot, renames } = sideOf(history, merged, shared)
  return { kind: 'merged', snapshot, renames }
}

/** A place in the graph: some revisions with all that come before them. */
interface Point {
  readonly revisions: ReadonlySet<string>
  readonly snapshot: Snapshot
}

interface Conflicting {
  readonly conflicts: readonly MergeConflict[]
}

type Merged = Point | Conflicting

function mergedPoint(history: MigrationHistory, heads: readonly string[]): Merged {
  const [first, ...others] = heads.toSorted().map((id) => pointOf(history, id))
  let merged: Merged = { revisions: new Set(), snapshot: snapshotFrom([]), ...first }
  for (const other of others) {
    if (!('snapshot' in merged)) return merged
    merged = mergedTwo(history, merged, other)
  }
  return merged
}

function pointOf(history: MigrationHistory, id: string): Point {
  return { revisions: ancestorsOf(history, [id]), snapshot: resolveRevision(history, id).snapshot }
}

function mergedTwo(history: MigrationHistory, ours: Point, theirs: Point): Merged {
  const shared = ours.revisions.intersection(theirs.revisions)
  const tips = tipsOf(history, shared)
  const base = mergedPoint(history, tips)
  if (!('snapshot' in base)) return { conflicts: base.conflicts.map((each) => inBase(each, tips)) }
  const outcome = mergeSnapshots(base.snapshot, [sideOf(history, ours, shared), sideOf(history, theirs, shared)])
  if (outcome.kind === 'conflict') return outcome
  return { revisions: ours.revisions.union(theirs.revisions), snapshot: outcome.snapshot }
}

/** Sides that have each settled it in a way of their own. */
function inBase(conflict: MergeConflict, tips: readonly string[]): MergeConflict {
  return { ...conflict, object: `${conflict.object}, before both sides, in ${tips.join(' and ')}` }
}

function sideOf(history: MigrationHistory, { revisions, snapshot }: Point, shared: ReadonlySet<string>): MergeSide {
  const own = history.revisions.filter(({ revision }) => revisions.has(revision) && !shared.has(revision))
  const now = namesIn(snapshot)
  const remade = new Set(own.flatMap((each) => droppedBy(history, each)).filter((key) => now.has(key)))
  return { snapshot, renames: netRenames(own.map(({ renames }) => renames)), remade }
}

/** Tables and columns that a revision's parents declare, and it does not. */
function droppedBy({ byId }: MigrationHistory, { parents, snapshot }: Revision): readonly string[] {
  const after = namesIn(snapshot)
  const before = parents.flatMap((id) => [...namesIn(byId.get(id)?.snapshot ?? snapshot)])
  return before.filter((key) => !after.has(key))
}

function namesIn({ tables }: Snapshot): ReadonlySet<string> {
  return new Set(
    Object.values(tables).flatMap(({ name, columns }) => [
      `table ${name}`,
      ...columns.map((column) => `column ${name}.${column.name}`),
    ]),
  )
}
