import {
  columnsIn,
  type ColumnShape,
  type ForeignKeyShape,
  type Snapshot,
  type TableShape,
} from '../../schema/index.ts'
import type { Merge, MergeConflict, MergeSide } from './merge.ts'
import { changeWords, objectWords } from './merge-words.ts'
import { partsOf, type Part, type Parts } from './snapshot-parts.ts'

/** What one side has taken away and the other names in what it keeps; and keys between columns that have become of two types. */
export function danglingIn({ base, sides: [ours, theirs] }: Merge, merged: Snapshot): readonly MergeConflict[] {
  const after = partsOf(merged)
  const around = { before: partsOf(base), after, merged }
  return [
    ...broken({ ...around, naming: ours, other: theirs }).map(({ object, naming, other }) => ({
      object,
      ours: naming,
      theirs: other,
    })),
    ...broken({ ...around, naming: theirs, other: ours }).map(({ object, naming, other }) => ({
      object,
      ours: other,
      theirs: naming,
    })),
  ]
}

interface Naming {
  readonly before: Parts
  readonly after: Parts
  readonly merged: Snapshot
  readonly naming: MergeSide
  readonly other: MergeSide
}

interface Broken {
  readonly object: string
  readonly naming: string
  readonly other: string
}

function broken(around: Naming): readonly Broken[] {
  const { naming, after } = around
  const own = partsOf(naming.snapshot)
  return [...own].flatMap(([key, part]) => {
    const table = naming.snapshot.tables[part.table]
    if (table === undefined || after.get(key)?.hash !== part.hash) return []
    const missing = namedBy(part, table).filter((name) => own.has(name) && !after.has(name))
    const lost = missing.map((name) => lostWords(name, part, around))
    return part.kind === 'foreignKey' && missing.length === 0 ? [...lost, ...unlike(part.shape, part, around)] : lost
  })
}

function lostWords(name: string, part: Part, { before, naming, other }: Naming): Broken {
  const named = before.get(name) ?? partsOf(naming.snapshot).get(name)
  const object = named === undefined ? name : objectWords(named)
  return { object, naming: `named by ${objectWords(part)}`, other: changeWords(named, undefined, other) }
}

/** Keys of the parts that a part cannot be without. */
export function namedBy(part: Part, table: TableShape): readonly string[] {
  const within = (names: readonly string[]): readonly string[] => names.map((name) => columnKey(table.name, name))
  const asked = (expression: string | null): readonly string[] =>
    expression === null ? [] : within(columnsIn(expression, table).map(({ name }) => name))
  switch (part.kind) {
    case 'table':
      return []
    case 'column':
      return asked(part.shape.generated?.expression ?? null)
    case 'primaryKey':
      return within(part.shape.columns)
    case 'unique':
      return [...within([...part.shape.columns, ...part.shape.include]), ...asked(part.shape.where)]
    case 'index':
      return [
        ...part.shape.columns.flatMap(({ name }) => (name.startsWith('(') ? asked(name) : within([name]))),
        ...within(part.shape.include),
        ...asked(part.shape.where),
      ]
    case 'foreignKey':
      return [...within(part.shape.columns), ...targetKeys(part.shape)]
    case 'check':
      return asked(part.shape.expression)
  }
}

function columnKey(table: string, name: string): string {
  return `column ${table}.${name}`
}

function targetKeys({ targetTable, targetColumns }: ForeignKeyShape): readonly string[] {
  return [`table ${targetTable}`, ...targetColumns.map((name) => columnKey(targetTable, name))]
}

/** A key whose two columns are of one type on its side, and would be of two. */
function unlike(shape: ForeignKeyShape, part: Part, { naming, merged, other }: Naming): readonly Broken[] {
  const typesIn = ({ tables }: Snapshot): readonly (readonly [string | undefined, string | undefined])[] =>
    shape.columns.map((name, at) => [
      columnOf(tables[part.table], name)?.type,
      columnOf(tables[shape.targetTable], shape.targetColumns[at] ?? '')?.type,
    ])
  const [own, both] = [typesIn(naming.snapshot), typesIn(merged)]
  const at = both.findIndex(([from, to], n) => from !== to && own[n]?.[0] === own[n]?.[1])
  if (at === -1) return []
  const changed = typesIn(other.snapshot)[at]
  return [
    {
      object: objectWords(part),
      naming: `leads from ${own[at]?.[0] ?? 'nothing'} to ${own[at]?.[1] ?? 'nothing'}`,
      other: `makes its columns ${changed?.[0] ?? 'nothing'} and ${changed?.[1] ?? 'nothing'}`,
    },
  ]
}

function columnOf(table: TableShape | undefined, name: string): ColumnShape | undefined {
  return table?.columns.find((column) => column.name === name)
}
