import type { LiveStructure, Plan, Snapshot, TableShape } from '../../src/schema/index.ts'
import type { StructurePair } from '../../src/testing/structures/structure-pair.ts'
import { comparable, differencesOf } from './comparable-snapshot.ts'
import type { LawsBench } from './laws-bench.ts'
import { allValues, survivingTables, valuesOf } from './surviving-values.ts'

/** A law that does not hold, with what shows it. */
export class BrokenLaw extends Error {}

function hold(law: string, findings: readonly string[]): void {
  if (findings.length > 0) throw new BrokenLaw(`${law}: ${findings.slice(0, 4).join('; ')}`)
}

export interface LawOptions {
  /** Where the second structure is made from nothing, to be compared with. */
  readonly reference: LawsBench
  /** Whether to compare with it, and to try what is remembered of how the engine prints things: half of the time it takes. */
  isThorough(pair: StructurePair): boolean
}

/** Tries every law that a pair is about; `BrokenLaw` for the first that does not hold. */
export async function holdLaws(bench: LawsBench, pair: StructurePair, options: LawOptions): Promise<void> {
  await bench.clear()
  const first = await bench.structure.apply(pair.before)
  hold('the first structure is made', [...first.drift, ...first.frozen].map(describe))
  if (options.isThorough(pair)) hold('law 2, the first structure', await leftToDo(bench, pair.before, []))
  const strangers = await makeStrangers(bench, pair)
  await bench.run(pair.inserts)
  const before = await stateOf(bench, pair)
  if (pair.cell.rows === 'violating') await holdRefusal(bench, pair, before)
  else await holdWayThereAndBack(bench, pair, { before, strangers, ...options })
}

interface State {
  readonly live: LiveStructure
  readonly values: Readonly<Record<string, readonly string[]>>
}

async function stateOf(bench: LawsBench, pair: StructurePair): Promise<State> {
  const live = await bench.structure.introspect()
  return { live, values: await valuesOf(bench, survivingTables(pair), 'before') }
}

interface Way extends LawOptions {
  readonly before: State
  readonly strangers: Strangers | null
}

async function holdWayThereAndBack(bench: LawsBench, pair: StructurePair, way: Way): Promise<void> {
  const { before, strangers, reference } = way
  const isThorough = way.isThorough(pair)
  const { structure } = bench
  const plan = await structure.apply(pair.after, { allow: pair.allow })
  hold('everything can be done', [...plan.drift, ...plan.frozen].map(describe))
  hold('law 2', await leftToDo(bench, pair.after, strangers?.names ?? []))
  const after = await structure.introspect()
  if (isThorough) hold('law 1', await differencesFromReference(reference, pair, after))
  const values = await valuesOf(bench, survivingTables(pair), 'after')
  hold('law 4, up', differencesOf(values, before.values))
  hold('law 6, up', await strangersChanged(bench, strangers))
  if (isThorough) await holdMemory(bench, pair, strangers)
  if (plan.steps.some(({ inverse }) => inverse === null)) return
  if (!(await isUndone(bench, plan, { after, rows: pair.cell.rows }))) return
  const back = await structure.introspect()
  hold('law 3', differencesOf(comparable(back.snapshot), comparable(before.live.snapshot)))
  const restored = await valuesOf(bench, survivingTables(pair), 'before')
  hold('law 4, down', differencesOf(restored, before.values))
  hold('law 6, down', await strangersChanged(bench, strangers))
}

/** What was lost with the rows may be what other rows refer to: then nothing is undone. */
async function isUndone(
  { structure, dialect }: LawsBench,
  plan: Plan,
  { after, rows }: { readonly after: LiveStructure; readonly rows: string },
): Promise<boolean> {
  const isLossy = rows === 'rows' && plan.hazards.some((hazard) => hazard.class === 'lossy')
  if (!isLossy) return structure.undo(plan).then(() => true)
  const error = await structure.undo(plan).then(() => null, textOf)
  if (error === null) return true
  const { snapshot } = await structure.introspect()
  const changed = dialect.transactionalDdl ? differencesOf(comparable(snapshot), comparable(after.snapshot)) : []
  hold(`law 3, refused by ${error}`, changed)
  return false
}

/** Nothing is left to do also where nobody remembers how the engine prints what was declared. */
async function holdMemory(bench: LawsBench, pair: StructurePair, strangers: Strangers | null): Promise<void> {
  await bench.forget()
  hold('law 2, after forgetting', leftIn(await bench.structure.apply(pair.after), strangers?.names ?? []))
  hold('law 2, the third time', await leftToDo(bench, pair.after, strangers?.names ?? []))
}

/** What a plan for a structure that is there would do, refuse or report. */
async function leftToDo(bench: LawsBench, wanted: Snapshot, strangers: readonly string[]): Promise<readonly string[]> {
  return leftIn(await bench.structure.plan(wanted), strangers)
}

