import { createHash } from 'node:crypto'
import type { SchemaDialect, Snapshot } from '../../src/schema/index.ts'
import type { OpenedStructure } from './with-structure.ts'

export interface ContentsOptions {
  /** The tables and columns by their first names. */
  readonly original: Snapshot
  readonly tables: readonly string[]
  /** Tables, and columns as `table.column`, that have another name now. */
  readonly renamed?: Readonly<Record<string, string>>
  /** Tables, and columns as `table.column`, that are not asked for. */
  readonly without?: readonly string[]
}

/** A checksum of the values of each column, `table.column`, by the first names, whatever the order of rows and columns. */
export async function contents(
  { structure, rows }: OpenedStructure,
  { original, tables, renamed = {}, without = [] }: ContentsOptions,
): Promise<Readonly<Record<string, string>>> {
  const { dialect } = structure
  const checksums: Record<string, string> = {}
  for (const name of tables.filter((table) => !without.includes(table))) {
    const table = original.tables[name]
    if (table === undefined) throw new Error(`there is no table ${name}`)
    const asked = table.columns.map((column) => column.name).filter((column) => !without.includes(`${name}.${column}`))
    const list = asked.map((column) => as(dialect, renamed[`${name}.${column}`] ?? column, column))
    const found = await rows(`select ${list.join(', ')} from ${dialect.quoteName(renamed[name] ?? name)}`)
    const key = table.primaryKey?.columns ?? asked
    const inOrder = found
      .map((row) => [JSON.stringify(key.map((part) => plain(row[part]))), row] as const)
      .toSorted(byKey)
    for (const column of asked) {
      checksums[`${name}.${column}`] = checksum(inOrder.map(([at, row]) => `${at} ${plain(row[column])}`))
    }
  }
  return checksums
}

function as({ quoteName }: SchemaDialect, now: string, first: string): string {
  return `${quoteName(now)} as ${quoteName(first)}`
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

/** A decimal of a type with more digits is the same number. */
function plain(value: unknown): string {
  const text = value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)
  return /^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text
}

function checksum(values: readonly string[]): string {
  return createHash('sha256').update(values.join('\0')).digest('hex')
}
