import { recordSeeded } from '../journal/ledger.ts'
import { RowChecksum, type TableSum } from '../rows/row-checksum.ts'
import { withSnapshot } from '../rows/with-snapshot.ts'
import { resyncsOf } from '../seeds/resync-identities.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { structureOf, type PlanOptions } from '../structure.ts'
import { withConnection } from '../with-connection.ts'
import { refuseDifferentRows, sumRows } from './compare-rows.ts'
import { copyTable } from './copy-table.ts'
import type { MoveMark } from './move-mark.ts'
import { MoveState } from './move-state.ts'
import type { MoveReport } from './move-types.ts'
import { planMove, refuseFilledNatives, type MovePlan, type MoveRowsOptions, type SidePlan } from './plan-move.ts'
import { prepareTarget, withoutRules } from './prepare-target.ts'
import type { TablePair } from './table-pair.ts'

/**
 * Makes the structure of the models in an empty database, copies every row of the source into it, and compares both. What was begun
 * is continued. The source is read as it was when this run began.
 *
 * Errors: `MOVE_OPTION`, `MOVE_SOURCE_DIFFERS`, `MOVE_UNDECLARED`, `MOVE_NATIVE`, `MOVE_TARGET_NOT_EMPTY`, `MOVE_OTHER` before
 * anything is changed; `MOVE_VALUE`, `MOVE_STOPPED`, `MOVE_CONFLICT` and what making the structure reports, after which it can be
 * continued; `MOVE_DIFFERS`.
 */
export async function moveRows(options: MoveRowsOptions): Promise<MoveReport> {
  const { signal, lockTimeoutMs = 60_000 } = options
  const startedAt = performance.now()
  signal?.throwIfAborted()
  const plan = await planMove(options)
  const moved = await withSnapshot(plan.sides.source.driver, { timeoutMs: lockTimeoutMs }, async (runner) => {
    await refuseFilledNatives(runner, plan)
    const { isNew, ...found } = await prepareTarget({ ...targetOf(plan), parts: plan.sides.target.parts })
    const mark = await makeTables(options, plan, found)
    const copied = await copyTables(options, { plan, runner, mark })
    return { ...copied, mark, isNew, seededAt: await seededTables(runner, plan) }
  })
  const mark = await makeRules(options, plan, moved.mark)
  await settleNumbersAndSeeds(plan, { timeoutMs: lockTimeoutMs, seededAt: moved.seededAt })
  await compare(options, plan, moved.sums)
  await withTarget(plan, lockTimeoutMs, (state) => state.end(mark, tablesOf(plan)))
  const { copiedRows, copySeconds } = moved
  return {
    tables: plan.pairs.map(({ table }, at) => ({ table, ...(moved.sums[at] as TableSum) })),
    left: plan.left,
    resumed: !moved.isNew,
    seconds: (performance.now() - startedAt) / 1000,
    rowsPerSecond: copiedRows === 0 ? 0 : Math.round(copiedRows / copySeconds),
  }
}

function tablesOf({ pairs }: MovePlan): readonly string[] {
  return pairs.map(({ table }) => table)
}

function targetOf(
  plan: MovePlan,
): Pick<SidePlan, 'wanted'> & Pick<MovePlan, 'mark'> & { readonly tables: readonly string[] } {
  return { wanted: plan.sides.target.wanted, mark: plan.mark, tables: tablesOf(plan) }
}

/** The journal of the move, in a transaction. */
function withTarget<T>(
  { sides: { target } }: MovePlan,
  timeoutMs: number,
  work: (state: MoveState, runner: StatementRunner) => Promise<T>,
): Promise<T> {
  return withConnection(target.driver, { access: 'write', timeoutMs }, (runner) =>
    runner.transaction(() => work(new MoveState(runner, target.dialect), runner)),
  )
}

function applying({ observer }: MoveRowsOptions): Pick<PlanOptions, 'observer'> {
  return { observer: { applied: (step) => observer?.applied?.(step) } }
}

async function makeTables(options: MoveRowsOptions, plan: MovePlan, mark: MoveMark): Promise<MoveMark> {
  if (mark.stage !== 'tables') return mark
  const { parts, wanted } = plan.sides.target
  await structureOf(parts).apply(withoutRules(wanted), applying(options))
  return withTarget(plan, options.lockTimeoutMs ?? 60_000, (state) => state.enter(mark, 'rows'))
}

/** Keys, unique rules and indexes, which the engine holds all rows to at once. */
async function makeRules(options: MoveRowsOptions, plan: MovePlan, mark: MoveMark): Promise<MoveMark> {
  if (mark.stage === 'done') return mark
  const timeoutMs = options.lockTimeoutMs ?? 60_000
  const entered =
    mark.stage === 'rules' ? mark : await withTarget(plan, timeoutMs, (state) => state.enter(mark, 'rules'))
  const { parts, wanted } = plan.sides.target
  await structureOf(parts).apply(wanted, applying(options))
  return entered
}

