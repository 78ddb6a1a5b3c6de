import type { ReferenceFact } from '../graph-facts.ts'

/** What a model points at. `isRequired`: a row cannot exist without its target. */
export interface Edge {
  readonly target: string
  readonly isRequired: boolean
}

export type Edges = ReadonlyMap<string, readonly Edge[]>

/**
 * Names so that each comes after its targets, where no cycle prevents it; inside a cycle, after the targets it cannot exist
 * without, where those do not circle themselves. Otherwise in the given order.
 */
export function referenceOrder(edges: Edges): readonly string[] {
  return cycles(edges).flatMap((members) => depthFirst(members, (name) => requiredTargets(edges, name, members)))
}

export function edgesOf(
  references: readonly ReferenceFact[],
  isNullable: (column: string) => boolean,
): readonly Edge[] {
  return references.map(({ target, columns }) => ({ target, isRequired: !columns.some(isNullable) }))
}

function requiredTargets(edges: Edges, name: string, members: readonly string[]): readonly string[] {
  const required = (edges.get(name) ?? []).filter(({ isRequired }) => isRequired)
  return required.map(({ target }) => target).filter((target) => members.includes(target))
}

/** Names in post-order: targets first, a name met again on its own path is skipped. */
function depthFirst(names: Iterable<string>, targetsOf: (name: string) => readonly string[]): string[] {
  const order = new Set<string>()
  const entered = new Set<string>()
  const visit = (name: string): void => {
    if (entered.has(name)) return
    entered.add(name)
    for (const target of targetsOf(name)) visit(target)
    order.add(name)
  }
  for (const name of names) visit(name)
  return [...order]
}

/**
 * Groups of names that reach each other, targets' groups first; most groups are one name. Tarjan, "Depth-first search and
 * linear graph algorithms", 1972.
 */
function cycles(edges: Edges): readonly (readonly string[])[] {
  const groups: string[][] = []
  const lowest = new Map<string, number>()
  const path: string[] = []
  const closed = new Set<string>()
  const visit = (name: string): number => {
    const index = lowest.size
    lowest.set(name, index)
    path.push(name)
    let low = index
    for (const { target } of edges.get(name) ?? []) {
      if (!closed.has(target)) low = Math.min(low, lowest.get(target) ?? visit(target))
    }
    if (low === index) groups.push(closeGroup(path, name, closed))
    return low
  }
  for (const name of edges.keys()) if (!lowest.has(name)) visit(name)
  return groups.map((group) => [...edges.keys()].filter((name) => group.includes(name)))
}

function closeGroup(path: string[], root: string, closed: Set<string>): string[] {
  const group = path.splice(path.indexOf(root))
  for (const name of group) closed.add(name)
  return group
}
