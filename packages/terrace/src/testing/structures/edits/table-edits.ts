import type { Rename } from '../../../schema/index.ts'
import { keyOf, removeTable, tableOf, type DraftTable } from '../draft.ts'
import type { Workbench } from '../workbench.ts'
import { rulesNothing, type MadeEdit, type Recipes } from './recipe.ts'

export const tableEdits: Recipes = {
  'table.name add': { make: add, safe: 'a new table has no rows' },
  'table.name drop': { make: drop, safe: 'what goes holds rows to nothing' },
  'table.name rename': { make: rename, safe: rulesNothing },
  'table.name swap': { make: swap, safe: rulesNothing },
  'table.comment add': { make: (bench) => comment(bench, '', 'new'), safe: rulesNothing },
  'table.comment change': { make: (bench) => comment(bench, "it's old", 'new'), safe: rulesNothing },
  'table.comment drop': { make: (bench) => comment(bench, 'old', ''), safe: rulesNothing },
  'table.options change': { make: options },
}

function add(bench: Workbench): MadeEdit {
  const table = bench.makeTable()
  const target = bench.table()
  const column = bench.addPlainColumn(table, bench.anyType())
  bench.entangleWords(table, column)
  const isReferring = bench.random.chance(0.5)
  if (isReferring) bench.addReference(table, target)
  return { edit: (after) => after.tables.push(structuredClone(table)) }
}

function drop(bench: Workbench): MadeEdit {
  const table = bench.addTableApart()
  bench.addColumn(table, bench.anyType())
  if (bench.random.chance(0.5)) bench.addReference(table, bench.table())
  if (bench.random.chance(0.5)) bench.addReference(bench.table(), table)
  return { edit: (after) => removeTable(after, table.name) }
}

function rename(bench: Workbench): MadeEdit {
  const table = bench.addTable()
  bench.entangleWords(table, bench.addColumn(table, bench.anyType()))
  bench.addReference(bench.table(), table)
  return { edit: () => {}, renames: [tableRename(table.name, bench.name('t'))] }
}

function swap(bench: Workbench): MadeEdit {
  const one = bench.addTable()
  const other = bench.addTable()
  for (const table of [one, other]) bench.addColumn(table, bench.anyType())
  if (bench.random.chance(0.5)) bench.addReference(bench.table(), one)
  if (bench.random.chance(0.5)) bench.addReference(other, one)
  return { edit: () => {}, renames: [tableRename(one.name, other.name), tableRename(other.name, one.name)] }
}

function tableRename(from: string, to: string): Rename {
  return { object: 'table', table: to, from, to }
}

function comment(bench: Workbench, from: string, to: string): MadeEdit | null {
  if (!bench.words.hasComments) return null
  const table: DraftTable = bench.addTable()
  table.comment = from
  return { edit: (after) => void (tableOf(after, table.name).comment = to) }
}

function options(bench: Workbench, rows: string): MadeEdit | null {
  const possible = bench.words.options.filter(({ violation }) => rows !== 'violating' || violation !== null)
  if (possible.length === 0) return null
  const { from, to, violation } = bench.random.of(possible)
  // A reference to it would have to follow what it has by its options.
  const table = bench.addTableApart()
  table.options = { ...from }
  keyOf(table).identity = null
  const type = violation === null ? bench.keyType() : bench.wordsOf(violation.type)
  const column = bench.fill(bench.addPlainColumn(table, type))
  return {
    edit: (after) => void (tableOf(after, table.name).options = { ...to }),
    violate: (draft) => draft.set(table, { row: 1, column: column.name }, violation?.value ?? 'null'),
  }
}