interface Copying {
  readonly plan: MovePlan
  /** Reads the source. */
  readonly runner: StatementRunner
  readonly mark: MoveMark
}

interface Copied {
  /** Of the source's tables, as they were read. */
  readonly sums: readonly TableSum[]
  readonly copiedRows: number
  readonly copySeconds: number
}

async function copyTables(options: MoveRowsOptions, { plan, runner, mark }: Copying): Promise<Copied> {
  const { sides, pairs } = plan
  const startedAt = performance.now()
  const sums: TableSum[] = []
  let copiedRows = 0
  const places =
    mark.stage === 'rows'
      ? await withTarget(plan, options.lockTimeoutMs ?? 60_000, (state) => state.places(tablesOf(plan)))
      : null
  for (const [at, pair] of pairs.entries()) {
    const from = places?.[at]
    const sum = new RowChecksum()
    if (from !== undefined) copiedRows += await copyOne(options, { plan, runner, pair, at, from, sum })
    // Rows that an earlier run has copied are read again: they may be others now.
    sums.push(from?.rows === 0 ? sum.result() : await sumRows(runner, sides.source.rows, { pair, side: 'source' }))
  }
  return { sums, copiedRows, copySeconds: (performance.now() - startedAt) / 1000 }
}

interface CopyOne extends Omit<Copying, 'mark'> {
  readonly pair: TablePair
  readonly at: number
  readonly from: { readonly rows: number; readonly key: readonly unknown[] | null }
  readonly sum: RowChecksum
}

async function copyOne(options: MoveRowsOptions, { plan, runner, pair, at, from, sum }: CopyOne): Promise<number> {
  const { observer, signal, batchRows, lockTimeoutMs: timeoutMs = 60_000 } = options
  const { source, target } = plan.sides
  const of = observer?.batch === undefined ? 0 : await countRows(runner, source, pair.table)
  let copied = from.rows
  await copyTable({
    pair,
    at,
    from,
    sum,
    source: { runner, dialect: source.rows },
    target: { driver: target.driver, dialect: target.dialect, timeoutMs },
    ...(batchRows === undefined ? {} : { batchRows }),
    ...(signal === undefined ? {} : { signal }),
    copied: (rows) => {
      copied = rows
      observer?.batch?.({ table: pair.table, rows, of })
    },
  })
  return copied - from.rows
}

async function countRows(runner: StatementRunner, { dialect }: SidePlan, table: string): Promise<number> {
  const [row] = await runner.rows({ sql: `select count(*) as n from ${dialect.quoteName(table)}`, parameters: [] })
  return Number(row?.['n'])
}

interface Seeded {
  readonly table: string
  readonly at: Date
}

/** When the source's tables were seeded: `seed: 'once'` shall not do so again. */
async function seededTables(runner: StatementRunner, { live, pairs }: MovePlan): Promise<readonly Seeded[]> {
  if (!live.hasJournal) return []
  const sql = `select path, seeded_at from terrace_object where kind in ('table', 'seeds') and seeded_at is not null`
  const tables = new Set(pairs.map(({ table }) => table))
  const rows = await runner.rows({ sql, parameters: [] })
  return rows
    .map((row) => ({ table: String(row['path']), at: new Date(Number(row['seeded_at'])) }))
    .filter(({ table }) => tables.has(table))
}

interface Settling {
  readonly timeoutMs: number
  readonly seededAt: readonly Seeded[]
}

function settleNumbersAndSeeds(plan: MovePlan, { timeoutMs, seededAt }: Settling): Promise<void> {
  const { dialect } = plan.sides.target
  return withTarget(plan, timeoutMs, async (_, runner) => {
    for (const { model } of plan.pairs) {
      for (const sql of resyncsOf(dialect, model)) await runner.rows({ sql, parameters: [] })
    }
    for (const seeded of seededAt) await recordSeeded(runner, dialect, seeded)
  })
}

async function compare(options: MoveRowsOptions, plan: MovePlan, sums: readonly TableSum[]): Promise<void> {
  const { driver, rows } = plan.sides.target
  const compared = await withSnapshot(driver, { timeoutMs: options.lockTimeoutMs ?? 60_000 }, async (runner) => {
    const found: TableSum[] = []
    for (const pair of plan.pairs) {
      options.observer?.comparing?.(pair.table)
      found.push(await sumRows(runner, rows, { pair, side: 'target' }))
      options.signal?.throwIfAborted()
    }
    return found
  })
  refuseDifferentRows(
    plan.pairs.map(({ table }, at) => ({ table, source: sums[at] as TableSum, target: compared[at] as TableSum })),
  )
}
