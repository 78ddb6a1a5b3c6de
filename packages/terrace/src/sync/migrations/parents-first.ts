import type { Revision } from './history.ts'

interface Order {
  /** Parents first; among those that could both come next, by id. Those in circles are not among them, nor what comes after. */
  readonly ordered: readonly Revision[]
  readonly inCircles: readonly Revision[]
}

/** Revisions in an order in which they can be applied. A parent that is not among them does not count. */
export function parentsFirst(revisions: readonly Revision[]): Order {
  const known = new Set(revisions.map(({ revision }) => revision))
  const waiting = new Map(
    revisions.toSorted(byId).map((revision) => {
      return [revision, new Set(revision.parents.filter((parent) => known.has(parent)))] as const
    }),
  )
  const ordered: Revision[] = []
  for (let next = ready(waiting); next !== null; next = ready(waiting)) {
    ordered.push(next)
    waiting.delete(next)
    for (const parents of waiting.values()) parents.delete(next.revision)
  }
  return { ordered, inCircles: circular([...waiting.keys()]) }
}

function ready(waiting: ReadonlyMap<Revision, ReadonlySet<string>>): Revision | null {
  for (const [revision, parents] of waiting) if (parents.size === 0) return revision
  return null
}

/** Of those that wait for each other, the ones that are reached from themselves. */
function circular(left: readonly Revision[]): readonly Revision[] {
  const parentsOf = new Map(left.map(({ revision, parents }) => [revision, parents]))
  return left.filter(({ revision, parents }) => {
    const seen = new Set<string>()
    const open = [...parents]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (id === revision) return true
      if (seen.has(id)) continue
      seen.add(id)
      open.push(...(parentsOf.get(id) ?? []))
    }
    return false
  })
}

function byId(a: Revision, b: Revision): number {
  return a.revision < b.revision ? -1 : 1
}
