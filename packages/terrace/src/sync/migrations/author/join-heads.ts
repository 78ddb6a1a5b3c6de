import { errors, TerraceError } from '../../../errors/index.ts'
import { snapshotFrom, type Snapshot } from '../../../schema/index.ts'
import { readStructure } from '../../read-structure.ts'
import { ancestorsOf } from '../history-graph.ts'
import type { MigrationHistory } from '../history.ts'
import { mergeHeads } from '../merge-heads.ts'
import type { MergeOutcome } from '../merge.ts'
import { runUpgrade } from '../run/run-upgrade.ts'
import { declaredDifferences } from './declared-differences.ts'
import { sampleTables } from './sample-tables.ts'
import { fillTables } from './samples/fill-tables.ts'
import type { Scratch } from './scratch.ts'
import { changedValues, survivingTables, tableValues } from './surviving-values.ts'

export interface JoinedHeads {
  readonly snapshot: Snapshot
  /** Rows that were there. */
  readonly sampleRows: number
}

type Merged = Extract<MergeOutcome, { readonly kind: 'merged' }>

/**
 * The declared structure after several heads. Their statements were written for one structure each and meet another here, so
 * that every order is tried with rows; afterwards the scratch database has them all, and no rows. `MIGRATION_CONFLICT`.
 */
export async function joinHeads(
  scratch: Scratch,
  history: MigrationHistory,
  heads: readonly string[],
): Promise<JoinedHeads> {
  const outcome = mergeHeads(history, heads)
  if (outcome.kind === 'conflict')
    throw conflict(
      history,
      heads,
      outcome.conflicts.map(({ object, ours, theirs }) => `${object}: on the one side ${ours}, on the other ${theirs}`),
    )
  let sampleRows = 0
  for (const order of orders(heads)) {
    const trial = { scratch, history, outcome, order }
    await standAtCommon(trial)
    const tried = await tryOrder(trial)
    if (tried.problems.length > 0) throw conflict(history, heads, tried.problems)
    sampleRows = Math.max(sampleRows, tried.rows)
  }
  return { snapshot: outcome.snapshot, sampleRows }
}

/** All orders of two and three; of more, each first once. */
function orders(heads: readonly string[]): readonly (readonly string[])[] {
  if (heads.length > 3) return heads.map((_, at) => [...heads.slice(at), ...heads.slice(0, at)])
  if (heads.length < 2) return [heads]
  return heads.flatMap((head) => orders(heads.filter((other) => other !== head)).map((rest) => [head, ...rest]))
}

interface OrderTrial {
  readonly scratch: Scratch
  readonly history: MigrationHistory
  readonly outcome: Merged
  readonly order: readonly string[]
}

function commonOf({ history, order }: OrderTrial): ReadonlySet<string> {
  const sets = order.map((head) => ancestorsOf(history, [head]))
  return new Set([...(sets[0] ?? [])].filter((id) => sets.every((ids) => ids.has(id))))
}

async function standAtCommon(trial: OrderTrial): Promise<void> {
  const { scratch, history } = trial
  await scratch.clear()
  const common = commonOf(trial)
  await runUpgrade(scratch.parts, { history, path: history.revisions.filter(({ revision }) => common.has(revision)) })
}

interface TriedOrder {
  readonly problems: readonly string[]
  readonly rows: number
}

async function tryOrder(trial: OrderTrial): Promise<TriedOrder> {
  const { scratch, outcome } = trial
  const { snapshot, renames } = outcome
  const { live, values, rows } = await scratch.connected(async (runner) => {
    const found = await readStructure(runner, scratch.dialect)
    const tables = sampleTables(found.snapshot, snapshot, renames)
    const sample = { runner, dialect: scratch.dialect, opaque: found.opaque, tables, rows: [0, 1, 2], variation: 0 }
    const filled = await fillTables(sample)
    return { live: found, values: await tableValues(sample, found.snapshot), rows: filled.rows }
  })
  const failed = await goOrder(trial)
  if (failed === 'refusesRows') {
    await standAtCommon(trial)
    const again = await goOrder(trial)
    if (again !== null) return { problems: [again], rows: 0 }
    return { problems: await structureProblems(trial), rows: 0 }
  }
  if (failed !== null) return { problems: [failed], rows }
  const problems = await structureProblems(trial)
  const after = await scratch.connected(async (runner) => {
    const found = await readStructure(runner, scratch.dialect)
    return { live: found, values: await tableValues({ runner, dialect: scratch.dialect }, found.snapshot) }
  })
  const surviving = survivingTables(live.snapshot, after.live.snapshot, renames)
  const isDeclared = (name: string): boolean => snapshot.tables[name] !== undefined
  const changed = changedValues(surviving, values, after.values).filter(
    ({ table, isRetyped }) => isDeclared(table) && !isRetyped && !hasData(trial),
  )
  await scratch.removeRows(Object.keys(after.live.snapshot.tables))
  const lost = changed.map(({ what }) => `${what}: values are others than before, ${inOrder(trial)}`)
  return { problems: [...problems, ...lost], rows }
}

/** A data step may make any value another. */
function hasData({ history, order }: OrderTrial): boolean {
  const all = ancestorsOf(history, order)
  return history.revisions.some(({ revision, up }) => all.has(revision) && up.some((step) => 'data' in step))
}

function inOrder({ order }: OrderTrial): string {
  return `in the order ${order.join(', ')}`
}

/** Null where all went well; the first failure in words, or that rows are refused. */
async function goOrder(trial: OrderTrial): Promise<string | null> {
  const { scratch, history, order } = trial
  const applied = new Set(commonOf(trial))
  for (const head of order) {
    const wanted = ancestorsOf(history, [head])
    const path = history.revisions.filter(({ revision }) => wanted.has(revision) && !applied.has(revision))
    try {
      await runUpgrade(scratch.parts, { history, path })
    } catch (error) {
      if (!(error instanceof TerraceError)) throw error
      if (error.code === 'MIGRATION_REFUSED') return 'refusesRows'
      return `${inOrder(trial)}, ${head} fails: ${error.message}`
    }
    for (const { revision } of path) applied.add(revision)
  }
  return null
}

async function structureProblems(trial: OrderTrial): Promise<readonly string[]> {
  const { scratch, history, outcome, order } = trial
  const known = [...ancestorsOf(history, order)].flatMap((id) => history.byId.get(id)?.snapshot ?? [])
  const former = snapshotFrom(known.flatMap(({ tables }) => Object.values(tables)))
  const differences = await declaredDifferences(scratch.parts, { declared: outcome.snapshot, former, renames: [] })
  return differences.map((line) => `${line}, ${inOrder(trial)}`)
}

function conflict(history: MigrationHistory, heads: readonly string[], lines: readonly string[]): TerraceError {
  const names = heads.map((id) => `${id} (${history.byId.get(id)?.description ?? ''})`)
  return errors.MIGRATION_CONFLICT({
    values: { heads: names.join(' and '), count: lines.length, list: lines.map((line) => `- ${line}`).join('\n') },
  })
}
