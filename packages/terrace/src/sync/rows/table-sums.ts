import type { TableShape } from '../../schema/index.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { rawText } from './raw-text.ts'
import { readBatches, type RowsDialect } from './read-batches.ts'
import { RowChecksum, type TableSum } from './row-checksum.ts'

/**
 * The rows of each table, as this engine has them: their number, and a checksum over every column that does not depend on their
 * order. For databases of one engine, a copy and its original: what two engines give for the same value need not be the same.
 * Read in batches; for one state of the whole, in a transaction that sees one (`withSnapshot`).
 */
export async function tableSums(
  runner: StatementRunner,
  dialect: RowsDialect,
  tables: readonly TableShape[],
): Promise<Readonly<Record<string, TableSum>>> {
  const sums: Record<string, TableSum> = {}
  for (const table of tables) sums[table.name] = await tableSum(runner, dialect, table)
  return sums
}

async function tableSum(runner: StatementRunner, dialect: RowsDialect, table: TableShape): Promise<TableSum> {
  const columns = table.columns.map(({ name }) => name).toSorted()
  const sum = new RowChecksum()
  for await (const { rows } of readBatches(runner, dialect, { table, columns })) {
    for (const row of rows) sum.add(columns.map((name) => rawText(row[name])))
  }
  return sum.result()
}
