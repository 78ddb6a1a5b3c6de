import { erasedForAnn, type Row, type Rows } from '../shop-rows.ts'

/** What a database would hold that never had another owner's row: of Ann's, deleted ones too, for the database knows no deletion. */
export function ownedByAnn(all: Rows): Rows {
  const kept = erasedForAnn(mapped(all, (row) => ('deletedAt' in row ? { ...row, deletedAt: null } : row)))
  const keys = (table: string): ReadonlySet<unknown> => new Set((kept[table] ?? []).map(({ id }) => id))
  return Object.fromEntries(
    Object.entries(all).map(([table, rows]) => {
      const own = keys(table)
      return [table, rows.filter(({ id }) => own.has(id))]
    }),
  )
}

function mapped(all: Rows, change: (row: Row) => Row): Rows {
  return Object.fromEntries(Object.entries(all).map(([table, rows]) => [table, rows.map(change)]))
}
