import type { TypeWords } from '../../../schema/index.ts'
import {
  found,
  keyOf,
  plainIndex,
  tableOf,
  type Draft,
  type DraftColumn,
  type DraftIndex,
  type DraftTable,
} from '../draft.ts'
import type { Workbench } from '../workbench.ts'
import { keyColumn } from './column-edits.ts'
import { rulesNothing, type MadeEdit, type Recipe, type Recipes } from './recipe.ts'

export const indexEdits: Recipes = {
  'index.name add': safely(add),
  'index.name drop': safely(drop),
  'index.name rename': safely(rename),
  'index.name swap': safely(swap),
  'index.columns change': safely(columns),
  'index.where add': safely((bench) => where(bench, [false, true])),
  'index.where change': safely((bench) => where(bench, [true, true])),
  'index.where drop': safely((bench) => where(bench, [true, false])),
  'index.include add': safely((bench) => include(bench, [false, true])),
  'index.include change': safely((bench) => include(bench, [true, true])),
  'index.include drop': safely((bench) => include(bench, [true, false])),
  'index.direction change': safely(direction),
  'index.nulls change': safely(nulls),
  'index.expression add': safely((bench) => expression(bench, [false, true])),
  'index.expression change': safely((bench) => expression(bench, [true, true])),
  'index.expression drop': safely((bench) => expression(bench, [true, false])),
  'index.suffix add': safely((bench) => suffix(bench, [false, true])),
  'index.suffix change': safely((bench) => suffix(bench, [true, true])),
  'index.suffix drop': safely((bench) => suffix(bench, [true, false])),
  'index.method change': safely(method),
}

function safely(make: Recipe['make']): Recipe {
  return { make, safe: rulesNothing }
}

type Sides = readonly [boolean, boolean]

interface Subject {
  readonly table: DraftTable
  readonly column: DraftColumn
  readonly index: DraftIndex
}

function subject(bench: Workbench, type: TypeWords = bench.keyType()): Subject {
  const table = bench.table()
  const column = bench.addPlainColumn(table, type)
  return { table, column, index: plainIndex(bench.name('ix'), [bench.indexColumn(column.name)]) }
}

function indexOf(draft: Draft, { name: table }: DraftTable, { name }: DraftIndex): DraftIndex {
  return found(
    tableOf(draft, table).indexes.find((index) => index.name === name),
    `no index ${name}`,
  )
}

function changed({ table, index }: Pick<Subject, 'table' | 'index'>, change: (index: DraftIndex) => void): MadeEdit {
  table.indexes.push(index)
  return { edit: (after) => change(indexOf(after, table, index)) }
}

function add(bench: Workbench): MadeEdit {
  const { table, index } = subject(bench)
  return { edit: (after) => void tableOf(after, table.name).indexes.push(structuredClone(index)) }
}

function drop(bench: Workbench): MadeEdit {
  const { table, index } = subject(bench)
  table.indexes.push(index)
  return {
    edit: (after) => {
      const edited = tableOf(after, table.name)
      edited.indexes = edited.indexes.filter(({ name }) => name !== index.name)
    },
  }
}

function rename(bench: Workbench): MadeEdit {
  const to = bench.name('ix')
  return changed(subject(bench), (index) => void (index.name = to))
}

function swap(bench: Workbench): MadeEdit {
  const { table, index, column } = subject(bench)
  const other = plainIndex(bench.name('ix'), [bench.indexColumn(keyOf(table).name), bench.indexColumn(column.name)])
  table.indexes.push(index, other)
  return {
    edit: (after) => {
      const [first, second] = [indexOf(after, table, index), indexOf(after, table, other)]
      first.name = other.name
      second.name = index.name
    },
  }
}

function columns(bench: Workbench): MadeEdit {
  const made = subject(bench)
  const more = bench.indexColumn(keyColumn(bench, made.table).name)
  const isFirst = bench.random.chance(0.5)
  return changed(made, (index) => void (isFirst ? index.columns.unshift(more) : index.columns.push(more)))
}

function where(bench: Workbench, [before, after]: Sides): MadeEdit | null {
  const type = bench.typeWith(({ rules }) => rules.length > 1)
  if (type === null || !bench.words.hasPartialIndexes) return null
  const made = subject(bench)
  const marker = bench.quote(bench.addPlainColumn(made.table, type).name)
  const [first, second] = bench.random.some(type.rules, 2, 2)
  if (before) made.index.where = first?.condition(marker) ?? null
  return changed(made, (index) => void (index.where = after ? (second?.condition(marker) ?? null) : null))
}

function include(bench: Workbench, [before, after]: Sides): MadeEdit | null {
  if (!bench.words.hasInclude) return null
  const made = subject(bench)
  const other = keyColumn(bench, made.table)
  if (before) made.index.include = [other.name]
  return changed(made, (index) => {
    index.include = after ? [before ? keyOf(made.table).name : other.name] : []
  })
}

function firstColumn({ columns: [column] }: DraftIndex): DraftIndex['columns'][number] {
  return found(column, 'an index without columns')
}

function direction(bench: Workbench): MadeEdit {
  return changed(subject(bench), (index) => {
    const column = firstColumn(index)
    column.direction = column.direction === 'asc' ? 'desc' : 'asc'
  })
}

function nulls(bench: Workbench): MadeEdit | null {
  if (bench.words.nullsInIndexes.length < 2) return null
  return changed(subject(bench), (index) => {
    const column = firstColumn(index)
    column.nulls = column.nulls === 'first' ? 'last' : 'first'
  })
}

function expression(bench: Workbench, [before, after]: Sides): MadeEdit | null {
  const type = bench.typeWith(({ indexed, isKey }) => indexed.length > 1 && isKey)
  if (type === null) return null
  const made = subject(bench, type)
  const [first, second] = bench.random.some(type.indexed, 2, 2)
  const name = bench.quote(made.column.name)
  const plain = made.column.name
  firstColumn(made.index).name = before ? (first?.(name) ?? plain) : plain
  return changed(made, (index) => void (firstColumn(index).name = after ? (second?.(name) ?? plain) : plain))
}

function suffix(bench: Workbench, [before, after]: Sides): MadeEdit | null {
  const type = bench.typeWith(({ suffixes }) => suffixes.length > (before && after ? 1 : 0))
  if (type === null) return null
  const made = subject(bench, type)
  const [first = '', second = first] = bench.random.some(type.suffixes, 2, 2)
  firstColumn(made.index).suffix = before ? first : ''
  return changed(made, (index) => void (firstColumn(index).suffix = after ? second : ''))
}

function method(bench: Workbench): MadeEdit | null {
  if (bench.words.indexMethods.length < 2) return null
  const made = subject(bench)
  const [plain] = made.index.columns
  if (plain !== undefined) Object.assign(plain, { direction: 'asc', nulls: bench.words.nullsInIndexes.at(-1) ?? null })
  const [from = 'btree', to = from] = bench.random.some(bench.words.indexMethods, 2, 2)
  made.index.method = from
  return changed(made, (index) => void (index.method = to))
}
