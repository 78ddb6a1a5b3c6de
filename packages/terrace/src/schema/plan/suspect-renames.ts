import type { Change, ChangeOf } from '../change.ts'

interface Ownership {
  isOwned(kind: string, path: string): boolean
}

/**
 * Turns a new column and one of the same type that the engine made and the models have lost into a suspected rename: to
 * add the one and leave the other would part the rows from their values. Never guessed, so it is refused later.
 */
export function suspectRenames(changes: readonly Change[], ownership: Ownership): readonly Change[] {
  const left = new Set(
    changes.filter((change) => change.kind === 'dropColumn').filter((drop) => isOwnedColumn(drop, ownership)),
  )
  return changes.map((change) => {
    if (change.kind !== 'addColumn') return change
    const lost = [...left].find((drop) => isLike(drop, change))
    if (lost === undefined) return change
    left.delete(lost)
    const { table, wanted, source } = change
    return { kind: 'renameColumn', table, live: lost.live, wanted, source }
  })
}

function isOwnedColumn({ table, live }: ChangeOf<'dropColumn'>, { isOwned }: Ownership): boolean {
  return live.generated === null && isOwned('column', `${table.live.name}.${live.name}`)
}

function isLike(drop: ChangeOf<'dropColumn'>, add: ChangeOf<'addColumn'>): boolean {
  return (
    drop.table.live.name === add.table.live.name && drop.live.type === add.wanted.type && add.wanted.generated === null
  )
}
