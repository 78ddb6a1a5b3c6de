/** One token of SQLite's SQL. `text` as written; `name` and `string` carry their unquoted `value`. */
export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly start: number }
  | { readonly kind: 'name'; readonly text: string; readonly value: string; readonly start: number }
  | { readonly kind: 'string'; readonly text: string; readonly value: string; readonly start: number }
  | { readonly kind: 'number' | 'blob' | 'operator' | 'variable'; readonly text: string; readonly start: number }

// In the order in which they are tried. Source: sqlite.org/lang_keywords.html, lang_expr.html, tokenize.c.
const rules: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /(?:\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/u],
  ['blob', /[xX]'[0-9a-fA-F]*'/u],
  ['string', /'(?:[^']|'')*'/u],
  ['name', /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/u],
  ['number', /0[xX][0-9a-fA-F_]+|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]+)?/u],
  ['word', /[A-Za-z_\u0080-\u{10ffff}][A-Za-z0-9_$\u0080-\u{10ffff}]*/u],
  ['variable', /[?@:$#][A-Za-z0-9_:]*/u],
  ['operator', /->>|->|\|\||<<|>>|<=|>=|==|!=|<>|[-+*/%&|~<>=(),.;!]/u],
]

const kinds = rules.map(([kind]) => kind)
// One group per rule.
const lexeme = new RegExp(rules.map(([, rule]) => `(${rule.source})`).join('|'), 'uy')

/**
 * The tokens of a statement, spaces and comments left out. `SyntaxError` at a character that no token begins with: the text
 * then did not come from SQLite.
 */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < sql.length;) {
    const { kind, text } = nextLexeme(sql, at)
    if (kind !== 'space') tokens.push(tokenOf(kind, text, at))
    at += text.length
  }
  return tokens
}

function nextLexeme(sql: string, at: number): { readonly kind: Token['kind'] | 'space'; readonly text: string } {
  lexeme.lastIndex = at
  const [text, ...groups] = lexeme.exec(sql) ?? []
  const kind = kinds[groups.findIndex((group) => group !== undefined)]
  if (text === undefined || kind === undefined) throw new SyntaxError(`no SQL token begins at character ${at + 1}`)
  return { kind, text }
}

function tokenOf(kind: Token['kind'], text: string, start: number): Token {
  if (kind === 'name') return { kind, text, value: unquoted(text), start }
  if (kind === 'string') return { kind, text, value: unquoted(text), start }
  return { kind, text, start }
}

function unquoted(text: string): string {
  const close = text.at(-1) ?? ''
  const inner = text.slice(1, -1)
  return close === ']' ? inner : inner.replaceAll(close + close, close)
}

/** The lists between the commas that stand in no parentheses. */
export function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
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
