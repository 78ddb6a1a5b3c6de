import type { MigrationHistory } from './history.ts'

/** All that come before some revisions, and they themselves. */
export function ancestorsOf(
  { byId }: Pick<MigrationHistory, 'byId'>,
  revisions: Iterable<string>,
): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...revisions]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    open.push(...(byId.get(id)?.parents ?? []))
  }
  return found
}

/** All that come after a revision, without it. */
export function descendantsOf(
  { revisions }: Pick<MigrationHistory, 'revisions'>,
  revision: string,
): ReadonlySet<string> {
  const found = new Set([revision])
  // Parents stand first.
  for (const each of revisions) if (each.parents.some((parent) => found.has(parent))) found.add(each.revision)
  found.delete(revision)
  return found
}

/** Those of some revisions that no other of them comes after, by id. */
export function tipsOf(history: MigrationHistory, revisions: ReadonlySet<string>): readonly string[] {
  const inner = new Set([...revisions].flatMap((id) => history.byId.get(id)?.parents ?? []))
  return [...revisions].filter((id) => !inner.has(id)).toSorted()
}
