import type { ColumnShape, Rename, TypeWords } from '../../../schema/index.ts'
import type { RowKind } from '../cells.ts'
import {
  columnOf,
  keyOf,
  plainForeignKey,
  plainIndex,
  plainUnique,
  removeColumn,
  tableOf,
  type DraftColumn,
  type DraftTable,
} from '../draft.ts'
import type { Workbench } from '../workbench.ts'
import { looser, rulesNothing, type MadeEdit, type Recipes } from './recipe.ts'

export const columnEdits: Recipes = {
  'column.name add': { make: add },
  'column.name drop': { make: drop, safe: 'what goes holds rows to nothing' },
  'column.name rename': { make: rename, safe: rulesNothing },
  'column.name swap': { make: swap, safe: rulesNothing },
  'column.type change': { make: type },
  'column.nullability add': { make: required },
  'column.nullability drop': { make: optional, safe: looser },
  'column.default add': { make: (bench) => fallback(bench, [false, true]), safe: rulesNothing },
  'column.default change': { make: (bench) => fallback(bench, [true, true]), safe: rulesNothing },
  'column.default drop': { make: (bench) => fallback(bench, [true, false]), safe: rulesNothing },
  'column.comment add': { make: (bench) => comment(bench, '', 'new'), safe: rulesNothing },
  'column.comment change': { make: (bench) => comment(bench, "it's old", 'new'), safe: rulesNothing },
  'column.comment drop': { make: (bench) => comment(bench, 'old', ''), safe: rulesNothing },
}

/** A table of the base, and what changes one column of it. */
export function columnEdit(
  table: DraftTable,
  { name }: DraftColumn,
  change: (column: DraftColumn, table: DraftTable) => void,
): MadeEdit {
  return {
    edit: (after) => {
      const edited = tableOf(after, table.name)
      change(columnOf(edited, name), edited)
    },
  }
}

/** Without a value for each row only where there is none, or where the rows are to stand against it. */
function add(bench: Workbench, rows: RowKind): MadeEdit {
  const { random } = bench
  const table = bench.table()
  const words = bench.anyType()
  const column = bench.makeColumn(words)
  if (rows === 'violating') {
    column.nullable = false
    column.default = null
  } else if (rows === 'rows' && column.default === null) column.nullable = true
  const copy: DraftTable = { ...structuredClone(table), columns: [column], uniques: [], indexes: [], checks: [] }
  const target = bench.table()
  const isPlain = column.default === null && column.nullable
  const isReferring = isPlain && keyOf(target).type === words.type && random.chance(0.5)
  const key = isReferring ? plainForeignKey(bench.name('fk'), [column.name], target) : null
  if (key !== null) column.collation = keyOf(target).collation
  bench.entangleWords(copy, column)
  if (words.isKey && isPlain && random.chance(0.3)) copy.uniques.push(plainUnique(bench.name('uq'), [column.name]))
  if (words.isKey && random.chance(0.3))
    copy.indexes.push(plainIndex(bench.name('ix'), [bench.indexColumn(column.name)]))
  return {
    edit: (after) => {
      const edited = tableOf(after, table.name)
      edited.columns.push(...structuredClone(copy.columns))
      edited.uniques.push(...structuredClone(copy.uniques))
      edited.indexes.push(...structuredClone(copy.indexes))
      edited.checks.push(...structuredClone(copy.checks))
      if (key !== null) edited.foreignKeys.push(structuredClone(key))
    },
    violate: () => {},
  }
}

function drop(bench: Workbench): MadeEdit {
  const table = bench.table()
  const target = bench.table()
  const column = bench.random.chance(0.25)
    ? bench.addReference(table, target).column
    : bench.addColumn(table, bench.anyType())
  bench.entangle(table, column)
  bench.entangleWords(table, column)
  return { edit: (after) => removeColumn(tableOf(after, table.name), column.name, bench.quote) }
}

