export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

type Write = (facts: Readonly<Record<string, unknown>>, message: string) => void

/** Structured lines, one JSON object each. */
export interface Log {
  readonly error: Write
  readonly warn: Write
  readonly info: Write
  readonly debug: Write
  /** The same log without these texts, wherever they stand in a line: what one request holds that nobody may read. */
  hiding(texts: readonly string[]): Log
}
