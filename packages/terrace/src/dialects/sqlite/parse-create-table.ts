import type { TableShape, UniqueShape } from '../../schema/index.ts'
import { parseForeignKeyTail } from './parse-foreign-key.ts'
import { takeColumn } from './parse-column.ts'
import {
  checkShape,
  plainUnique,
  takeConflictClause,
  takeConstraintName,
  takeKeyColumns,
  type TableDraft,
} from './table-draft.ts'
import { settleTable } from './settle-table.ts'
import { TokenCursor } from './token-cursor.ts'

/**
 * A table as its own DDL text declares it, which is the only place where SQLite keeps names of constraints, CHECKs,
 * collations and generated expressions. Indexes are statements of their own. `SyntaxError` for what is no CREATE TABLE.
 */
export function parseCreateTable(sql: string): TableShape {
  const cursor = new TokenCursor(sql)
  const table = parseTable(cursor)
  const columns = new Set(table.columns.map(({ name }) => name.toLowerCase()))
  return cursor.quotedNames.isSubsetOf(columns) ? table : parseTable(new TokenCursor(sql, columns))
}

function parseTable(cursor: TokenCursor): TableShape {
  cursor.take('create')
  if (!cursor.skip('temp')) cursor.skip('temporary')
  cursor.take('table')
  cursor.skip('if', 'not', 'exists')
  const name = takeQualifiedName(cursor)
  const draft: TableDraft = { columns: [], uniques: [], foreignKeys: [], checks: [], primaryKey: null }
  cursor.take('(')
  while (!cursor.skip(')')) takeDefinition(cursor, draft)
  const options = takeOptions(cursor)
  return settleTable({ name, comment: null, options, ...draft, indexes: [], source: null })
}

function takeQualifiedName(cursor: TokenCursor): string {
  const first = cursor.takeName()
  return cursor.skip('.') ? cursor.takeName() : first
}

function takeOptions(cursor: TokenCursor): Readonly<Record<string, string>> {
  let strict = 'no'
  let rowid = 'yes'
  while (!cursor.isAtEnd) {
    if (cursor.skip('strict')) strict = 'yes'
    else if (cursor.skip('without', 'rowid')) rowid = 'no'
    else cursor.takeToken()
  }
  return { strict, rowid }
}

/** A column or a constraint of the table. SQLite does not insist on commas between the latter. */
function takeDefinition(cursor: TokenCursor, draft: TableDraft): void {
  if (cursor.skip(',')) return
  const name = takeConstraintName(cursor)
  if (takeTableConstraint(cursor, draft, name)) return
  if (name !== null) return
  takeColumn(cursor, draft)
}

function takeTableConstraint(cursor: TokenCursor, draft: TableDraft, name: string | null): boolean {
  if (cursor.sees('primary', 'key')) {
    takePrimaryKey(cursor, draft, name)
  } else if (cursor.sees('unique', '(')) {
    draft.uniques.push(takeUnique(cursor, name))
  } else if (cursor.sees('check', '(')) {
    cursor.take('check')
    draft.checks.push(checkShape(name, cursor.takeParenthesized()))
    takeConflictClause(cursor)
  } else if (cursor.skip('foreign', 'key')) {
    draft.foreignKeys.push(parseForeignKeyTail(cursor, { name, columns: takeKeyColumns(cursor).columns }))
  } else return false
  return true
}

function takePrimaryKey(cursor: TokenCursor, draft: TableDraft, name: string | null): void {
  const start = cursor.position
  cursor.take('primary', 'key')
  const { columns, isPlain, numbered } = takeKeyColumns(cursor)
  const isExact = !takeConflictClause(cursor) && isPlain
  const definition = isExact ? {} : { definition: cursor.textSince(start) }
  draft.primaryKey = { name, columns, source: null, ...definition }
  const at = draft.columns.findIndex((column) => column.name.toLowerCase() === numbered?.toLowerCase())
  const column = draft.columns[at]
  if (column !== undefined) draft.columns[at] = { ...column, identity: 'byDefault' }
}

function takeUnique(cursor: TokenCursor, name: string | null): UniqueShape {
  const start = cursor.position
  cursor.take('unique')
  const { columns, isPlain } = takeKeyColumns(cursor)
  const isExact = !takeConflictClause(cursor) && isPlain
  return { ...plainUnique, name, columns, ...(isExact ? {} : { definition: cursor.textSince(start) }) }
}
