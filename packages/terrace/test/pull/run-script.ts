import { withStructure } from '../corpora/with-structure.ts'

/** Runs statements one by one, as a program that made a database would have. */
export function runScript(url: string, statements: readonly string[]): Promise<void> {
  return withStructure(url, async ({ rows }) => {
    for (const sql of statements) await rows(sql)
  })
}

/** All rows of a table, in the order of their texts. */
export function rowsOf(url: string, quotedTable: string): Promise<readonly string[]> {
  return withStructure(url, async ({ rows }) => {
    const all = await rows(`select * from ${quotedTable}`)
    return all
      .map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)))
      .toSorted()
  })
}
