import type { Snapshot } from '../../schema/index.ts'
import type { Merge } from './merge.ts'

/**
 * The order of a table's columns: that of the side that has changed it; of both, that of the one with the columns of the other, each
 * behind the one it stands behind there. The same whichever side is the first.
 */
export function mergedColumns({ base, sides }: Merge, table: string): readonly string[] {
  const before = namesIn(base, table)
  const [ours, theirs] = sides.map(({ snapshot }) => namesIn(snapshot, table))
  if (ours === undefined || isEqual(ours, before)) return theirs ?? before
  if (theirs === undefined || isEqual(theirs, before)) return ours
  const [first, second] = ours.join('\0') < theirs.join('\0') ? [ours, theirs] : [theirs, ours]
  const order = [...first]
  for (const [at, name] of second.entries()) {
    if (order.includes(name)) continue
    const behind = second.slice(0, at).findLast((each) => order.includes(each))
    order.splice(behind === undefined ? 0 : order.indexOf(behind) + 1, 0, name)
  }
  return order
}

function namesIn({ tables }: Snapshot, table: string): readonly string[] {
  return tables[table]?.columns.map(({ name }) => name) ?? []
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, at) => name === other[at])
}
