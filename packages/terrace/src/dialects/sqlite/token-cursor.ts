import { quoteText } from '../../schema/index.ts'
import { tokenize, type Token } from './ddl-tokenizer.ts'

/** Reads the tokens of one statement from left to right. Every `take…` that does not fit throws `SyntaxError`. */
export class TokenCursor {
  private readonly sql: string
  /** Names in double quotes that stand in parentheses, in lower case: columns, or texts. */
  readonly quotedNames = new Set<string>()
  private readonly columns: ReadonlySet<string> | null
  private readonly tokens: readonly Token[]
  private at = 0

  /** `columns`: names in lower case that a name in an expression may be; null for any. */
  constructor(sql: string, columns: ReadonlySet<string> | null = null) {
    this.sql = sql
    this.columns = columns
    this.tokens = tokenize(sql)
  }

  /** Where the next token begins, for `textSince`. */
  get position(): number {
    return this.peek()?.start ?? this.sql.length
  }

  /** What was read since then, as it is written. */
  textSince(position: number): string {
    const last = this.tokens[this.at - 1]
    return last === undefined ? '' : this.sql.slice(position, last.start + last.text.length)
  }

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length
  }

  peek(offset = 0): Token | undefined {
    return this.tokens[this.at + offset]
  }

  /** Whether the next tokens are these words or operators, in any letter case. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, offset) => {
      const token = this.peek(offset)
      return (
        token !== undefined && (token.kind === 'word' || token.kind === 'operator') && token.text.toLowerCase() === word
      )
    })
  }

  /** Steps over these words if they come next. */
  skip(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false
    this.at += words.length
    return true
  }

  take(...words: readonly string[]): void {
    if (!this.skip(...words)) throw this.unexpected(words.join(' '))
  }

  takeToken(): Token {
    const token = this.peek()
    if (token === undefined) throw this.unexpected('more')
    this.at += 1
    return token
  }

  /** A name: a word, quoted or not; SQLite takes a string for one too. */
  takeName(): string {
    const token = this.takeToken()
    if (token.kind === 'name' || token.kind === 'string') return token.value
    if (token.kind === 'word') return token.text
    throw this.unexpected('a name')
  }

  /** The tokens between the next parenthesis and its partner. */
  takeParenthesized(): readonly Token[] {
    this.take('(')
    const inner: Token[] = []
    for (let depth = 1; ;) {
      const token = this.takeToken()
      if (token.text === '(') depth += 1
      if (token.text === ')') depth -= 1
      if (depth === 0) return inner
      inner.push(this.asText(token))
    }
  }

  /** What stands in double quotes and is no column is a text, in files of the time. Source: sqlite.org/quirks.html, section 8. */
  private asText(token: Token): Token {
    if (token.kind !== 'name' || !token.text.startsWith('"')) return token
    const name = token.value.toLowerCase()
    this.quotedNames.add(name)
    if (this.columns === null || this.columns.has(name) || this.sees('.') || this.sees('(')) return token
    return { ...token, kind: 'string', text: quoteText(token.value) }
  }

  unexpected(wanted: string): SyntaxError {
    return new SyntaxError(`expected ${wanted}, found ${this.peek()?.text ?? 'the end'}`)
  }
}
