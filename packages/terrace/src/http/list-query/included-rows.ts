import { errors, issueText } from '../../errors/index.ts'
import type { Include } from '../../model/index.ts'
import { queryIssue } from '../query-values.ts'

type Row = Readonly<Record<string, unknown>>

/** Rows that one answer holds beside its own, at the most. */
const mostIncludedRows = 10_000

/**
 * `VALIDATION` for an answer that would hold too many included rows. Few rows that were read can be many that are written: of a
 * product with 1,000 portions, `portions.product.portions` holds a million.
 */
export function checkIncludedRows(rows: readonly Row[], include: Include): void {
  if (counterOf(include)(rows) <= mostIncludedRows) return
  throw errors.VALIDATION({ issues: [queryIssue('include', issueText('rowsIncluded', { most: mostIncludedRows }))] })
}

/** How many rows stand in rows as they are written. What stands in several of them is one value there, and looked at once. */
function counterOf(include: Include): (rows: readonly Row[]) => number {
  const relations = Object.entries(include).map(([name, source]) => {
    const countWithin = counterOf('include' in source ? (source.include ?? {}) : {})
    return { name, countWithin, known: new Map<object, number>() }
  })
  return (rows) => {
    let sum = 0
    for (const row of rows)
      for (const { name, countWithin, known } of relations) {
        const related = row[name]
        if (typeof related !== 'object' || related === null) continue
        const within = (Array.isArray(related) ? related : [related]) as readonly Row[]
        const count = known.get(related) ?? within.length + countWithin(within)
        known.set(related, count)
        sum += count
      }
    return sum
  }
}
