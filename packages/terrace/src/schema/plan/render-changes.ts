import type { Change, ChangeKind, ChangeOf, TablePart } from '../change.ts'
import type { RenderContext, RenderedStep } from '../schema-dialect.ts'
import { snapshotFrom } from '../snapshot-from.ts'
import type { Snapshot, TableShape } from '../snapshot.ts'
import { changesInOrder } from './order-changes.ts'
import type { PlanContext } from './plan-context.ts'
import { targetOf } from './target-of.ts'

/** Steps for the changes that are to be made, unsorted: each table's own, in the order in which its phases need them. */
export function renderChanges(accepted: readonly Change[], context: PlanContext): readonly RenderedStep[] {
  const { dialect, live, online } = context
  const { render } = dialect
  const parts = partsByTable(accepted)
  const after = structureAfter(accepted, live.snapshot, parts)
  const knownTables = new Set(Object.keys(live.snapshot.tables).filter((name) => !parts.has(name)))
  const rendering: RenderContext = { before: live.snapshot, after, knownTables, opaque: live.opaque, online }
  const steps: RenderedStep[] = []
  const tables = of(accepted, 'renameTable')
  if (tables.length > 0) steps.push(...render.renameTables(tables, rendering))
  const columns = Map.groupBy(of(accepted, 'renameColumn'), ({ table }) => table.live.name)
  for (const renames of columns.values()) steps.push(...render.renameColumns(renames, rendering))
  for (const creation of of(changesInOrder(accepted), 'createTable')) {
    steps.push(...render.createTable(creation, rendering))
    knownTables.add(creation.wanted.name)
  }
  for (const [name, changes] of parts) {
    const before = live.snapshot.tables[name]
    const target = after.tables[name]
    if (before === undefined || target === undefined) continue
    steps.push(...render.alterTable({ live: before, target, changes }, rendering))
  }
  for (const drop of of(accepted, 'dropTable')) {
    const isInTheWay = holdsName(drop.live, after)
    for (const step of render.dropTable(drop, rendering))
      steps.push(isInTheWay && step.phase === 'dropTable' ? { ...step, phase: 'release' } : step)
  }
  return steps
}

/** Engines want names of indexes and of some rules to be alone among all tables: who holds one that another is given goes first. */
function holdsName(gone: TableShape, { tables }: Snapshot): boolean {
  const wanted = new Set(Object.values(tables).flatMap(ruleNames))
  return ruleNames(gone).some((name) => wanted.has(name))
}

function ruleNames({ primaryKey, uniques, indexes, foreignKeys, checks }: TableShape): readonly string[] {
  const rules = [...(primaryKey === null ? [] : [primaryKey]), ...uniques, ...indexes, ...foreignKeys, ...checks]
  return rules.flatMap(({ name }) => (name === null ? [] : [name.toLowerCase()]))
}

function of<K extends ChangeKind>(changes: readonly Change[], kind: K): readonly ChangeOf<K>[] {
  return changes.filter((change): change is ChangeOf<K> => change.kind === kind)
}

function partsByTable(changes: readonly Change[]): ReadonlyMap<string, readonly TablePart[]> {
  return Map.groupBy(changes.filter(isPart), ({ table }) => table.live.name)
}

function isPart(change: Change): change is TablePart {
  return 'table' in change && !/rename/i.test(change.kind)
}

function structureAfter(
  accepted: readonly Change[],
  { tables }: Snapshot,
  parts: ReadonlyMap<string, readonly TablePart[]>,
): Snapshot {
  const dropped = new Set(of(accepted, 'dropTable').map(({ live }) => live.name))
  const kept = Object.values(tables).filter(({ name }) => !dropped.has(name))
  const created = of(accepted, 'createTable').map(({ wanted }) => wanted)
  return snapshotFrom([...kept.map((table): TableShape => targetOf(table, parts.get(table.name) ?? [])), ...created])
}
