import { doubleQuoteName, type ColumnShape } from '../../schema/index.ts'
import { canonicalDefault, canonicalExpression } from './canonical-expression.ts'
import { tokenize, type Token } from './ddl-tokenizer.ts'
import { parseForeignKeyTail } from './parse-foreign-key.ts'
import { checkShape, plainUnique, takeConflictClause, takeConstraintName, type TableDraft } from './table-draft.ts'
import { TokenCursor } from './token-cursor.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** A column while it is read. */
interface ColumnDraft {
  readonly column: Writable<ColumnShape>
  /** The clauses that are the column's own, as they are written. */
  readonly clauses: string[]
  /** Whether one of them says what the shape has no place for: a name, what to do on a conflict. */
  isMore: boolean
}

/** A column with its constraints. Keys, CHECKs and references become the table's; they mean the same there. */
export function takeColumn(cursor: TokenCursor, draft: TableDraft): void {
  const name = cursor.takeName()
  const start = cursor.position
  const type = takeType(cursor)
  const written = type === '' ? '' : cursor.textSince(start)
  const own: ColumnDraft = {
    column: { ...emptyColumn, name, type },
    clauses: written === '' ? [] : [written],
    isMore: written !== type,
  }
  while (!cursor.isAtEnd && !cursor.sees(',') && !cursor.sees(')')) takeColumnConstraint(cursor, draft, own)
  draft.columns.push(own.isMore ? { ...own.column, definition: own.clauses.join(' ') } : own.column)
}

const emptyColumn: Omit<ColumnShape, 'name' | 'type'> = {
  nullable: true,
  default: null,
  generated: null,
  identity: null,
  collation: null,
  comment: null,
  isOpaque: false,
  source: null,
}

/** A column as `type` and the clauses behind it declare it: a shape's `definition`. */
export function parseColumnDefinition(name: string, definition: string): ColumnShape | undefined {
  const draft: TableDraft = { columns: [], uniques: [], foreignKeys: [], checks: [], primaryKey: null }
  takeColumn(new TokenCursor(`${doubleQuoteName(name)} ${definition}`), draft)
  return draft.columns[0]
}

/** A declared type as `takeColumn` gives it. */
export function canonicalType(type: string): string {
  const cursor = new TokenCursor(type)
  const canonical = takeType(cursor)
  if (!cursor.isAtEnd) throw cursor.unexpected('the end of a type')
  return canonical
}

const afterType = new Set([
  'constraint',
  'primary',
  'not',
  'null',
  'unique',
  'check',
  'default',
  'collate',
  'references',
  'generated',
  'as',
])

/** In upper case with single spaces: SQLite takes any words for a type. */
function takeType(cursor: TokenCursor): string {
  const words: string[] = []
  for (let token = cursor.peek(); token !== undefined && isTypeWord(token); token = cursor.peek())
    words.push(cursor.takeName())
  const size =
    words.length > 0 && cursor.sees('(')
      ? `(${canonicalExpression(cursor.takeParenthesized()).replaceAll(' ', '')})`
      : ''
  return words.join(' ').toUpperCase() + size
}

function isTypeWord(token: Token): boolean {
  return (
    token.kind === 'name' ||
    token.kind === 'string' ||
    (token.kind === 'word' && !afterType.has(token.text.toLowerCase()))
  )
}

function takeColumnConstraint(cursor: TokenCursor, draft: TableDraft, own: ColumnDraft): void {
  const start = cursor.position
  const name = takeConstraintName(cursor)
  if (takeTableRule(cursor, draft, { column: own.column, name })) return
  const isOwn = takeOwnRule(cursor, own.column)
  if (!isOwn && name === null) throw cursor.unexpected('a column constraint')
  const isMore = takeConflictClause(cursor) || name !== null
  own.clauses.push(cursor.textSince(start))
  own.isMore ||= isMore
}

/** What a column has for itself. */
function takeOwnRule(cursor: TokenCursor, column: Writable<ColumnShape>): boolean {
  if (cursor.skip('not', 'null')) column.nullable = false
  else if (cursor.skip('null')) column.nullable = true
  else if (cursor.skip('default')) column.default = takeDefault(cursor)
  else if (cursor.skip('collate')) column.collation = collationOf(cursor.takeName())
  else if (cursor.skip('generated', 'always', 'as') || cursor.skip('as')) takeGenerated(cursor, column)
  else return false
  return true
}

interface OfColumn {
  readonly column: Writable<ColumnShape>
  readonly name: string | null
}

/** What a table may hold as well. */
function takeTableRule(cursor: TokenCursor, draft: TableDraft, { column, name }: OfColumn): boolean {
  if (cursor.sees('primary', 'key')) takePrimaryKey(cursor, draft, { column, name })
  else if (cursor.skip('unique')) takeUnique(cursor, draft, { column, name })
  else if (cursor.skip('check')) {
    draft.checks.push(checkShape(name, cursor.takeParenthesized()))
    takeConflictClause(cursor)
  } else if (cursor.sees('references'))
    draft.foreignKeys.push(parseForeignKeyTail(cursor, { name, columns: [column.name] }))
  else return false
  return true
}

function takePrimaryKey(cursor: TokenCursor, draft: TableDraft, { column, name }: OfColumn): void {
  const start = cursor.position
  cursor.take('primary', 'key')
  const isDirected = cursor.skip('asc') || cursor.skip('desc')
  const isExact = !takeConflictClause(cursor) && !isDirected
  if (cursor.skip('autoincrement')) column.identity = 'byDefault'
  const definition = isExact ? {} : { definition: cursor.textSince(start) }
  draft.primaryKey = { name, columns: [column.name], source: null, ...definition }
}

function takeUnique(cursor: TokenCursor, draft: TableDraft, { column, name }: OfColumn): void {
  const start = cursor.position
  const isExact = !takeConflictClause(cursor)
  const list = doubleQuoteName(column.name)
  const definition = isExact ? {} : { definition: `unique (${list}) ${cursor.textSince(start)}` }
  draft.uniques.push({ ...plainUnique, name, columns: [column.name], ...definition })
}

/** A literal, a signed number, a word or an expression in parentheses; NULL is none. */
function takeDefault(cursor: TokenCursor): string | null {
  const tokens = cursor.sees('(') ? cursor.takeParenthesized() : [cursor.takeToken()]
  const signed = tokens.length === 1 && /^[+-]$/.test(tokens[0]?.text ?? '') ? [...tokens, cursor.takeToken()] : tokens
  return settledDefault(canonicalDefault(signed))
}

/** A declared default as `takeColumn` gives it. */
export function canonicalDefaultText(sql: string): string | null {
  return settledDefault(canonicalDefault(tokenize(sql)))
}

function settledDefault(expression: string): string | null {
  return expression === 'null' ? null : expression
}

/** BINARY is what every column has. */
export function collationOf(name: string): string | null {
  return name.toUpperCase() === 'BINARY' ? null : name.toUpperCase()
}

function takeGenerated(cursor: TokenCursor, column: Writable<ColumnShape>): void {
  const expression = canonicalExpression(cursor.takeParenthesized())
  const stored = cursor.skip('stored')
  if (!stored) cursor.skip('virtual')
  column.generated = { expression, stored, invisible: false }
}
