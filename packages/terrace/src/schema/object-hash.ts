import { createHash } from 'node:crypto'
import type { TableShape } from './snapshot.ts'

/** SHA-256 in hexadecimal of an object's canonical JSON: keys sorted, `source` and `definition` left out. */
export function objectHash(shape: unknown): string {
  return createHash('sha256').update(canonicalJson(shape)).digest('hex')
}

/** The hash of a table that does not depend on the order of its columns. */
function tableHash(table: TableShape): string {
  return objectHash({ ...table, columns: table.columns.toSorted((a, b) => (a.name < b.name ? -1 : 1)) })
}

/** One hash over many tables, whatever their order. */
export function structureHash(tables: readonly TableShape[]): string {
  return objectHash(
    tables.map((table) => [table.name, tableHash(table)]).toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  )
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([key]) => key !== 'source' && key !== 'definition')
  const parts = entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`)
  return `{${parts.join(',')}}`
}
