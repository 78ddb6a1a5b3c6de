import type { FieldPacket } from 'mysql2'

type Row = Record<string, unknown>
type Fix = (value: unknown) => unknown

// Source: MySQL internals, "Protocol::MYSQL_TYPE_LONGLONG"; a character set of 63 means "binary".
const longLong = 8

/**
 * Makes the values of `mysql2` those that every driver gives, in place: whole numbers beyond 2^53 - 1, which it gives as
 * text, become bigints; binary values, which are windows into what came over the network, become arrays of their own.
 */
export function fixRows(rows: Row[], fields: readonly FieldPacket[]): Row[] {
  if (rows.length === 0) return rows
  for (const { name, columnType } of fields) {
    if (columnType === longLong) fixColumn(rows, name, asWhole)
    else if (isBinary(rows, name)) fixColumn(rows, name, asBytes)
  }
  return rows
}

function fixColumn(rows: Row[], name: string, fix: Fix): void {
  for (const row of rows) row[name] = fix(row[name])
}

function isBinary(rows: readonly Row[], name: string): boolean {
  const first = rows.find((row) => row[name] !== null)
  return first !== undefined && first[name] instanceof Uint8Array
}

function asWhole(value: unknown): unknown {
  return typeof value === 'string' ? BigInt(value) : value
}

function asBytes(value: unknown): unknown {
  return value === null ? null : new Uint8Array(value as Uint8Array)
}
