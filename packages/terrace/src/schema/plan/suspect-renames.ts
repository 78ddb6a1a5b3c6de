import type { Change, ChangeOf } from '../change.ts'
import type {
  CheckShape,
  ColumnShape,
  ForeignKeyShape,
  IndexShape,
  PrimaryKeyShape,
  TableShape,
  UniqueShape,
} from '../snapshot.ts'
import { columnsIn } from './columns-in.ts'

interface Ownership {
  isOwned(kind: string, path: string): boolean
  wasDeclared(kind: string, path: string): boolean
  formerNames?(kind: string, path: string): readonly string[]
  /** Whether a person has said that this is no rename. */
  isDecided(change: Change): boolean
}

/**
 * Turns what is new and looks like what the engine made and the models have lost into a suspected rename: to add the one and
 * leave the other would part the rows from their values. So it is where the new has a name that the lost once had, whatever it
 * looks like: a release from before that rename would begin with nothing. Never guessed, so it is refused later.
 */
export function suspectRenames(changes: readonly Change[], ownership: Ownership): readonly Change[] {
  return suspectTables(suspectColumns(changes, ownership), ownership)
}

function suspectTables(changes: readonly Change[], ownership: Ownership): readonly Change[] {
  const lost = changes
    .filter((change) => change.kind === 'dropTable')
    .filter((drop) => !ownership.isDecided(drop))
    .filter(({ live }) => isGivenUp('table', live.name, ownership))
  return changes.map((change) => {
    if (change.kind !== 'createTable') return change
    const { wanted } = change
    const former =
      lost.find(({ live }) => ownership.formerNames?.('table', live.name).includes(wanted.name)) ??
      lost.find(({ live }) => isMoreThanKey(live) && hasSameColumns(live, wanted))
    if (former === undefined) return change
    return { kind: 'suspectTableRename', live: former.live, wanted: change.wanted, source: change.source }
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
  const suspected = changes.map((change) => {
    if (change.kind !== 'addColumn') return change
    const lost =
      [...left].find((drop) => hadName(drop, change, ownership)) ?? [...left].find((drop) => isLike(drop, change))
    if (lost === undefined) return change
    left.delete(lost)
    const { table, wanted, source } = change
    return { kind: 'suspectColumnRename', table, live: lost.live, wanted, source } as const
  })
  return withoutFollowers(suspected)
}

type Rename = ChangeOf<'suspectColumnRename'>

/** What else differs because of the new name is settled, or comes up, when the rename is: until then it would contradict it. */
function withoutFollowers(changes: readonly Change[]): readonly Change[] {
  const renames = changes.filter((change) => change.kind === 'suspectColumnRename')
  if (renames.length === 0) return changes
  return changes.filter((change) => !renames.some((rename) => follows(change, rename)))
}

function follows(change: Change, rename: Rename): boolean {
  if (!('table' in change) || change.table.live.name !== rename.table.live.name) return false
  if (change.kind === 'suspectColumnRename') return isCompanion(change, rename)
  const { live, wanted } = change.table
  const before = 'live' in change && change.live !== null && columnNames(change.live, live).includes(rename.live.name)
  const after =
    'wanted' in change && change.wanted !== null && columnNames(change.wanted, wanted).includes(rename.wanted.name)
  return before || after
}

/** A second column of the same property, which is renamed along with the first. */
function isCompanion(change: Rename, { source }: Rename): boolean {
  return (
    change.source?.name === source?.name && change.source?.properties.length === 0 && source?.properties.length === 1
  )
}

type Shape = TableShape | ColumnShape | PrimaryKeyShape | UniqueShape | IndexShape | ForeignKeyShape | CheckShape

/** The columns that an object is about: a column is about itself and, if it is calculated, about others. */
function columnNames(shape: Shape, table: TableShape): readonly string[] {
  if ('options' in shape) return []
  if ('columns' in shape) return shape.columns.map((column) => (typeof column === 'string' ? column : column.name))
  if ('expression' in shape) return columnsIn(shape.expression, table).map(({ name }) => name)
  const sources = shape.generated === null ? [] : columnsIn(shape.generated.expression, table)
  return [shape.name, ...sources.map(({ name }) => name)]
}

function isOwnedColumn(drop: ChangeOf<'dropColumn'>, ownership: Ownership): boolean {
  const { table, live } = drop
  if (live.generated !== null || ownership.isDecided(drop)) return false
  return isGivenUp('column', `${table.live.name}.${live.name}`, ownership)
}

/** The engine made it, and it is these models that declare it no longer. */
function isGivenUp(kind: string, path: string, { isOwned, wasDeclared }: Ownership): boolean {
  return isOwned(kind, path) && wasDeclared(kind, path)
}

function hadName(drop: ChangeOf<'dropColumn'>, add: ChangeOf<'addColumn'>, { formerNames }: Ownership): boolean {
  const table = drop.table.live.name
  if (table !== add.table.live.name || add.wanted.generated !== null) return false
  return formerNames?.('column', `${table}.${drop.live.name}`).includes(add.wanted.name) === true
}

function isLike(drop: ChangeOf<'dropColumn'>, add: ChangeOf<'addColumn'>): boolean {
  return (
    drop.table.live.name === add.table.live.name && drop.live.type === add.wanted.type && add.wanted.generated === null
  )
}
