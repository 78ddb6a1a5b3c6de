import type { Rename, Snapshot, StructureVocabulary } from '../../schema/index.ts'
import { allCells, reasonAgainst, type EditKey } from './cells.ts'
import { declared } from './declared.ts'
import { removeColumn, removeTable, tableOf, type Draft, type DraftTable } from './draft.ts'
import { makeBase } from './base-structure.ts'
import { recipes } from './edits/recipes.ts'
import { Random } from './random.ts'
import { renameDraft } from './rename-draft.ts'
import { Workbench } from './workbench.ts'

/** One change of a structure, in two parts: what the change needs to be there first, and itself. */
export interface NextStructure {
  readonly edit: EditKey
  /** What there was, and what the change needs besides; without renames. */
  readonly before: Snapshot
  /** With the renames that it declares. */
  readonly after: Snapshot
  /** `drop-column products.kcal`: what goes from `before` to `after`, said by name so that it is no half of a rename. */
  readonly allow: readonly string[]
}

export interface NextOptions {
  readonly vocabulary: StructureVocabulary
  readonly quoteName: (name: string) => string
  readonly from: Snapshot
  readonly seed: number
  /** Differs from that of every other change of a walk: names that are made up have it. */
  readonly turn: number
}

/** So many names that no change makes up more. */
const namesPerTurn = 100

/**
 * A change of a structure by one of the edits, the same for the same seed; the first tables of all where there are none. Null where
 * the edit cannot be made of these tables, or would give a name twice.
 */
export function nextStructure({ vocabulary, quoteName, from, seed, turn }: NextOptions): NextStructure | null {
  const random = new Random(seed)
  const bench = new Workbench(random, vocabulary, quoteName)
  for (let used = 0; used < turn * namesPerTurn; used += 1) bench.name('none')
  bench.draft.tables.push(...structuredClone(Object.values(from.tables) as DraftTable[]))
  if (bench.draft.tables.length === 0) return firstTables(bench, from)
  const possible = allCells.filter(
    (cell) => cell.rows === 'rows' && reasonAgainst(cell, vocabulary.impossible) === null,
  )
  const { edit } = random.of(possible)
  const made = recipes[edit]?.make(bench, 'rows') ?? null
  if (made === null) return null
  const after: Draft = structuredClone(bench.draft)
  made.edit(after)
  const left = structuredClone(after)
  const former = made.renames ?? []
  renameDraft(after, former, quoteName)
  if (hasNameTwice(bench.draft) || hasNameTwice(after)) return null
  const tables = new Map(former.filter(({ object }) => object === 'table').map((each) => [each.from, each.to]))
  const renames = former.map((each): Rename =>
    each.object === 'table' ? each : { ...each, table: tables.get(each.table) ?? each.table },
  )
  return {
    edit,
    before: declared(bench.draft, [], quoteName),
    after: declared(after, renames, quoteName),
    allow: bench.draft.tables.flatMap((table) => dropsOf(table, left, tables)),
  }
}

function firstTables(bench: Workbench, before: Snapshot): NextStructure {
  makeBase(bench)
  return { edit: 'table.name add', before, after: declared(bench.draft, [], bench.quote), allow: [] }
}

/** In any letter case, as some engines have it. */
function hasNameTwice({ tables }: Draft): boolean {
  const isTwice = (names: readonly string[]): boolean =>
    new Set(names.map((name) => name.toLowerCase())).size < names.length
  return (
    isTwice(tables.map(({ name }) => name)) || tables.some(({ columns }) => isTwice(columns.map(({ name }) => name)))
  )
}

/** Allowances for what a table has and is gone, by the new name of the table. */
export function dropsOf(table: DraftTable, left: Draft, tables: ReadonlyMap<string, string>): readonly string[] {
  if (!left.tables.some(({ name }) => name === table.name)) return [`drop-table ${table.name}`]
  const kept = new Set(tableOf(left, table.name).columns.map(({ name }) => name))
  const name = tables.get(table.name) ?? table.name
  return table.columns.filter((column) => !kept.has(column.name)).map((column) => `drop-column ${name}.${column.name}`)
}

/** A structure without one of its tables, or without one of the columns that tell no rows apart. */
export function smallerStructure({ quoteName, from, seed }: NextOptions): NextStructure | null {
  const random = new Random(seed)
  const before: Draft = { tables: structuredClone(Object.values(from.tables) as DraftTable[]) }
  const after = structuredClone(before)
  const table = random.of(after.tables)
  const columns = table.columns.slice(1).map(({ name }) => name)
  const isWhole = columns.length === 0 || random.chance(0.5)
  if (isWhole) removeTable(after, table.name)
  else removeColumn(table, random.of(columns), quoteName)
  return {
    edit: isWhole ? 'table.name drop' : 'column.name drop',
    before: from,
    after: declared(after, [], quoteName),
    allow: before.tables.flatMap((each) => dropsOf(each, after, new Map())),
  }
}
