import { doubleQuoteName, type IndexColumnShape } from '../../schema/index.ts'
import { canonicalCollation, canonicalExpression, canonicalText } from './canonical-expression.ts'
import { splitAtCommas, type Token } from './ddl-tokenizer.ts'
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
  const columns = splitAtCommas(cursor.takeParenthesized()).map(parseIndexColumn)
  return { name, table, unique, columns, where: cursor.skip('where') ? restOf(cursor) : null }
}

function restOf(cursor: TokenCursor): string {
  const tokens: Token[] = []
  while (!cursor.isAtEnd) tokens.push(cursor.takeToken())
  return canonicalExpression(tokens)
}

/** A plain column goes by its name, anything else is an expression in parentheses; a collation is what stands behind. */
export function parseIndexColumn(tokens: readonly Token[]): IndexColumnShape {
  const { rest: undirected, direction } = withoutDirection(tokens)
  const { rest: bare, suffix } = withoutCollation(undirected)
  const [only] = bare
  const isName = bare.length === 1 && (only?.kind === 'name' || only?.kind === 'word')
  const name = isName ? (only.kind === 'name' ? only.value : only.text) : `(${canonicalExpression(bare)})`
  return { name, suffix, direction, nulls: null }
}

function withoutDirection(tokens: readonly Token[]): {
  readonly rest: readonly Token[]
  readonly direction: IndexColumnShape['direction']
} {
  const last = tokens.at(-1)?.text.toLowerCase()
  if (tokens.length < 2 || (last !== 'asc' && last !== 'desc')) return { rest: tokens, direction: 'asc' }
  return { rest: tokens.slice(0, -1), direction: last }
}

function withoutCollation(tokens: readonly Token[]): { readonly rest: readonly Token[]; readonly suffix: string } {
  const [word, name] = tokens.slice(-2)
  if (tokens.length < 3 || name === undefined || word?.kind !== 'word' || word.text.toLowerCase() !== 'collate') {
    return { rest: tokens, suffix: '' }
  }
  const collation = name.kind === 'name' || name.kind === 'string' ? name.value : name.text
  return { rest: tokens.slice(0, -2), suffix: `collate ${canonicalCollation(collation)}` }
}

/** The columns of a unique index as a unique rule has them, which knows no collations: what has one is an expression. */
export function uniqueColumnsOf({ columns }: Pick<ParsedIndex, 'columns'>): readonly string[] {
  return columns.map(({ name, suffix }) => {
    if (suffix === '') return name
    return `(${canonicalText(`${name.startsWith('(') ? name : doubleQuoteName(name)} ${suffix}`)})`
  })
}
