import type { IndexColumnShape } from '../../schema/index.ts'
import { canonicalExpression } from './canonical-expression.ts'
import type { Token } from './ddl-tokenizer.ts'
import { TokenCursor } from './token-cursor.ts'

export interface ParsedIndex {
  readonly name: string
  readonly table: string
  readonly unique: boolean
  readonly columns: readonly IndexColumnShape[]
  readonly where: string | null
}

/** An index as its own DDL text declares it. `SyntaxError` for what is no CREATE INDEX. */
export function parseCreateIndex(sql: string): ParsedIndex {
  const cursor = new TokenCursor(sql)
  cursor.take('create')
  const unique = cursor.skip('unique')
  cursor.take('index')
  cursor.skip('if', 'not', 'exists')
  const first = cursor.takeName()
  const name = cursor.skip('.') ? cursor.takeName() : first
  cursor.take('on')
  const table = cursor.takeName()
  const columns = splitAtCommas(cursor.takeParenthesized()).map(indexColumn)
  return { name, table, unique, columns, where: cursor.skip('where') ? restOf(cursor) : null }
}

function restOf(cursor: TokenCursor): string {
  const tokens: Token[] = []
  while (!cursor.isAtEnd) tokens.push(cursor.takeToken())
  return canonicalExpression(tokens)
}

function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.text === '(') depth += 1
    if (token.text === ')') depth -= 1
    if (token.text === ',' && depth === 0) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

/** A plain column goes by its name; anything else, a collation included, is an expression. */
function indexColumn(tokens: readonly Token[]): IndexColumnShape {
  const last = tokens.at(-1)?.text.toLowerCase()
  const isDirected = tokens.length > 1 && (last === 'asc' || last === 'desc')
  const bare = isDirected ? tokens.slice(0, -1) : tokens
  const [only] = bare
  const direction = isDirected && last === 'desc' ? 'desc' : 'asc'
  if (bare.length === 1 && only?.kind === 'name') return { name: only.value, direction, nulls: null }
  if (bare.length === 1 && only?.kind === 'word') return { name: only.text, direction, nulls: null }
  return { name: `(${canonicalExpression(bare)})`, direction, nulls: null }
}
