import type { MigrationHistory } from './history.ts'

/** All that come before some revisions, and they themselves. */
export function ancestorsOf(history: MigrationHistory, revisions: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...revisions]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    open.push(...(history.byId.get(id)?.parents ?? []))
  }
  return found
}
