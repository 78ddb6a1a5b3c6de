import type { Change, ChangeOf } from '../change.ts'

/** New tables after those that they refer to, where no cycle prevents it, then everything else as given. */
export function changesInOrder(changes: readonly Change[]): readonly Change[] {
  const creations = changes.filter((change) => change.kind === 'createTable')
  return [...targetsFirst(creations), ...changes.filter((change) => change.kind !== 'createTable')]
}

function targetsFirst(creations: readonly ChangeOf<'createTable'>[]): readonly Change[] {
  const byName = new Map(creations.map((creation) => [creation.wanted.name, creation]))
  const ordered = new Set<Change>()
  const entered = new Set<string>()
  const visit = (name: string): void => {
    const creation = byName.get(name)
    if (creation === undefined || entered.has(name)) return
    entered.add(name)
    for (const { targetTable } of creation.wanted.foreignKeys) visit(targetTable)
    ordered.add(creation)
  }
  for (const name of byName.keys()) visit(name)
  return [...ordered]
}
