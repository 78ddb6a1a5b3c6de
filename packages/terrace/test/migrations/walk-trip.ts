import type { LiveStructure, Rename, Snapshot } from '../../src/schema/index.ts'
import {
  readStructure,
  runDowngrade,
  runUpgrade,
  structureOf,
  type MigrationHistory,
  type Revision,
} from '../../src/sync/index.ts'
import { declaredDifferences } from '../../src/sync/migrations/author/declared-differences.ts'
import { sampleTables } from '../../src/sync/migrations/author/sample-tables.ts'
import { fillTables } from '../../src/sync/migrations/author/samples/fill-tables.ts'
import type { Scratch } from '../../src/sync/migrations/author/scratch.ts'
import {
  changedValues,
  survivingTables,
  tableValues,
  type SurvivingTable,
  type TableValues,
} from '../../src/sync/migrations/author/surviving-values.ts'
import { ancestorsOf } from '../../src/sync/migrations/history-graph.ts'
import { renamesOf } from '../../src/sync/migrations/run/passage.ts'

export interface Place {
  readonly live: LiveStructure
  readonly values: TableValues
}

export async function placeOf(scratch: Scratch): Promise<Place> {
  return scratch.connected(async (runner) => {
    const live = await readStructure(runner, scratch.dialect)
    return { live, values: await tableValues({ runner, dialect: scratch.dialect }, live.snapshot) }
  })
}

/** Rows for every table that has none. */
export async function fillEmpty(scratch: Scratch): Promise<number> {
  const { live, values } = await placeOf(scratch)
  const isEmpty = (name: string): boolean => (values.get(name)?.length ?? 0) === 0
  const tables = sampleTables(live.snapshot, live.snapshot, []).filter((table) => isEmpty(table.live.name))
  const filled = await scratch.connected((runner) =>
    fillTables({ runner, dialect: scratch.dialect, opaque: live.opaque, tables, rows: [0, 1, 2], variation: 0 }),
  )
  return filled.rows
}

interface Leg {
  readonly revision: Revision
  readonly direction: 'upgrade' | 'downgrade'
}

/** The way from some applied revisions to others: back first, then forth. */
export function legsBetween(
  history: MigrationHistory,
  applied: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): readonly Leg[] {
  const back = history.revisions.filter(({ revision }) => applied.has(revision) && !wanted.has(revision)).toReversed()
  const forth = history.revisions.filter(({ revision }) => wanted.has(revision) && !applied.has(revision))
  return [
    ...back.map((revision) => ({ revision, direction: 'downgrade' }) as const),
    ...forth.map((revision) => ({ revision, direction: 'upgrade' }) as const),
  ]
}

export function canGo(legs: readonly Leg[]): boolean {
  return legs.every(
    ({ revision, direction }) => direction === 'upgrade' || !revision.down.some((step) => 'irreversible' in step),
  )
}

/** Goes a path as one run each way, and gives what is not as it should be at its end. */
export async function goTrip(
  scratch: Scratch,
  history: MigrationHistory,
  legs: readonly Leg[],
): Promise<readonly string[]> {
  const before = await placeOf(scratch)
  for (const direction of ['downgrade', 'upgrade'] as const) {
    const path = legs.filter((leg) => leg.direction === direction).map(({ revision }) => revision)
    const run = direction === 'upgrade' ? runUpgrade : runDowngrade
    if (path.length > 0) await run(scratch.parts, { history, path })
  }
  const after = await placeOf(scratch)
  const surviving = survivors(before, after, { history, legs })
  return changedValues(surviving, before.values, after.values).map(({ what }) => `rows: ${what}`)
}

/** Columns that were there, with one type, after each leg: whatever else comes back is a new one. */
function survivors(
  before: Place,
  after: Place,
  { history, legs }: { readonly history: MigrationHistory; readonly legs: readonly Leg[] },
): readonly SurvivingTable[] {
  let known = survivingTables(before.live.snapshot, before.live.snapshot, [])
  for (const { revision, direction } of legs) {
    const renames = renamesOf(revision, direction)
    const [from, to] =
      direction === 'upgrade'
        ? [parentOf(history, revision), revision.snapshot]
        : [revision.snapshot, parentOf(history, revision)]
    if (revision.up.length > 0) known = afterLeg(known, from, to, renames)
  }
  return known.flatMap((table) => {
    const types = (place: Place, name: string): ReadonlyMap<string, string> =>
      new Map(place.live.snapshot.tables[name]?.columns.map((column) => [column.name, column.type]))
    const [was, is] = [types(before, table.before), types(after, table.after)]
    const columns = table.columns.filter((column) => was.get(column.before) === is.get(column.after))
    return columns.length === 0 ? [] : [{ ...table, columns }]
  })
}

function parentOf(history: MigrationHistory, { parents }: Revision): Snapshot {
  return history.byId.get(parents[0] ?? '')?.snapshot ?? { tables: {} }
}

/** Only what the leg keeps as it is: a retyped column may read otherwise when it comes back. */
function afterLeg(
  known: readonly SurvivingTable[],
  from: Snapshot,
  to: Snapshot,
  renames: readonly Rename[],
): readonly SurvivingTable[] {
  const kept = new Map(survivingTables(from, to, renames).map((table) => [table.before, table]))
  const isDeclared = (name: string): boolean => from.tables[name] !== undefined
  return known.flatMap((table): readonly SurvivingTable[] => {
    // What the other branch has made is none of this leg's.
    if (!isDeclared(table.after)) return [table]
    const next = kept.get(table.after)
    if (next === undefined) return []
    const columns = table.columns.flatMap((column) => {
      if (!from.tables[table.after]?.columns.some(({ name }) => name === column.after)) return [column]
      const own = next.columns.find((each) => each.before === column.after && !each.isRetyped)
      return own === undefined ? [] : [{ ...column, after: own.after }]
    })
    return [{ before: table.before, after: next.after, columns }]
  })
}

/** How a database differs from what a revision declares, asked of the engine and of what is remembered. */
export async function differencesAt(
  scratch: Scratch,
  history: MigrationHistory,
  declared: Snapshot,
  applied: Iterable<string>,
): Promise<readonly string[]> {
  const known = [...ancestorsOf(history, applied)].flatMap((id) => history.byId.get(id)?.snapshot ?? [])
  const former: Snapshot = { tables: Object.assign({}, ...known.map(({ tables }) => tables)) as Snapshot['tables'] }
  const asked = await declaredDifferences(scratch.parts, { declared, former, renames: [] })
  const { steps, drift, frozen } = await structureOf(scratch.parts).plan(declared)
  const remembered = [
    ...steps.flatMap(({ statements }) => statements),
    ...[...drift, ...frozen].map(({ object }) => object),
  ]
  return [...asked, ...remembered]
}
