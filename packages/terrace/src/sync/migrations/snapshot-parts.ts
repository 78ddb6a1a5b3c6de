import {
  made,
  objectHash,
  snapshotFrom,
  type CheckShape,
  type ColumnShape,
  type ForeignKeyShape,
  type IndexShape,
  type ObjectKind,
  type PrimaryKeyShape,
  type Snapshot,
  type TableShape,
  type UniqueShape,
} from '../../schema/index.ts'
import { sortedKeys } from './sorted-keys.ts'

/** What a table is besides its parts. */
export type TableFrame = Omit<TableShape, 'columns' | 'primaryKey' | 'uniques' | 'indexes' | 'foreignKeys' | 'checks'>

interface Shapes {
  readonly table: TableFrame
  readonly column: ColumnShape
  readonly primaryKey: PrimaryKeyShape
  readonly unique: UniqueShape
  readonly index: IndexShape
  readonly foreignKey: ForeignKeyShape
  readonly check: CheckShape
}

export type PartOf<K extends ObjectKind> = {
  readonly kind: K
  readonly table: string
  /** The ledger's; of a primary key one for each table, whatever its name. */
  readonly path: string
  readonly shape: Shapes[K]
  /** Equal for shapes that mean the same. */
  readonly hash: string
  /** Equal for shapes that are written the same, with where they come from. */
  readonly text: string
}

/** One object of a snapshot. */
export type Part = { readonly [K in ObjectKind]: PartOf<K> }[ObjectKind]

/** By kind and path. */
export type Parts = ReadonlyMap<string, Part>

const partsByTable = new WeakMap<TableShape, readonly (readonly [string, Part])[]>()

export function partsOf({ tables }: Snapshot): Parts {
  return new Map(Object.values(tables).flatMap(partsOfTable))
}

export function partsOfTable(shape: TableShape): readonly (readonly [string, Part])[] {
  const known = partsByTable.get(shape)
  if (known !== undefined) return known
  const { columns, primaryKey, uniques, indexes, foreignKeys, checks, ...frame } = shape
  const table = frame.name
  const taken = new Set<string>()
  const keyed = <K extends ObjectKind>(kind: K, path: string, each: Shapes[K]): readonly [string, Part] => {
    let key = `${kind} ${path}`
    for (let n = 2; taken.has(key); n += 1) key = `${kind} ${path} ${n}`
    taken.add(key)
    const part: PartOf<K> = { kind, table, path, shape: each, hash: objectHash(each), text: textOf(each) }
    return [key, part as Part]
  }
  const within = <K extends 'column' | 'unique' | 'index' | 'foreignKey' | 'check'>(
    kind: K,
    shapes: readonly Shapes[K][],
  ) => shapes.map((each) => keyed(kind, made(kind, table, each).path, each))
  const parts = [
    keyed('table', table, frame),
    ...within('column', columns),
    ...(primaryKey === null ? [] : [keyed('primaryKey', table, primaryKey)]),
    ...within('unique', uniques),
    ...within('index', indexes),
    ...within('foreignKey', foreignKeys),
    ...within('check', checks),
  ]
  partsByTable.set(shape, parts)
  return parts
}

function textOf(shape: unknown): string {
  return JSON.stringify(sortedKeys(shape))
}

/** The snapshot that some parts make; columns in the order in which `columnsIn` has them. */
export function snapshotOfParts(parts: Iterable<Part>, columnsIn: (table: string) => readonly string[]): Snapshot {
  const groups = Map.groupBy(parts, ({ table }) => table)
  const tables = [...groups].flatMap(([name, group]): readonly TableShape[] => {
    const shapes = <K extends ObjectKind>(kind: K): readonly Shapes[K][] =>
      group.flatMap((part) => (part.kind === kind ? [part.shape as Shapes[K]] : []))
    const [frame] = shapes('table')
    if (frame === undefined) return []
    const order = columnsIn(name)
    return [
      {
        ...frame,
        columns: shapes('column').toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name)),
        primaryKey: shapes('primaryKey')[0] ?? null,
        uniques: shapes('unique'),
        indexes: shapes('index'),
        foreignKeys: shapes('foreignKey'),
        checks: shapes('check'),
      },
    ]
  })
  return snapshotFrom(tables)
}
