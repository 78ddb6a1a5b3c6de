import type { ColumnShape } from '../../../schema/index.ts'

// Evaluated once per statement, so that the rows that are there need no writing.
// Source: PostgreSQL manual, "Modifying Tables": adding a column with a default that is not volatile; "Function Volatility".
const steadyCalls = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'current_setting',
  'current_schema',
])

/** What adding a column costs the rows that are there: a new one is written into each, or not at all. */
export function addingWork({ default: fallback, generated, identity }: ColumnShape): 'none' | 'rewrite' {
  if (identity !== null) return 'rewrite'
  if (generated !== null) return generated.stored ? 'rewrite' : 'none'
  return fallback === null || isSteady(fallback) ? 'none' : 'rewrite'
}

/** Literals, casts and what is the same all through a statement; what cannot be told is taken for volatile. */
function isSteady(expression: string): boolean {
  const bare = expression.replaceAll(/'(?:[^']|'')*'/g, "''").replaceAll(/::[a-z ]+(\([\d, ]+\))?(\[\])*/gi, '')
  const calls = [...bare.matchAll(/([\p{L}_][\p{L}\p{N}_$]*)"?\s*\(/giu)].map(([, name = '']) => name.toLowerCase())
  return calls.every((name) => steadyCalls.has(name) || name === 'cast')
}
