import type { Change, Difference } from '../change.ts'
import { different } from '../comparison.ts'
import type { Snapshot, TableShape } from '../snapshot.ts'

/**
 * Marks renames of constraints and indexes onto a name that something of another table has: engines that keep these names per
 * schema could not rename either of two that changed places with their tables. With the mark they are made anew.
 */
export function withoutTakenNames(changes: readonly Change[], { tables }: Snapshot): readonly Change[] {
  const holders = new Map<string, string>(
    Object.values(tables).flatMap((table) => namesIn(table).map((name) => [name, table.name] as const)),
  )
  return changes.map((change) => {
    if (!isRenamedPart(change) || change.differences.some(({ aspect }) => aspect !== 'name')) return change
    const holder = holders.get(change.wanted.name ?? '')
    if (holder === undefined || holder === change.table.live.name) return change
    return { ...change, differences: [...change.differences, taken(holder)] } as Change
  })
}

type RenamedPart = Extract<Change, { readonly kind: 'alterUnique' | 'alterIndex' | 'alterForeignKey' | 'alterCheck' }>

function isRenamedPart(change: Change): change is RenamedPart {
  return /^alter(?:Unique|Index|ForeignKey|Check)$/.test(change.kind)
}

function taken(holder: string): Difference {
  return { aspect: 'name taken', comparison: different(`${holder} has something of that name still`) }
}

function namesIn({ uniques, indexes, foreignKeys, checks, primaryKey }: TableShape): readonly string[] {
  const named = [...uniques, ...indexes, ...foreignKeys, ...checks, ...(primaryKey === null ? [] : [primaryKey])]
  return named.flatMap(({ name }) => name ?? [])
}
