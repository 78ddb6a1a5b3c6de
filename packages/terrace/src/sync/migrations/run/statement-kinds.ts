/** Statements that read or change rows and nothing else, by their first word: no engine commits for one of them by itself. */
const rowWords: ReadonlySet<string> = new Set([
  'select',
  'with',
  'values',
  'insert',
  'update',
  'delete',
  'replace',
  'merge',
])

/** Those that begin or end a transaction, or a part of one. */
const transactionWords: ReadonlySet<string> = new Set([
  'begin',
  'start',
  'commit',
  'end',
  'rollback',
  'abort',
  'savepoint',
  'release',
])

/**
 * Whether a statement can do nothing but to rows. Everything that is not known to be such a one is not, `call` and `load` among
 * them, nor is anything with a comment that a server may run.
 */
export function changesRowsOnly(sql: string): boolean {
  return !/\/\*m?!/i.test(sql) && rowWords.has(firstWord(sql))
}

/** Whether a statement begins as one that reads does. */
export function readsOnly(sql: string): boolean {
  return ['select', 'with', 'values'].includes(firstWord(sql))
}

/** Whether a statement would begin or end the transaction that a revision runs in. */
export function controlsTransaction(sql: string): boolean {
  return transactionWords.has(firstWord(sql))
}

/** Behind white space, comments and opening parentheses; '' where no word follows. */
function firstWord(sql: string): string {
  const rest = sql.replace(/^(?:[\s(;]+|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '')
  return /^[a-z]+/i.exec(rest)?.[0].toLowerCase() ?? ''
}
