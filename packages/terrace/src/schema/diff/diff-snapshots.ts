import type { Change } from '../change.ts'
import type { LiveStructure, Snapshot, TableShape } from '../snapshot.ts'
import { diffTables } from './diff-tables.ts'
import { withoutTakenNames } from './taken-names.ts'

/** The wanted structure as declared, and as the engine prints it. `canonical` may lack tables that do not exist yet. */
export interface Wanted {
  readonly declared: Snapshot
  readonly canonical: Snapshot
}

/**
 * Every difference between a live structure and the wanted one. Compared with the canonical form; the changes carry the
 * declared one, which is what gets rendered.
 */
export function diffSnapshots(live: LiveStructure, { declared, canonical }: Wanted): readonly Change[] {
  const wanted = Object.values(declared.tables).flatMap((table): readonly Change[] => {
    const other = live.otherObjects[table.name]
    if (other !== undefined) return [{ kind: 'replaceObject', wanted: table, live: other, source: table.source }]
    const existing = live.snapshot.tables[table.name]
    if (existing === undefined) return [{ kind: 'createTable', wanted: table, source: table.source }]
    return diffTables(existing, { declared: table, canonical: canonical.tables[table.name] ?? table })
  })
  return [...withoutTakenNames(wanted, live.snapshot), ...unknownTables(live, declared)]
}

function unknownTables({ snapshot }: LiveStructure, declared: Snapshot): readonly Change[] {
  const unknown = Object.values(snapshot.tables).filter(({ name }: TableShape) => declared.tables[name] === undefined)
  return unknown.map((live) => ({ kind: 'dropTable', live, source: null }))
}
