import { canonicalExpression, canonicalName } from './canonical-expression.ts'
import { tokenize, type Token } from './ddl-tokenizer.ts'

/**
 * An expression of a live table with a column's new name: names are told from functions, types, collations and texts by where
 * they stand.
 */
export function renameInExpression(expression: string, from: string, to: string): string {
  const tokens = tokenize(expression)
  const name = canonicalName(to)
  const renamed = tokens.map((token, at) => (isColumn(tokens, at, from) ? tokenOfName(token, to, name) : token))
  const text = canonicalExpression(renamed)
  return isInParentheses(expression) ? `(${text})` : text
}

function isColumn(tokens: readonly Token[], at: number, from: string): boolean {
  const token = tokens[at]
  if (token === undefined || valueOf(token)?.toLowerCase() !== from.toLowerCase()) return false
  const before = tokens[at - 1]?.text.toLowerCase()
  const after = tokens[at + 1]?.text
  if (before === 'collate' || before === 'as') return false
  return after !== '(' && after !== '.'
}

function valueOf(token: Token): string | null {
  if (token.kind === 'name') return token.value
  return token.kind === 'word' ? token.text : null
}

function tokenOfName({ start }: Token, value: string, text: string): Token {
  return { kind: 'name', text, value, start }
}

/** An index's expression keeps its parentheses; `canonicalExpression` takes the outer ones away. */
function isInParentheses(expression: string): boolean {
  return expression.startsWith('(') && canonicalExpression(tokenize(expression)) !== expression
}
