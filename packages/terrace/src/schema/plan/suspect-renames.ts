import type { Change, ChangeOf } from '../change.ts'
import type { TableShape } from '../snapshot.ts'

interface Ownership {
  isOwned(kind: string, path: string): boolean
}

/**
 * Turns what is new and looks like what the engine made and the models have lost into a suspected rename: to add the one and
 * leave the other would part the rows from their values. Never guessed, so it is refused later.
 */
export function suspectRenames(changes: readonly Change[], ownership: Ownership): readonly Change[] {
  return suspectTables(suspectColumns(changes, ownership), ownership)
}

function suspectTables(changes: readonly Change[], { isOwned }: Ownership): readonly Change[] {
  const lost = changes
    .filter((change) => change.kind === 'dropTable')
    .filter(({ live }) => isOwned('table', live.name) && isMoreThanKey(live))
  return changes.map((change) => {
    const former =
      change.kind === 'createTable' ? lost.find(({ live }) => hasSameColumns(live, change.wanted)) : undefined
    if (change.kind !== 'createTable' || former === undefined) return change
    return { kind: 'renameTable', live: former.live, wanted: change.wanted, source: change.source }
  })
}

/** Tables that are a key and nothing else are all alike. */
function isMoreThanKey({ columns, primaryKey }: TableShape): boolean {
  return columns.length > (primaryKey?.columns.length ?? 0)
}

function hasSameColumns(a: TableShape, b: TableShape): boolean {
  const columnsOf = (table: TableShape): string =>
    JSON.stringify(table.columns.map(({ name, type }) => [name, type]).toSorted())
  return columnsOf(a) === columnsOf(b)
}

function suspectColumns(changes: readonly Change[], ownership: Ownership): readonly Change[] {
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
