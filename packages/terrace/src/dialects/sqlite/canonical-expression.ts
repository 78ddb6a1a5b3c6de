import { doubleQuoteName, quoteText } from '../../schema/index.ts'
import { tokenize, type Token } from './ddl-tokenizer.ts'

/**
 * The one spelling of an expression's tokens: single spaces, words in lower case (SQLite does not tell their cases apart),
 * quotes only where a name needs them, no parentheses around the whole.
 */
export function canonicalExpression(tokens: readonly Token[]): string {
  return withoutOuterParentheses(tokens).map(canonicalToken).join(' ')
}

/** A DEFAULT: a literal as it is, anything else in the parentheses that SQLite asks for. A bare name there is a text. */
export function canonicalDefault(tokens: readonly Token[]): string {
  const [only] = tokens
  if (tokens.length === 1 && only !== undefined && isBareText(only)) return quoteText(nameOf(only))
  const bare = withoutOuterParentheses(tokens)
  const expression = canonicalExpression(bare)
  const isLiteral = bare.length === 1 || (bare.length === 2 && /^[+-]$/.test(bare[0]?.text ?? ''))
  return isLiteral ? expression : `(${expression})`
}

// Source: SQLite, parse.y: `DEFAULT id` is a string, but for these, which are values.
const valueWords = new Set(['null', 'true', 'false', 'current_date', 'current_time', 'current_timestamp'])

function isBareText(token: Token): boolean {
  return token.kind === 'name' || (token.kind === 'word' && !valueWords.has(token.text.toLowerCase()))
}

function nameOf(token: Token): string {
  return token.kind === 'name' ? token.value : token.text
}

/** Built-in ones are known in any letter case, and so is every other. */
export function canonicalCollation(name: string): string {
  const upper = name.toUpperCase()
  return /^[A-Z_][A-Z0-9_]*$/.test(upper) ? upper : doubleQuoteName(upper)
}

export function canonicalText(sql: string): string {
  return canonicalExpression(tokenize(sql))
}

function withoutOuterParentheses(tokens: readonly Token[]): readonly Token[] {
  if (tokens.length < 2 || tokens[0]?.text !== '(' || closing(tokens) !== tokens.length - 1) return tokens
  return withoutOuterParentheses(tokens.slice(1, -1))
}

/** Where the first parenthesis closes. */
function closing(tokens: readonly Token[]): number {
  let depth = 0
  return tokens.findIndex(({ text }) => {
    if (text === '(') depth += 1
    if (text === ')') depth -= 1
    return depth === 0
  })
}

function canonicalToken(token: Token): string {
  if (token.kind === 'name') return canonicalName(token.value)
  if (token.kind === 'string') return quoteText(token.value)
  return token.kind === 'operator' ? token.text : token.text.toLowerCase()
}

export function canonicalName(name: string): string {
  const lower = name.toLowerCase()
  return /^[a-z_][a-z0-9_]*$/.test(lower) && !reserved.has(lower) ? lower : doubleQuoteName(lower)
}

// Words that are never names without quotes. Source: SQLite, parse.y: keywords without `%fallback ID`.
const reserved = new Set(
  (
    'add all alter and as autoincrement between case check collate commit constraint create cross current_date current_time ' +
    'current_timestamp default deferrable delete distinct drop else escape except exists foreign from full group having in ' +
    'index inner insert intersect into is isnull join left limit natural not nothing notnull null on or order outer primary ' +
    'references returning right select set table then to transaction union unique update using values when where'
  ).split(' '),
)
