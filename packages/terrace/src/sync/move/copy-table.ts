import { setTimeout as sleep } from 'node:timers/promises'
import { DriverError, type Driver, type DriverErrorKind } from '../../database/index.ts'
import { errors, type TerraceError } from '../../errors/index.ts'
import type { SchemaDialect } from '../../schema/index.ts'
import { insertRows } from '../insert-rows.ts'
import { driverErrorOf } from '../lock/naming-grants.ts'
import { bytesOf } from '../rows/batch-size.ts'
import { readBatches, type Place, type RawRow, type RowsDialect } from '../rows/read-batches.ts'
import type { RowChecksum } from '../rows/row-checksum.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { withConnection } from '../with-connection.ts'
import { MoveState } from './move-state.ts'
import type { MoveOptions } from './move-types.ts'
import { readRow, textsOf, unfitError } from './row-values.ts'
import type { TablePair } from './table-pair.ts'

export interface Copying extends Pick<MoveOptions, 'batchRows' | 'signal'> {
  readonly pair: TablePair
  /** Which of the tables it is. */
  readonly at: number
  readonly from: Place
  readonly source: { readonly runner: StatementRunner; readonly dialect: RowsDialect }
  readonly target: CopyTarget
  /** Of the rows that are copied. */
  readonly sum: RowChecksum
  copied(rows: number): void
}

export interface CopyTarget {
  readonly driver: Driver
  readonly dialect: SchemaDialect
  readonly timeoutMs: number
}

/**
 * Copies the rows behind a place, batch by batch, each in one transaction with the place it ends at. `MOVE_VALUE` with the row that
 * is no row of the model, or that the target refuses; `MOVE_CONFLICT`, `MOVE_STOPPED`.
 */
export async function copyTable(copying: Copying): Promise<void> {
  const { pair, source, batchRows, signal, sum } = copying
  const { shape, columns } = pair.source
  const names = columns.map(({ name }) => name)
  const asked = { table: shape, columns: names, after: copying.from, ...(batchRows === undefined ? {} : { batchRows }) }
  let from = copying.from
  for await (const { rows, place } of readBatches(source.runner, source.dialect, asked)) {
    const stored = rows.map((row) => {
      const values = readRow({ pair, side: 'source' }, row)
      sum.add(textsOf(columns, values))
      return pair.target.columns.map(({ write }, index) => (values[index] === null ? null : write(values[index])))
    })
    await writeBatch(copying, { rows, stored, from, to: place })
    from = place
    copying.copied(place.rows)
    signal?.throwIfAborted()
  }
}

interface BatchToWrite {
  readonly rows: readonly RawRow[]
  readonly stored: readonly (readonly unknown[])[]
  readonly from: Place
  readonly to: Place
}

const retries = 20
const pauseMs = 250

async function writeBatch(copying: Copying, batch: BatchToWrite): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await insertBatch(copying, batch)
      return
    } catch (error) {
      // A connection that the row has broken could not be rolled back either: the first of both errors says why.
      const failure = driverErrorOf(error instanceof AggregateError ? error.errors[0] : error)
      if (failure === null) throw error
      if (!failure.retryable || attempt > retries) throw await whyRefused(copying, batch, failure)
      await sleep(pauseMs)
    }
  }
}

function insertBatch(copying: Copying, { stored, from, to }: BatchToWrite): Promise<void> {
  const { pair, at, target } = copying
  return onTarget(target, (runner) =>
    runner.transaction(async () => {
      await new MoveState(runner, target.dialect).advance(at, { table: pair.table, from, to })
      for (const rows of inPackets(stored)) await insertStored(runner, copying, rows)
    }),
  )
}

function insertStored(
  runner: StatementRunner,
  { pair, target }: Copying,
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const columns = pair.target.columns.map(({ name }) => name)
  return insertRows(runner, target.dialect, { table: pair.table, columns, rows })
}

/** Given back after each batch: a connection that a refused row has broken is replaced. */
function onTarget<T>({ driver, timeoutMs }: CopyTarget, work: (runner: StatementRunner) => Promise<T>): Promise<T> {
  return withConnection(driver, { access: 'write', timeoutMs }, work)
}

// Servers refuse a statement beyond a limit that is 16 MiB by default, where a text may take three bytes for each of its characters.
const packetBytes = 2 * 1024 * 1024

function* inPackets(rows: readonly (readonly unknown[])[]): Generator<readonly (readonly unknown[])[]> {
  let packet: (readonly unknown[])[] = []
  let bytes = 0
  for (const row of rows) {
    const more = bytesOf(row)
    if (packet.length > 0 && bytes + more > packetBytes) {
      yield packet
      packet = []
      bytes = 0
    }
    packet.push(row)
    bytes += more
  }
  if (packet.length > 0) yield packet
}

// Not about one row.
const elsewhere: ReadonlySet<DriverErrorKind> = new Set([
  'connection',
  'diskFull',
  'permission',
  'readOnly',
  'missingObject',
])

/** Which row it was: none of the batch is in the target, and they are tried one by one. */
async function whyRefused(copying: Copying, batch: BatchToWrite, error: DriverError): Promise<TerraceError> {
  const { pair, target } = copying
  const stopped = errors.MOVE_STOPPED({ values: { table: pair.table, reason: error.kind }, cause: error })
  // A server may hang up at a statement beyond its limit before it has said so.
  const isLarge = (row: readonly unknown[]): boolean => bytesOf(row) > packetBytes
  if (elsewhere.has(error.kind) && !(error.kind === 'connection' && batch.stored.some(isLarge))) return stopped
  const refused: { at: number; error: DriverError }[] = []
  const undone = new Error('every row of the batch was tried')
  await onTarget(target, (runner) =>
    runner.transaction(async () => {
      for (const [at, row] of batch.stored.entries()) {
        await insertStored(runner, copying, [row]).catch((reason: unknown) => {
          if (reason instanceof DriverError) refused.push({ at, error: reason })
          throw reason
        })
      }
      throw undone
    }),
  ).catch((reason: unknown) => {
    if (reason !== undone && refused.length === 0) throw reason
  })
  const [first] = refused
  if (first === undefined) return stopped
  if (first.error.kind === 'connection' && !isLarge(batch.stored[first.at] ?? [])) return stopped
  return unfitError(pair, batch.rows[first.at] as RawRow, first.error)
}
