/**
 * Beginnings of table names, in lower case, that no model may use: `sqlite_` belongs to SQLite, which refuses it ("object name
 * reserved for internal use"), `terrace_` to Terrace's own journal. Refused on every engine: a model that works on one should
 * not have to be renamed for the next.
 */
export const reservedTablePrefixes = ['sqlite_', 'terrace_'] as const

/**
 * Names of a list's query parameters, and of the groups of its conditions: a readable column of the same name could not be filtered by, unless it is told apart by
 * `filterAs`.
 */
export const reservedQueryNames: readonly string[] = [
  'sort',
  'page',
  'pageSize',
  'limit',
  'offset',
  'cursor',
  'fields',
  'include',
  'total',
  'and',
  'or',
  'not',
]

/** Names that every JavaScript object answers to; a property of one would be mistaken for the other. */
export function isObjectName(name: string): boolean {
  return name in Object.prototype || name === 'prototype'
}
