import type { DriverError, DriverErrorKind } from '../../database/index.ts'
import { errors, type TerraceError } from '../../errors/index.ts'
import type { RawRow } from '../rows/read-batches.ts'
import { UnfitValue, type MovedColumn } from './moved-column.ts'
import type { Sides, TablePair } from './table-pair.ts'

/** One side of a table. */
export interface RowsOf {
  readonly pair: TablePair
  readonly side: keyof Sides<unknown>
}

/** Values of the model, in the order of the columns; null for NULL. `MOVE_VALUE` names the row and column of one that is none. */
export function readRow({ pair, side }: RowsOf, row: RawRow): readonly unknown[] {
  return pair[side].columns.map((column) => readValue(pair, row, column))
}

function readValue(pair: TablePair, row: RawRow, { name, read }: MovedColumn): unknown {
  const raw = row[name]
  if (raw === null) return null
  try {
    return read(raw)
  } catch (error) {
    if (!(error instanceof UnfitValue)) throw error
    throw valueError(pair, row, { column: `column ${name}`, reason: error.message, cause: error })
  }
}

/** Texts that mean the same on both sides, for a checksum. */
export function textsOf(columns: readonly MovedColumn[], values: readonly unknown[]): readonly (string | null)[] {
  return columns.map(({ textOf }, at) => (values[at] === null ? null : textOf(values[at])))
}

/** `MOVE_VALUE` for a row that the target refuses. */
export function unfitError(pair: TablePair, row: RawRow, error: DriverError): TerraceError {
  const { columns, constraint, kind } = error
  const named = columns === null || columns.length === 0 ? null : `column ${columns.join(', ')}`
  const rule = constraint === null ? 'row' : `rule ${constraint}`
  return valueError(pair, row, { column: named ?? rule, reason: reasons[kind] ?? kind, cause: error })
}

const reasons: Partial<Record<DriverErrorKind, string>> = {
  unique: 'the target has a row with the same key already',
  check: 'the target refuses it',
  notNull: 'the target takes no NULL',
  tooLong: 'it is longer than the target takes',
  connection: 'it is longer than the target takes, which hangs up',
  outOfRange: 'it is beyond what the target takes',
  invalidValue: 'the target takes it for no value of the column',
  other: 'the target refuses it, with the words of the cause',
}

interface Unfit {
  readonly column: string
  readonly reason: string
  readonly cause: unknown
}

function valueError(pair: TablePair, row: RawRow, { column, reason, cause }: Unfit): TerraceError {
  const key = pair.source.shape.primaryKey?.columns.map((name) => shortText(row[name])) ?? []
  return errors.MOVE_VALUE({ values: { table: pair.table, key: `(${key.join(', ')})`, column, reason }, cause })
}

const longestShown = 60

function shortText(value: unknown): string {
  const text = value instanceof Uint8Array ? `x'${Buffer.from(value).toString('hex')}'` : String(value)
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`
}
