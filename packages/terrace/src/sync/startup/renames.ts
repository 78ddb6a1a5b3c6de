import type { Change, LiveStructure, Rename, Snapshot } from '../../schema/index.ts'
import { ledgerKey, type LedgerEntry } from '../journal/ledger.ts'

/** Whether the ledger has recorded this very rename for the new name. */
export function isRecorded(ledger: ReadonlyMap<string, LedgerEntry>, { object, table, from, to }: Rename): boolean {
  const path = object === 'table' ? to : `${table}.${to}`
  const renames = JSON.parse(ledger.get(ledgerKey({ kind: object, path }))?.renames ?? '[]') as readonly string[]
  return renames.includes(from)
}

export interface RenamedSides {
  readonly before: LiveStructure
  /** Under the new names. */
  readonly live: LiveStructure
  readonly declared: Snapshot
}

/** Renames as changes: a table's first. */
export function renameChanges(renames: readonly Rename[], { before, live, declared }: RenamedSides): readonly Change[] {
  const formerOf = (name: string): string =>
    renames.find(({ object, to }) => object === 'table' && to === name)?.from ?? name
  return renames.flatMap(({ object, table: name, from, to }): readonly Change[] => {
    const former = before.snapshot.tables[formerOf(name)]
    const after = live.snapshot.tables[name]
    const wanted = declared.tables[name]
    if (former === undefined || after === undefined || wanted === undefined) return []
    if (object === 'table') return [{ kind: 'renameTable', live: former, wanted, source: wanted.source }]
    const column = former.columns.find((each) => each.name === from)
    const renamed = wanted.columns.find((each) => each.name === to)
    if (column === undefined || renamed === undefined) return []
    const table = { live: { ...former, name }, wanted }
    return [{ kind: 'renameColumn', table, live: column, wanted: renamed, source: renamed.source }]
  })
}