function leftIn(plan: Plan, strangers: readonly string[]): readonly string[] {
  const left = plan.leftAlone.filter(({ object }) => !strangers.some((name) => object.includes(name)))
  return [
    ...plan.steps.flatMap(({ statements }) => statements),
    ...[...plan.drift, ...plan.frozen].map(describe),
    ...left.map(({ object, note }) => `${object} ${note}`),
  ]
}

function describe({ comparison, object, live, wanted, reason }: Plan['drift'][number]): string {
  return `${comparison} ${object}: ${live} → ${wanted}: ${reason}`
}

async function differencesFromReference(
  reference: LawsBench,
  { after }: StructurePair,
  { snapshot }: LiveStructure,
): Promise<readonly string[]> {
  await reference.clear()
  await reference.structure.apply(withoutRenames(after))
  const made = await reference.structure.introspect()
  const isDeclared = (table: TableShape): boolean => after.tables[table.name] !== undefined
  const declared = Object.values(snapshot.tables).filter(isDeclared).map(withoutStrangers)
  return differencesOf(
    comparable({ tables: Object.fromEntries(declared.map((table) => [table.name, table])) }),
    comparable(made.snapshot),
  )
}

function withoutStrangers(table: TableShape): TableShape {
  return { ...table, indexes: table.indexes.filter(({ name }) => !name.startsWith('by hand')) }
}

/** As a model without `renamedFrom`. */
export function withoutRenames({ tables }: Snapshot): Snapshot {
  const plain = <T extends { readonly source: TableShape['source'] }>(shape: T): T => {
    if (shape.source === null) return shape
    const { renamedFrom: _, ...source } = shape.source
    return { ...shape, source }
  }
  const entries = Object.values(tables).map((table) => [
    table.name,
    { ...plain(table), columns: table.columns.map(plain) },
  ])
  return { tables: Object.fromEntries(entries) }
}

/** Law 8: rows that stand against it are counted before the first change, and nothing is touched. */
async function holdRefusal(bench: LawsBench, pair: StructurePair, before: State): Promise<void> {
  const rows = await allValues(bench, before.live.snapshot)
  const message = await bench.structure.apply(pair.after, { allow: pair.allow }).then(
    () => 'was done',
    (error: unknown) => textOf(error),
  )
  const isRefused = /stand against it: [1-9]\d* /.test(message)
  hold('law 8, refused with the number of rows', isRefused ? [] : [message])
  const after = await bench.structure.introspect()
  hold('law 8, the structure', differencesOf(comparable(after.snapshot), comparable(before.live.snapshot)))
  hold('law 8, the rows', differencesOf(await allValues(bench, after.snapshot), rows))
}

export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : ` [${textOf(error.cause)}]`
  return `${error.message}${cause}`
}

interface Strangers {
  readonly names: readonly string[]
  readonly table: string
  /** What they were when they were made. */
  readonly state: unknown
}

/** Things of somebody else, beside a table that the pair leaves as it is; in every third pair. */
async function makeStrangers(bench: LawsBench, pair: StructurePair): Promise<Strangers | null> {
  const host = hostOf(pair)
  if (host === null || pair.seed % 3 !== 0) return null
  await bench.run(bench.vocabulary.strangers.make(host.name, host.columns[0]?.name ?? ''))
  const known = { names: ['by hand', 'by_hand'], table: host.name }
  return { ...known, state: await strangersOf(bench, known) }
}

/** A table that has the same name and key on both sides. */
function hostOf({ before, after, renames }: StructurePair): TableShape | null {
  const isSame = (a: unknown, b: unknown): boolean => differencesOf(comparableShape(a), comparableShape(b)).length === 0
  const isRenamed = ({ name }: TableShape): boolean =>
    renames.some(({ object, from, to, table }) =>
      object === 'table'
        ? from === name || to === name
        : table === name && from === before.tables[name]?.columns[0]?.name,
    )
  return (
    Object.values(before.tables).find((table) => {
      const partner = after.tables[table.name]
      return partner !== undefined && !isRenamed(table) && isSame(table.columns[0], partner.columns[0])
    }) ?? null
  )
}

function comparableShape(shape: unknown): unknown {
  return JSON.parse(JSON.stringify(shape, (key, value: unknown) => (key === 'source' ? undefined : value)))
}

async function strangersOf(bench: LawsBench, { table }: Pick<Strangers, 'table'>): Promise<unknown> {
  const { snapshot, opaque } = await bench.structure.introspect()
  return {
    own: snapshot.tables['by hand'],
    index: snapshot.tables[table]?.indexes.filter(({ name }) => name.startsWith('by hand')),
    opaque: opaque
      .filter(({ name }) => name.startsWith('by hand') || name.startsWith('by_hand'))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    rows: await bench.rows('select a, b from ' + bench.dialect.quoteName('by hand') + ' order by a'),
  }
}

async function strangersChanged(bench: LawsBench, strangers: Strangers | null): Promise<readonly string[]> {
  return strangers === null ? [] : differencesOf(await strangersOf(bench, strangers), strangers.state)
}
