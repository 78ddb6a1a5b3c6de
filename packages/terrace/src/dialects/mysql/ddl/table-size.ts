import type { ColumnShape, TableShape } from '../../../schema/index.ts'
import { charsetOf } from './clauses.ts'

// Source: MySQL 8.4 manual, "InnoDB Limits" and "Limits on Table Column Count and Row Size".
export const keyBytes = 3072
export const rowBytes = 65_535
export const columnsPerTable = 1017
export const nameLength = 64

const fixedBytes: Readonly<Record<string, number>> = {
  tinyint: 1,
  smallint: 2,
  mediumint: 3,
  int: 4,
  bigint: 8,
  float: 4,
  double: 8,
  date: 3,
  time: 6,
  datetime: 8,
  timestamp: 7,
  year: 1,
  uuid: 16,
  inet6: 16,
  inet4: 4,
}

const charsetBytes: Readonly<Record<string, number>> = { ascii: 1, latin1: 1, binary: 1, utf8: 3, utf8mb3: 3, ucs2: 2 }

// What has no greatest size is kept outside of the row; a pointer and a length stand in it.
const outsideBytes = 12

/** The most bytes that a value can take in an index; null for a type that only a prefix can be indexed of. */
export function bytesInKey(column: ColumnShape, table: TableShape, prefix: number | null): number | null {
  const length = prefix ?? lengthOf(column.type)
  if (length !== null && isText(column.type)) return length * bytesPerCharacter(column, table)
  if (/^(?:var)?binary\(/.test(column.type)) return length
  if (/^(?:tiny|medium|long)?(?:text|blob)|^json/.test(column.type)) return prefix
  return fixedBytes[baseOf(column.type)] ?? 8
}

/** Bytes of a row as the server counts them: its lengths and its bits for NULL too. */
export function bytesInRow(table: TableShape): number {
  const stored = table.columns.filter(({ generated }) => generated === null || generated.stored)
  const nullable = stored.filter((column) => column.nullable).length
  return stored.reduce((sum, column) => sum + bytesOf(column, table), Math.ceil(nullable / 8))
}

function bytesOf(column: ColumnShape, table: TableShape): number {
  const length = lengthOf(column.type)
  if (length !== null && isText(column.type)) {
    const bytes = length * bytesPerCharacter(column, table)
    return column.type.startsWith('varchar') ? bytes + (bytes > 255 ? 2 : 1) : bytes
  }
  if (length !== null && /^(?:var)?binary/.test(column.type)) return length + (length > 255 ? 2 : 1)
  if (column.type.startsWith('decimal')) return Math.ceil((length ?? 10) / 9) * 4 + 4
  return fixedBytes[baseOf(column.type)] ?? outsideBytes
}

function isText(type: string): boolean {
  return /^(?:var)?char\b/.test(type) || /^(?:tiny|medium|long)?text\b/.test(type)
}

function bytesPerCharacter({ collation }: ColumnShape, { options }: TableShape): number {
  return charsetBytes[charsetOf(collation ?? options['collation'] ?? '')] ?? 4
}

function lengthOf(type: string): number | null {
  const length = /^\w+\((\d+)/.exec(type)?.[1]
  return length === undefined ? null : Number(length)
}

function baseOf(type: string): string {
  return /^\w+/.exec(type)?.[0] ?? ''
}
