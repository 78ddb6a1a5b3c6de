import type { GeneratedShape, Identity, TypeWords } from '../../../schema/index.ts'
import { keyOf, plainUnique, type DraftColumn } from '../draft.ts'
import type { RowKind } from '../cells.ts'
import type { Workbench } from '../workbench.ts'
import { columnEdit } from './column-edits.ts'
import { looser, rulesNothing, type MadeEdit, type Recipes } from './recipe.ts'

const overwritten = 'what was there is overwritten, whatever it was'

/** What the database puts into a column by itself, and how it compares what is there. */
export const numberingEdits: Recipes = {
  'column.generated add': { make: (bench) => calculated(bench, [false, true]), safe: overwritten },
  'column.generated change': { make: (bench) => calculated(bench, [true, true]), safe: overwritten },
  'column.generated drop': { make: (bench) => calculated(bench, [true, false]), safe: rulesNothing },
  'column.identity add': { make: (bench) => numbered(bench, (all) => [null, all[0] ?? null]), safe: rulesNothing },
  'column.identity change': {
    make: (bench) => numbered(bench, (all) => [all[0] ?? null, all[1] ?? null]),
    safe: rulesNothing,
  },
  'column.identity drop': { make: (bench) => numbered(bench, (all) => [all[0] ?? null, null]), safe: rulesNothing },
  'column.collation add': { make: collationAdd },
  'column.collation change': { make: collationChange },
  'column.collation drop': { make: collationDrop, safe: looser },
}

function calculated(bench: Workbench, [before, after]: readonly [boolean, boolean]): MadeEdit | null {
  const { random, words } = bench
  const type = bench.typeWith(({ generated }) => generated.length > 1)
  if (type === null || words.generatedKinds.length === 0) return null
  const table = bench.table()
  const base = bench.fill(bench.addPlainColumn(table, type))
  const column = bench.addPlainColumn(table, type)
  const [first, second] = random.some(type.generated, 2, 2)
  const kind = random.of(words.generatedKinds)
  const shape = (expression: ((column: string) => string) | undefined): GeneratedShape => ({
    expression: expression?.(bench.quote(base.name)) ?? '',
    stored: kind === 'stored',
    invisible: false,
  })
  column.generated = before ? shape(first) : null
  return columnEdit(table, column, (changed) => void (changed.generated = after ? shape(second) : null))
}

function numbered(
  bench: Workbench,
  sides: (all: readonly Identity[]) => readonly [Identity | null, Identity | null],
): MadeEdit | null {
  const type = bench.typeWith(({ identities }) => identities.some((identity) => identity !== 'serial'))
  if (type === null) return null
  const all = bench.random.some(
    type.identities.filter((identity) => identity !== 'serial'),
    2,
    2,
  )
  const [before, after] = sides(all)
  if (before === after) return null
  const table = bench.addTable(type)
  const key = keyOf(table)
  key.identity = before
  bench.addColumn(table, bench.anyType())
  if (bench.random.chance(0.5)) bench.addReference(bench.table(), table)
  return columnEdit(table, key, (changed) => void (changed.identity = after))
}

/** Under a rule for which values can become the same. */
function collationAdd(bench: Workbench, rows: RowKind): MadeEdit | null {
  const type = bench.typeWith(({ folding, collations }) =>
    rows === 'violating' ? folding !== null : collations.length > 0,
  )
  if (type === null) return null
  const collation = rows === 'violating' ? type.folding?.collation : bench.random.of(type.collations)
  return collated(bench, { type, sides: [null, collation ?? null], rows })
}

function collationChange(bench: Workbench, rows: RowKind): MadeEdit | null {
  const others = ({ collations, folding }: TypeWords): readonly string[] =>
    rows === 'violating' ? (folding?.apart ?? []) : collations
  const type = bench.typeWith((words) => others(words).length > (rows === 'violating' ? 0 : 1))
  if (type === null) return null
  const [first, second] = bench.random.some(others(type), 2, 2)
  const to = rows === 'violating' ? type.folding?.collation : second
  return collated(bench, { type, sides: [first ?? null, to ?? null], rows })
}

function collationDrop(bench: Workbench, rows: RowKind): MadeEdit | null {
  const type = bench.typeWith(({ collations }) => collations.length > 0)
  return type === null ? null : collated(bench, { type, sides: [bench.random.of(type.collations), null], rows })
}

interface Collated {
  readonly type: TypeWords
  readonly sides: readonly [string | null, string | null]
  readonly rows: RowKind
}

function collated(bench: Workbench, { type, sides: [before, after], rows }: Collated): MadeEdit {
  const table = bench.table()
  const column: DraftColumn = bench.fill(bench.addPlainColumn(table, type))
  column.collation = before
  if (rows === 'violating') table.uniques.push(plainUnique(bench.name('uq'), [column.name]))
  else if (type.isKey) bench.entangle(table, column)
  const made = columnEdit(table, column, (changed) => void (changed.collation = after))
  return {
    ...made,
    violate: (draft) => {
      const [first, second] = type.folding?.values ?? ['null', 'null']
      draft.set(table, { row: 0, column: column.name }, first)
      draft.set(table, { row: 1, column: column.name }, second)
    },
  }
}
