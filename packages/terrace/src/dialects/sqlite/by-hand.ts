import { doubleQuoteName as quote, type ByHand } from '../../schema/index.ts'
import { createIndex, createUniqueIndex, rebuildByHand } from './ddl.ts'

/** What a person runs on SQLite: an index is dropped and made; what stands in the table itself takes a rebuild. */
export const byHand: ByHand = {
  otherwise: rebuildByHand,
  renamesRules: false,
  statements: (change) => {
    const { table } = change
    if (change.kind === 'alterIndex') return [drop(change.live), createIndex(table.wanted, change.wanted).sql]
    // An index with a condition is never the table's own constraint.
    if (change.kind === 'alterUnique' && change.live.where !== null)
      return [drop(change.live), createUniqueIndex(table.wanted, change.wanted).sql]
    if (change.kind === 'dropUnique' && change.live.where !== null) return [drop(change.live)]
    return null
  },
}

function drop({ name }: { readonly name: string | null }): string {
  return `drop index ${quote(name ?? '')}`
}
