import type { Rename, Snapshot, StructureVocabulary } from '../../schema/index.ts'
import { makeBase } from './base-structure.ts'
import { dropsOf } from './next-structure.ts'
import { reasonAgainst, type Cell, type EditKey } from './cells.ts'
import { declared } from './declared.ts'
import type { Draft } from './draft.ts'
import { DraftRows } from './draft-rows.ts'
import type { MadeEdit } from './edits/recipe.ts'
import { recipes } from './edits/recipes.ts'
import { Random } from './random.ts'
import { renameDraft } from './rename-draft.ts'
import { Workbench } from './workbench.ts'

/** Two declared structures, and rows of the first. */
export interface StructurePair {
  readonly cell: Cell
  /** Of this pair alone. */
  readonly seed: number
  readonly before: Snapshot
  /** With the renames that it declares. */
  readonly after: Snapshot
  /** Those of the cell and of the edits made besides. */
  readonly edits: readonly EditKey[]
  /** Columns by the new names of their tables. */
  readonly renames: readonly Rename[]
  /** Statements that put the rows into the first structure. */
  readonly inserts: readonly string[]
  /** `drop-column products.kcal`: what goes, said by name so that it is no half of a rename. */
  readonly allow: readonly string[]
}

export interface PairOptions {
  readonly vocabulary: StructureVocabulary
  readonly quoteName: (name: string) => string
  readonly cell: Cell
  readonly seed: number
  /** Only the cell's own edit. Default false: up to two others are made besides. */
  readonly isAlone?: boolean
}

/** Why a cell cannot be made on an engine; null where it can. */
export function cellReason(cell: Cell, { impossible }: StructureVocabulary): string | null {
  const reason = reasonAgainst(cell, impossible)
  if (reason !== null || cell.rows !== 'violating') return reason
  return recipes[cell.edit]?.safe ?? null
}

/** One pair for a cell, the same for the same seed; null where neither the engine's words nor a reason cover the cell. */
export function structurePair({
  vocabulary,
  quoteName,
  cell,
  seed,
  isAlone = false,
}: PairOptions): StructurePair | null {
  const random = new Random(seed)
  const bench = new Workbench(random, vocabulary, quoteName)
  makeBase(bench)
  const first = recipes[cell.edit]?.make(bench, cell.rows) ?? null
  if (first === null) return null
  const more = isAlone || cell.rows === 'violating' ? [] : moreEdits(bench, cell)
  const made = [{ key: cell.edit, edit: first }, ...more]
  return {
    cell,
    seed,
    edits: made.map(({ key }) => key),
    ...sides(
      bench,
      cell,
      made.map(({ edit }) => edit),
    ),
  }
}

interface NamedEdit {
  readonly key: EditKey
  readonly edit: MadeEdit
}

/** None to two others, that the same rows satisfy. */
function moreEdits(bench: Workbench, { rows }: Cell): readonly NamedEdit[] {
  const { random, words } = bench
  const possible = Object.keys(recipes).filter((edit) => reasonAgainst({ edit, rows }, words.impossible) === null)
  return random.some(possible, 0, 2).flatMap((key) => {
    const edit = recipes[key]?.make(bench, rows) ?? null
    return edit === null ? [] : [{ key, edit }]
  })
}

type Sides = Pick<StructurePair, 'before' | 'after' | 'renames' | 'inserts' | 'allow'>

function sides(bench: Workbench, { rows }: Cell, edits: readonly MadeEdit[]): Sides {
  const { draft, quote } = bench
  const draftRows = new DraftRows(bench)
  for (const { fit } of edits) fit?.(draftRows)
  if (rows === 'violating') for (const { violate } of edits) violate?.(draftRows)
  const after: Draft = structuredClone(draft)
  for (const { edit } of edits) edit(after)
  const left = structuredClone(after)
  const formerNames = edits.flatMap(({ renames = [] }) => renames)
  renameDraft(after, formerNames, quote)
  const tables = new Map(formerNames.filter(({ object }) => object === 'table').map(({ from, to }) => [from, to]))
  const renames = formerNames.map((each) =>
    each.object === 'table' ? each : { ...each, table: tables.get(each.table) ?? each.table },
  )
  return {
    before: declared(draft, [], quote),
    after: declared(after, renames, quote),
    renames,
    inserts: rows === 'empty' ? [] : draftRows.statements(),
    allow: draft.tables.flatMap((table) => dropsOf(table, left, tables)),
  }
}