function rename(bench: Workbench): MadeEdit {
  const table = bench.table()
  const column = renamed(bench, table)
  return { edit: () => {}, renames: [columnRename(table, column, bench.name('r'))] }
}

function swap(bench: Workbench): MadeEdit {
  const table = bench.table()
  const one = renamed(bench, table)
  const other = renamed(bench, table)
  return { edit: () => {}, renames: [columnRename(table, one, other.name), columnRename(table, other, one.name)] }
}

/** The key, a reference or a plain column, with what is about it. */
function renamed(bench: Workbench, table: DraftTable): DraftColumn {
  const column = bench.random.chance(0.2)
    ? bench.addReference(table, bench.table()).column
    : bench.addColumn(table, bench.anyType())
  bench.entangle(table, column)
  bench.entangleWords(table, column)
  return column
}

function columnRename(table: DraftTable, { name }: DraftColumn, to: string): Rename {
  return { object: 'column', table: table.name, from: name, to }
}

function type(bench: Workbench, rows: RowKind): MadeEdit | null {
  const isFit = ({ violation }: TypeWords['conversions'][number]): boolean => rows !== 'violating' || violation !== null
  const words = bench.typeWith(({ conversions }) => conversions.some(isFit))
  if (words === null) return null
  const conversion = bench.random.of(words.conversions.filter(isFit))
  const to = bench.wordsOf(conversion.to)
  const table = bench.table()
  const column = bench.fill(bench.addPlainColumn(table, words))
  column.nullable = bench.random.chance(0.6)
  if (words.isKey && to.isKey) bench.entangle(table, column)
  if (conversion.keepsWords && rows !== 'violating') {
    if (words.defaults.length > 0 && bench.random.chance(0.4)) column.default = bench.random.of(words.defaults)
    if (words.isKey === to.isKey) bench.entangleWords(table, column)
  }
  const made = columnEdit(table, column, (changed) => void (changed.type = to.type))
  return {
    ...made,
    fit: (draft) => {
      for (const row of draft.of(table).keys())
        draft.set(table, { row, column: column.name }, (conversion.value ?? words.value)(row))
    },
    violate: (draft) => draft.set(table, { row: 1, column: column.name }, conversion.violation ?? 'null'),
  }
}

function required(bench: Workbench): MadeEdit {
  const table = bench.table()
  const column = bench.fill(bench.addColumn(table, bench.anyType()))
  column.nullable = true
  bench.entangleWords(table, column)
  const made = columnEdit(table, column, (changed) => void (changed.nullable = false))
  return { ...made, violate: (draft) => draft.set(table, { row: 1, column: column.name }, 'null') }
}

function optional(bench: Workbench): MadeEdit {
  const table = bench.table()
  const column = bench.addColumn(table, bench.anyType())
  column.nullable = false
  bench.entangle(table, column)
  return columnEdit(table, column, (changed) => void (changed.nullable = true))
}

function fallback(bench: Workbench, [before, after]: readonly [boolean, boolean]): MadeEdit | null {
  const words = bench.typeWith(({ defaults }) => defaults.length > 1)
  if (words === null) return null
  const [first, second] = bench.random.some(words.defaults, 2, 2)
  const table = bench.table()
  const column = bench.addPlainColumn(table, words)
  column.nullable = bench.random.chance(0.6)
  column.default = before ? (first ?? null) : null
  bench.entangle(table, column)
  return columnEdit(table, column, (changed) => void (changed.default = after ? (second ?? null) : null))
}

function comment(bench: Workbench, from: string, to: string): MadeEdit | null {
  if (!bench.words.hasComments) return null
  const table = bench.table()
  const column = bench.addColumn(table, bench.anyType())
  column.comment = from
  return columnEdit(table, column, (changed: { comment: ColumnShape['comment'] }) => void (changed.comment = to))
}

/** Also used by edits of other kinds: a column that a rule can be over. */
export function keyColumn(bench: Workbench, table: DraftTable): DraftColumn {
  return bench.fill(bench.addPlainColumn(table, bench.keyType()))
}
