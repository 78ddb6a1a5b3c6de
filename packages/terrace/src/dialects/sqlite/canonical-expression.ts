import { doubleQuoteName, quoteText } from '../../schema/index.ts'
import { tokenize, type Token } from './ddl-tokenizer.ts'

/**
 * The one spelling of an expression's tokens: single spaces, words in lower case (SQLite does not tell their cases apart),
 * quotes only where a name needs them, no parentheses around the whole.
 */
export function canonicalExpression(tokens: readonly Token[]): string {
  return withoutOuterParentheses(tokens).map(canonicalToken).join(' ')
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

function canonicalName(name: string): string {
  const lower = name.toLowerCase()
  return /^[a-z_][a-z0-9_]*$/.test(lower) ? lower : doubleQuoteName(lower)
}
