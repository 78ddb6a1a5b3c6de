import type { Drafts } from './draft-references.ts'

/**
 * Whether one table's model can import another's: those that refer to each other in a circle, and to themselves, cannot, for neither
 * could be made first.
 */
export function importable(drafts: Drafts): (from: string, to: string) => boolean {
  const reached = new Map<string, ReadonlySet<string>>()
  const reachedFrom = (table: string): ReadonlySet<string> => {
    const known = reached.get(table)
    if (known !== undefined) return known
    const found = new Set<string>()
    const open = [table]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const target of targetsOf(next, drafts)) {
        if (found.has(target)) continue
        found.add(target)
        open.push(target)
      }
    }
    reached.set(table, found)
    return found
  }
  return (from, to) => from !== to && drafts.has(to) && !reachedFrom(to).has(from)
}

function targetsOf(table: string, drafts: Drafts): readonly string[] {
  const draft = drafts.get(table)
  if (draft === undefined) return []
  return [
    ...draft.columns.flatMap(({ reference }) => reference?.table ?? []),
    ...draft.references.map((each) => each.table),
  ]
}
