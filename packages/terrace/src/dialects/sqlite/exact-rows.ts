import type { CachedStatement } from './statement-cache.ts'

type Row = Record<string, unknown>

/**
 * The rows of a statement, whole numbers as numbers up to 2^53 - 1 and as bigint beyond, never rounded.
 *
 * better-sqlite3 gives either numbers, rounded, or bigints only, which cost a fifth more over a list. So a reading statement is
 * run with numbers until one of them is beyond; then it is run again, and from then on, with bigints.
 */
export function exactRows(statement: CachedStatement, parameters: readonly unknown[]): Row[] {
  const rows = allRows(statement, parameters)
  if (statement.isWide) return narrowed(rows, statement.integers)
  if (!mayBeRounded(rows, statement.integers)) return rows
  statement.prepared.safeIntegers(true)
  statement.isWide = true
  return narrowed(allRows(statement, parameters), statement.integers)
}

function allRows({ prepared }: CachedStatement, parameters: readonly unknown[]): Row[] {
  return (isSpreadable(parameters) ? prepared.all(...parameters) : prepared.all(parameters)) as Row[]
}

/** Arguments reach better-sqlite3 a tenth faster than the items of an array, as long as the stack has room for them. */
export function isSpreadable(parameters: readonly unknown[]): boolean {
  return parameters.length <= mostArguments
}

const mostArguments = 5_000

function mayBeRounded(rows: readonly Row[], integers: readonly string[]): boolean {
  for (const row of rows) {
    for (const name of integers) {
      const value = row[name]
      if (typeof value === 'number' && (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER)) return true
    }
  }
  return false
}

const largest = BigInt(Number.MAX_SAFE_INTEGER)

/** In place: the rows are new. */
function narrowed(rows: Row[], integers: readonly string[]): Row[] {
  for (const row of rows) {
    for (const name of integers) {
      const value = row[name]
      if (typeof value === 'bigint' && value <= largest && value >= -largest) row[name] = Number(value)
    }
  }
  return rows
}
