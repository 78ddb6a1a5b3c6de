import { errors } from '../../errors/index.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { readBatches, type RowsDialect } from '../rows/read-batches.ts'
import { RowChecksum, type TableSum } from '../rows/row-checksum.ts'
import { readRow, textsOf, type RowsOf } from './row-values.ts'

/** The sum of a table's rows as values of the model, which both sides give alike. */
export async function sumRows(
  runner: StatementRunner,
  dialect: RowsDialect,
  { pair, side }: RowsOf,
): Promise<TableSum> {
  const { shape, columns } = pair[side]
  const sum = new RowChecksum()
  const asked = { table: shape, columns: columns.map(({ name }) => name) }
  for await (const { rows } of readBatches(runner, dialect, asked)) {
    for (const row of rows) sum.add(textsOf(columns, readRow({ pair, side }, row)))
  }
  return sum.result()
}

export interface ComparedTable {
  readonly table: string
  readonly source: TableSum
  readonly target: TableSum
}

/** `MOVE_DIFFERS` with every table that is not the same on both sides. */
export function refuseDifferentRows(compared: readonly ComparedTable[]): void {
  const lines = compared.flatMap(({ table, source, target }) => {
    if (source.rows !== target.rows) return [`${table}: ${source.rows} rows and ${target.rows} rows`]
    return source.checksum === target.checksum ? [] : [`${table}: ${source.rows} rows on both sides, not all the same`]
  })
  if (lines.length > 0) throw errors.MOVE_DIFFERS({ values: { list: lines.join('; ') } })
}
