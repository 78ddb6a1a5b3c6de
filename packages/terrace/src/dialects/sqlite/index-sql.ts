import {
  doubleQuoteName as quote,
  indexColumnList,
  type IndexColumnShape,
  type IndexShape,
  type UniqueShape,
} from '../../schema/index.ts'
import { parseCreateIndex, uniqueColumnsOf, type ParsedIndex } from './parse-create-index.ts'

/** A unique rule that no constraint can hold, or that was read as an index of its own. */
export function isIndex({ where, columns, definition }: UniqueShape): boolean {
  return where !== null || columns.some((name) => name.startsWith('(')) || /^create\b/i.test(definition ?? '')
}

/** CREATE INDEX: as it was written, if it is the same still. */
export function createIndexSql(table: string, index: IndexShape): string {
  const { name, columns, where, definition } = index
  const parsed = definition === undefined ? null : parseCreateIndex(definition)
  if (definition !== undefined && parsed !== null && isSame(parsed, { name, table, unique: false, columns, where })) {
    return definition
  }
  return `create index ${quote(name)} on ${quote(table)} (${indexColumnList(columns, quote)})${condition(where)}`
}

/** CREATE UNIQUE INDEX, the same way. */
export function createUniqueIndexSql(table: string, unique: UniqueShape): string {
  const { columns, where, definition } = unique
  const name = uniqueIndexName(table, unique)
  const written = /^create\b/i.test(definition ?? '') ? (definition ?? '') : null
  const parsed = written === null ? null : parseCreateIndex(written)
  if (written !== null && parsed !== null && isSameUnique(parsed, { ...unique, name }, table)) return written
  const list = columns.map((column) => (column.startsWith('(') ? column : quote(column)))
  return `create unique index ${quote(name)} on ${quote(table)} (${list.join(', ')})${condition(where)}`
}

function isSameUnique(parsed: ParsedIndex, { name, columns, where }: UniqueShape, table: string): boolean {
  const isAlike = parsed.name === name && parsed.table === table && parsed.where === where
  return isAlike && uniqueColumnsOf(parsed).join('\0') === columns.join('\0')
}

/** A constraint may have no name; an index has to. */
export function uniqueIndexName(table: string, { name, columns }: Pick<UniqueShape, 'name' | 'columns'>): string {
  return name ?? `uq_${table}_${columns.join('_').replaceAll(/[^\p{L}\p{N}_]+/gu, '_')}`
}

function condition(where: string | null): string {
  return where === null ? '' : ` where ${where}`
}

function isSame(a: ParsedIndex, b: ParsedIndex): boolean {
  return a.name === b.name && a.table === b.table && a.where === b.where && columnsOf(a) === columnsOf(b)
}

function columnsOf({ columns }: { readonly columns: readonly IndexColumnShape[] }): string {
  return JSON.stringify(columns.map(({ name, suffix, direction }) => [name, suffix, direction]))
}
