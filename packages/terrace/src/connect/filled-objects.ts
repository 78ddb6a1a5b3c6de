import type { ScratchObject } from '../database/index.ts'
import { journalPrefix, type OpaqueObject, type SchemaDialect } from '../schema/index.ts'
import { readStructure, withConnection, type StatementRunner } from '../sync/index.ts'
import { dialectOf } from './dialect-of.ts'
import { openWhole } from './row-security/every-row.ts'

/** A table, or a column of one. */
export interface RowPlace {
  readonly table: string
  readonly column: string | null
}

/** Which of these have rows, or values other than NULL. What is not in the database has none. */
export function filledObjects(url: string, places: readonly RowPlace[]): Promise<readonly RowPlace[]> {
  return reading(url, async ({ runner, schema }) => {
    const { snapshot } = await readStructure(runner, schema)
    const columnsOf = (table: string): readonly string[] =>
      (snapshot.tables[table]?.columns ?? []).map(({ name }) => name)
    const there = places.filter(({ table, column }) =>
      column === null ? snapshot.tables[table] !== undefined : columnsOf(table).includes(column),
    )
    const filled: RowPlace[] = []
    for (const place of there) if (await isFilled(runner, schema, place)) filled.push(place)
    return filled
  })
}

/**
 * All tables that have rows, whoever made them, also those that no model can hold; and those that the connection does not see by their
 * names alone, whether they have rows or not. For whoever is about to replace the whole database: what Terrace keeps for itself does
 * not count, and a database that is not there has none.
 */
export async function tablesWithRows(url: string): Promise<readonly string[]> {
  const dialect = await dialectOf(url)
  // To open a file that is not there would make it.
  if (dialect.backup.exists(url) === false) return []
  return reading(url, async ({ runner, schema }) => {
    const { snapshot, otherObjects, opaque } = await readStructure(runner, schema)
    const isSeen = (name: string): boolean => snapshot.tables[name] !== undefined || otherObjects[name] !== undefined
    const parts = new Set(opaque.flatMap(({ kind, name }) => (isPart(kind) ? [name] : [])))
    const filled = new Set<string>()
    const asked = new Set<string>()
    for (const table of tablesIn(await dialect.scratch.contents(runner.connection))) {
      if (parts.has(table) || table.startsWith(journalPrefix)) continue
      // One that is there twice is also in a schema that is not worked in.
      const isAsked = isSeen(table) && !asked.has(table)
      asked.add(table)
      if (!isAsked || (await isFilled(runner, schema, { table, column: null }))) filled.add(table)
    }
    return [...filled].toSorted()
  })
}

/** What is a table of its own to the engine, and a part of another to everybody else. */
function isPart(kind: OpaqueObject['kind']): boolean {
  return kind === 'shadowTable' || kind === 'partition'
}

function tablesIn(contents: readonly ScratchObject[]): readonly string[] {
  return contents.flatMap(({ name }) => (name.startsWith('table ') ? [name.slice('table '.length)] : []))
}

interface Reading {
  readonly runner: StatementRunner
  readonly schema: SchemaDialect
}

async function reading<T>(url: string, work: (reading: Reading) => Promise<T>): Promise<T> {
  const dialect = await dialectOf(url)
  const driver = await openWhole(url, dialect)
  try {
    const schema = dialect.schema(driver.capabilities)
    return await withConnection(driver, { access: 'read', timeoutMs: acquireTimeoutMs }, (runner) =>
      work({ runner, schema }),
    )
  } finally {
    await driver.close()
  }
}

const acquireTimeoutMs = 10_000

async function isFilled(
  runner: StatementRunner,
  { quoteName }: { quoteName(name: string): string },
  { table, column }: RowPlace,
): Promise<boolean> {
  const condition = column === null ? '' : ` where ${quoteName(column)} is not null`
  const rows = await runner.rows({
    sql: `select 1 as found from ${quoteName(table)}${condition} limit 1`,
    parameters: [],
  })
  return rows.length > 0
}
