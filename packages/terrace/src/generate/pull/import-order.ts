import type { Drafts } from './draft-references.ts'

/**
 * Whether one table's model can import that of a table it refers to: those that refer to each other in a circle, and to themselves,
 * cannot, for neither could be made first.
 */
export function importable(drafts: Drafts): (from: string, to: string) => boolean {
  const circles = circlesOf(drafts)
  return (from, to) => drafts.has(to) && circles.get(from) !== circles.get(to)
}

interface Visit {
  readonly table: string
  readonly targets: readonly string[]
  next: number
}

/**
 * A number for each circle of tables, and for each table in none. By Tarjan's algorithm, without recursion: a chain of references can
 * be as long as there are tables.
 */
function circlesOf(drafts: Drafts): ReadonlyMap<string, number> {
  const circles = new Map<string, number>()
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  for (const root of drafts.keys()) {
    const path: Visit[] = order.has(root) ? [] : [begin(root)]
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const target = visit.targets[visit.next++]
      if (target === undefined) end(path)
      else if (!order.has(target)) path.push(begin(target))
      else if (!circles.has(target)) lower(visit.table, order.get(target) ?? 0)
    }
  }
  return circles

  function begin(table: string): Visit {
    order.set(table, order.size)
    lowest.set(table, order.get(table) ?? 0)
    open.push(table)
    return { table, targets: targetsOf(table, drafts), next: 0 }
  }

  function lower(table: string, to: number): void {
    lowest.set(table, Math.min(lowest.get(table) ?? to, to))
  }

  function end(path: Visit[]): void {
    const { table } = path.pop() as Visit
    const least = lowest.get(table) ?? 0
    const before = path.at(-1)
    if (before !== undefined) lower(before.table, least)
    if (least !== order.get(table)) return
    for (const member of open.splice(open.lastIndexOf(table))) circles.set(member, least)
  }
}

function targetsOf(table: string, drafts: Drafts): readonly string[] {
  const draft = drafts.get(table)
  if (draft === undefined) return []
  const targets = [
    ...draft.columns.flatMap(({ reference }) => reference?.table ?? []),
    ...draft.references.map((each) => each.table),
  ]
  return targets.filter((target) => drafts.has(target))
}
