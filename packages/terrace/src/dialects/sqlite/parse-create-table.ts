import type {
  CheckShape,
  ColumnShape,
  ForeignKeyShape,
  PrimaryKeyShape,
  TableShape,
  UniqueShape,
} from '../../schema/index.ts'
import { canonicalDefault, canonicalExpression } from './canonical-expression.ts'
import { parseForeignKeyTail } from './parse-foreign-key.ts'
import type { Token } from './ddl-tokenizer.ts'
import { TokenCursor } from './token-cursor.ts'

/** What the text of a CREATE TABLE declares, while it is read. */
interface Draft {
  readonly columns: ColumnShape[]
  readonly uniques: UniqueShape[]
  readonly foreignKeys: ForeignKeyShape[]
  readonly checks: CheckShape[]
  primaryKey: PrimaryKeyShape | null
}

/**
 * A table as its own DDL text declares it, which is the only place where SQLite keeps names of constraints, CHECKs,
 * collations and generated expressions. Indexes are statements of their own. `SyntaxError` for what is no CREATE TABLE.
 */
export function parseCreateTable(sql: string): TableShape {
  const cursor = new TokenCursor(sql)
  cursor.take('create')
  if (!cursor.skip('temp')) cursor.skip('temporary')
  cursor.take('table')
  cursor.skip('if', 'not', 'exists')
  const name = takeQualifiedName(cursor)
  const draft: Draft = { columns: [], uniques: [], foreignKeys: [], checks: [], primaryKey: null }
  cursor.take('(')
  while (!cursor.skip(')')) takeDefinition(cursor, draft)
  return { name, options: takeOptions(cursor), ...draft, indexes: [], source: null }
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
function takeDefinition(cursor: TokenCursor, draft: Draft): void {
  if (cursor.skip(',')) return
  const name = takeConstraintName(cursor)
  if (takeTableConstraint(cursor, draft, name)) return
  if (name !== null) return
  takeColumn(cursor, draft)
}

function takeConstraintName(cursor: TokenCursor): string | null {
  return cursor.skip('constraint') ? cursor.takeName() : null
}

function takeTableConstraint(cursor: TokenCursor, draft: Draft, name: string | null): boolean {
  if (cursor.skip('primary', 'key')) {
    draft.primaryKey = { name, columns: takeKeyColumns(cursor), source: null }
    takeConflictClause(cursor)
  } else if (cursor.sees('unique', '(')) {
    cursor.take('unique')
    draft.uniques.push(uniqueShape(name, takeKeyColumns(cursor)))
    takeConflictClause(cursor)
  } else if (cursor.sees('check', '(')) {
    cursor.take('check')
    draft.checks.push(checkShape(name, cursor.takeParenthesized()))
    takeConflictClause(cursor)
  } else if (cursor.skip('foreign', 'key')) {
    draft.foreignKeys.push(parseForeignKeyTail(cursor, { name, columns: takeKeyColumns(cursor) }))
  } else return false
  return true
}

function takeKeyColumns(cursor: TokenCursor): readonly string[] {
  const columns: string[] = []
  cursor.take('(')
  do {
    columns.push(cursor.takeName())
    if (cursor.skip('collate')) cursor.takeName()
    if (!cursor.skip('asc')) cursor.skip('desc')
    cursor.skip('autoincrement')
  } while (cursor.skip(','))
  cursor.take(')')
  return columns
}

function takeConflictClause(cursor: TokenCursor): void {
  if (cursor.skip('on', 'conflict')) cursor.takeToken()
}

function uniqueShape(name: string | null, columns: readonly string[]): UniqueShape {
  return { name, columns, where: null, nullsDistinct: true, enforced: true, heldBy: 'constraint', source: null }
}

function checkShape(name: string | null, tokens: readonly Token[]): CheckShape {
  return { name, expression: canonicalExpression(tokens), enforced: true, source: null }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

function takeColumn(cursor: TokenCursor, draft: Draft): void {
  const column: Writable<ColumnShape> = {
    name: cursor.takeName(),
    type: takeType(cursor),
    nullable: true,
    default: null,
    generated: null,
    identity: false,
    collation: null,
    isOpaque: false,
    source: null,
  }
  while (!cursor.sees(',') && !cursor.sees(')')) takeColumnConstraint(cursor, draft, column)
  draft.columns.push(column)
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

function takeColumnConstraint(cursor: TokenCursor, draft: Draft, column: Writable<ColumnShape>): void {
  const name = takeConstraintName(cursor)
  if (cursor.skip('primary', 'key')) takePrimaryKey(cursor, draft, { column, name })
  else if (cursor.skip('not', 'null')) column.nullable = false
  else if (cursor.skip('null')) column.nullable = true
  else if (cursor.skip('unique')) draft.uniques.push(uniqueShape(name, [column.name]))
  else if (cursor.sees('check', '(') && cursor.skip('check'))
    draft.checks.push(checkShape(name, cursor.takeParenthesized()))
  else if (cursor.skip('default')) column.default = takeDefault(cursor)
  else if (cursor.skip('collate')) column.collation = collationOf(cursor.takeName())
  else if (cursor.sees('references'))
    draft.foreignKeys.push(parseForeignKeyTail(cursor, { name, columns: [column.name] }))
  else if (cursor.skip('generated', 'always', 'as') || cursor.skip('as')) takeGenerated(cursor, column)
  else if (name === null) throw cursor.unexpected('a column constraint')
  takeConflictClause(cursor)
}

function takePrimaryKey(
  cursor: TokenCursor,
  draft: Draft,
  { column, name }: { readonly column: Writable<ColumnShape>; readonly name: string | null },
): void {
  if (!cursor.skip('asc')) cursor.skip('desc')
  takeConflictClause(cursor)
  column.identity = cursor.skip('autoincrement')
  draft.primaryKey = { name, columns: [column.name], source: null }
}

/** A literal, a signed number, a word or an expression in parentheses; NULL is none. */
function takeDefault(cursor: TokenCursor): string | null {
  const tokens = cursor.sees('(') ? cursor.takeParenthesized() : [cursor.takeToken()]
  const signed = tokens.length === 1 && /^[+-]$/.test(tokens[0]?.text ?? '') ? [...tokens, cursor.takeToken()] : tokens
  const expression = canonicalDefault(signed)
  return expression === 'null' ? null : expression
}

function collationOf(name: string): string | null {
  return name.toUpperCase() === 'BINARY' ? null : name.toUpperCase()
}

function takeGenerated(cursor: TokenCursor, column: Writable<ColumnShape>): void {
  const expression = canonicalExpression(cursor.takeParenthesized())
  const stored = cursor.skip('stored')
  if (!stored) cursor.skip('virtual')
  column.generated = { expression, stored, invisible: false }
}
