import type { CachedStatement } from './statement-cache.ts'

type Row = Record<string, unknown>

/** One row as the driver gives it: the values of its outputs in their order. */
type Values = unknown[]

/**
 * The rows of a statement, whole numbers as numbers up to 2^53 - 1 and as bigint beyond, never rounded.
 *
 * better-sqlite3 gives either numbers, rounded, or bigints only, which cost a fifth more over a list. So a reading statement is
 * run with numbers until one of them is beyond; then it is run again, and from then on, with bigints.
 */
export function exactRows(statement: CachedStatement, parameters: readonly unknown[]): Row[] {
  return named(exactValues(statement, parameters), statement.outputs)
}

function exactValues(statement: CachedStatement, parameters: readonly unknown[]): readonly Values[] {
  const rows = allValues(statement, parameters)
  if (statement.isWide) return narrowed(rows, statement.integersAt)
  if (!mayBeRounded(rows, statement.integersAt)) return rows
  statement.prepared.safeIntegers(true)
  statement.isWide = true
  return narrowed(allValues(statement, parameters), statement.integersAt)
}

function allValues({ prepared }: CachedStatement, parameters: readonly unknown[]): readonly Values[] {
  return (isSpreadable(parameters) ? prepared.all(...parameters) : prepared.all(parameters)) as readonly Values[]
}

/** The objects are made here: those that the driver makes itself cost a fifth more over a list. */
function named(rows: readonly Values[], outputs: readonly string[]): Row[] {
  const count = outputs.length
  return rows.map((values) => {
    const row: Row = {}
    for (let at = 0; at < count; at += 1) row[outputs[at] as string] = values[at]
    return row
  })
}

/** Arguments reach better-sqlite3 a tenth faster than the items of an array, as long as the stack has room for them. */
export function isSpreadable(parameters: readonly unknown[]): boolean {
  return parameters.length <= mostArguments
}

const mostArguments = 5_000

function mayBeRounded(rows: readonly Values[], integersAt: readonly number[]): boolean {
  for (const values of rows) {
    for (const at of integersAt) {
      const value = values[at]
      if (typeof value === 'number' && (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER)) return true
    }
  }
  return false
}

const largest = BigInt(Number.MAX_SAFE_INTEGER)

/** In place: the rows are new. */
function narrowed(rows: readonly Values[], integersAt: readonly number[]): readonly Values[] {
  for (const values of rows) {
    for (const at of integersAt) {
      const value = values[at]
      if (typeof value === 'bigint' && value <= largest && value >= -largest) values[at] = Number(value)
    }
  }
  return rows
}
