import type { SchemaDialect } from '../schema/index.ts'
import type { StatementRunner } from './statement-runner.ts'

export interface RowsToInsert {
  readonly table: string
  readonly columns: readonly string[]
  /** Stored values in the order of the columns. */
  readonly rows: readonly (readonly unknown[])[]
}

const mostRowsPerStatement = 500

/** Inserts rows with as few statements as the engine's limit of parameters allows. */
export async function insertRows(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { table, columns, rows }: RowsToInsert,
): Promise<void> {
  const { maxParameters } = runner.connection.capabilities
  const perStatement = Math.max(1, Math.min(mostRowsPerStatement, Math.floor(maxParameters / columns.length)))
  const names = columns.map((name) => dialect.quoteName(name)).join(', ')
  const into = `insert into ${dialect.quoteName(table)} (${names}) values `
  for (let at = 0; at < rows.length; at += perStatement) {
    const chunk = rows.slice(at, at + perStatement)
    const tuples = chunk.map((row, index) => tuple(dialect, row.length, index * row.length))
    await runner.run(into + tuples.join(', '), chunk.flat())
  }
}

function tuple(dialect: SchemaDialect, length: number, before: number): string {
  return `(${Array.from({ length }, (_, at) => dialect.placeholder(before + at + 1)).join(', ')})`
}
