import { snapshotFrom, type Rename, type Snapshot, type TableShape } from '../../schema/index.ts'
import type { Merge, MergeConflict, MergeSide } from './merge.ts'
import { changeWords, tableWords } from './merge-words.ts'
import { partsOf, partsOfTable } from './snapshot-parts.ts'

/** Only those renames of a side of which the base has the one name and the side the other. */
export function realRenames(base: Snapshot, side: MergeSide): MergeSide {
  const { snapshot, renames } = side
  const tables = renames.filter(
    ({ object, from, to }) =>
      object === 'table' && base.tables[from] !== undefined && snapshot.tables[to] !== undefined,
  )
  const columns = renames.filter(({ object, table, from, to }) => {
    const former = tables.find((each) => each.to === table)?.from ?? table
    return object === 'column' && hasColumn(base, former, from) && hasColumn(snapshot, table, to)
  })
  return { ...side, renames: [...tables, ...columns] }
}

function hasColumn({ tables }: Snapshot, table: string, column: string): boolean {
  return tables[table]?.columns.some(({ name }) => name === column) === true
}

/** Those that both sides carry out. */
export function commonRenames(ours: MergeSide, theirs: MergeSide): readonly Rename[] {
  return ours.renames.filter((rename) => theirs.renames.some((each) => isSameRename(each, rename)))
}

/** The base under the names that both sides give; what expressions name is left as it is, as both sides have it changed. */
export function renamedBase(base: Snapshot, common: readonly Rename[]): Snapshot {
  if (common.length === 0) return base
  const tableName = (name: string): string =>
    common.find(({ object, from }) => object === 'table' && from === name)?.to ?? name
  const inTable =
    (table: string) =>
    (name: string): string =>
      common.find((each) => each.object === 'column' && each.table === table && each.from === name)?.to ?? name
  return snapshotFrom(
    Object.values(base.tables).map((shape): TableShape => {
      const name = tableName(shape.name)
      const column = inTable(name)
      const named = <T extends { readonly name: string }>(each: T): T => ({ ...each, name: column(each.name) })
      const columns = <T extends { readonly columns: readonly string[] }>(each: T): T => ({
        ...each,
        columns: each.columns.map(column),
      })
      return {
        ...shape,
        name,
        columns: shape.columns.map(named),
        primaryKey: shape.primaryKey === null ? null : columns(shape.primaryKey),
        uniques: shape.uniques.map((each) => ({ ...columns(each), include: each.include.map(column) })),
        indexes: shape.indexes.map((each) => ({
          ...each,
          columns: each.columns.map(named),
          include: each.include.map(column),
        })),
        foreignKeys: shape.foreignKeys.map((each) => {
          const targetTable = tableName(each.targetTable)
          return { ...columns(each), targetTable, targetColumns: each.targetColumns.map(inTable(targetTable)) }
        }),
      }
    }),
  )
}

/**
 * Where one side alone renames something, the other may have changed neither that nor what has its new name: its statements name
 * what is no longer so, and two equal shapes may be two things.
 */
export function renameConflicts(merge: Merge, settled: ReadonlySet<string>): readonly MergeConflict[] {
  const [ours, theirs] = merge.sides
  return [
    ...conflictsOf(merge, { renaming: ours, other: theirs, settled }).map(({ object, renaming, other }) => ({
      object,
      ours: renaming,
      theirs: other,
    })),
    ...conflictsOf(merge, { renaming: theirs, other: ours, settled }).map(({ object, renaming, other }) => ({
      object,
      ours: other,
      theirs: renaming,
    })),
  ]
}

interface OneSided {
  readonly renaming: MergeSide
  readonly other: MergeSide
  readonly settled: ReadonlySet<string>
}

interface Found {
  readonly object: string
  readonly renaming: string
  readonly other: string
}

function conflictsOf({ base, common }: Merge, { renaming, other, settled }: OneSided): readonly Found[] {
  const own = renaming.renames.filter((rename) => !common.some((each) => isSameRename(each, rename)))
  const ownTables = new Set(own.flatMap(({ object, to }) => (object === 'table' ? [to] : [])))
  const [before, now] = [partsOf(base), partsOf(other.snapshot)]
  return own.flatMap(({ object, table, from, to }) => {
    if (object === 'table')
      return [from, to]
        .filter((name) => !settled.has(name) && !isSameTable(base.tables[name], other.snapshot.tables[name]))
        .map((name) => ({
          object: `table ${name}`,
          renaming: name === from ? `renamed to ${to}` : `renamed from ${from}`,
          other: tableWords(base, other, name),
        }))
    if (ownTables.has(table)) return []
    return [from, to].flatMap((name) => {
      const key = `column ${table}.${name}`
      const [was, is] = [before.get(key), now.get(key)]
      if (was?.hash === is?.hash || settled.has(table)) return []
      const words = name === from ? `renamed to ${to}` : `renamed from ${from}`
      return [{ object: key, renaming: words, other: changeWords(was, is, other) }]
    })
  })
}

export function isSameRename(a: Rename, b: Rename): boolean {
  return a.object === b.object && a.table === b.table && a.from === b.from && a.to === b.to
}

function isSameTable(one: TableShape | undefined, other: TableShape | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  const [first, second] = [new Map(partsOfTable(one)), new Map(partsOfTable(other))]
  return first.size === second.size && [...first].every(([key, { hash }]) => second.get(key)?.hash === hash)
}
