import { keyOf, tableOf, type DraftTable } from '../draft.ts'
import type { RowKind } from '../cells.ts'
import type { Workbench } from '../workbench.ts'
import { keyColumn } from './column-edits.ts'
import { looser, sameRule, type MadeEdit, type Recipes } from './recipe.ts'

/** Of tables whose keys nothing refers to, and that are not numbered: a number has to be a key. */
export const keyEdits: Recipes = {
  'primaryKey.name rename': { make: rename, safe: sameRule },
  'primaryKey.columns add': { make: add },
  'primaryKey.columns change': { make: change },
  'primaryKey.columns drop': { make: drop, safe: looser },
}

function unreferenced(bench: Workbench): DraftTable {
  const table = bench.addTableApart()
  keyOf(table).identity = null
  return table
}

function rename(bench: Workbench): MadeEdit | null {
  if (!bench.words.namesPrimaryKeys) return null
  const table = bench.addTable()
  const to = bench.name('pk')
  return {
    edit: (after) => {
      const { primaryKey } = tableOf(after, table.name)
      if (primaryKey !== null) primaryKey.name = to
    },
  }
}

function add(bench: Workbench, rows: RowKind): MadeEdit {
  const table = unreferenced(bench)
  const column = keyColumn(bench, table)
  column.nullable = bench.random.chance(0.5)
  const key = { ...nameOf(bench, table), columns: [column.name], source: null }
  table.primaryKey = null
  return {
    edit: (after) => {
      const edited = tableOf(after, table.name)
      edited.primaryKey = key
      for (const each of edited.columns) if (each.name === column.name) each.nullable = false
    },
    violate: (draft) => {
      if (rows === 'violating' && column.nullable) draft.set(table, { row: 1, column: column.name }, 'null')
      else draft.repeat(table, column.name)
    },
  }
}

/** From two columns to one, or the other way round. */
function change(bench: Workbench, rows: RowKind): MadeEdit {
  const table = unreferenced(bench)
  const column = keyColumn(bench, table)
  column.nullable = false
  const [one, two] = [[column.name], [keyOf(table).name, column.name]]
  const isNarrower = rows === 'violating' || bench.random.chance(0.5)
  const key = { ...nameOf(bench, table), columns: isNarrower ? one : two, source: null }
  table.primaryKey = { ...key, columns: isNarrower ? two : one }
  return {
    edit: (after) => void (tableOf(after, table.name).primaryKey = key),
    violate: (draft) => draft.repeat(table, column.name),
  }
}

function drop(bench: Workbench): MadeEdit {
  const table = unreferenced(bench)
  bench.addColumn(table, bench.anyType())
  return { edit: (after) => void (tableOf(after, table.name).primaryKey = null) }
}

function nameOf(bench: Workbench, table: DraftTable): { readonly name: string | null } {
  return { name: bench.words.namesPrimaryKeys ? (table.primaryKey?.name ?? bench.name('pk')) : null }
}
