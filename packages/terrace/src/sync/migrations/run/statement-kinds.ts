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

/** The same by more than their first word, which others have too: some commit what was done before them. */
const transactionForms =
  /^(?:prepare\s+transaction|xa|(?:un)?lock\s+tables|set\s+(?:@@)?(?:session[\s.]+|local[\s.]+)?autocommit)\b/i

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
  return transactionWords.has(firstWord(sql)) || transactionForms.test(withoutComments(sql))
}

/** Behind white space, comments and opening parentheses; '' where no word follows. */
function firstWord(sql: string): string {
  return /^[a-z]+/i.exec(withoutComments(sql))?.[0].toLowerCase() ?? ''
}

/** From its first word on: behind white space, comments and opening parentheses. */
export function withoutComments(sql: string): string {
  return sql.replace(/^(?:[\s(;]+|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '')
}
