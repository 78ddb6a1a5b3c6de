import { dialectOf } from '../../src/connect/dialect-of.ts'
import { withOnlyConnection } from '../../src/database/index.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** Runs SQL of the engine's own on one connection; gives the rows of the last statement. */
export async function runStatements(url: string, ...statements: readonly string[]): Promise<Rows> {
  const { runtime } = await dialectOf(url)
  return withOnlyConnection({ url, open: (options) => runtime.open(options) }, async (connection) => {
    let rows: Rows = []
    for (const sql of statements) ({ rows } = await connection.execute({ sql, parameters: [] }))
    return rows
  })
}
